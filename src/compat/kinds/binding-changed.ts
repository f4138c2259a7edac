import { canonicalJson, entries, get, isObject, type Json, type Path, type Severity } from '../../model/index.ts';
import { type ChangeKind, sameChannels } from '../kind.ts';
import { channelId } from '../surface.ts';

export const bindingChanged: ChangeKind = {
  direction: 'both',
  area: 'binding',
  action: 'changed',
  rule: {
    id: 'compat/binding-changed',
    severity: 'error',
    title: 'A channel is bound to its protocol in another way',
    policies: ['D6.2'],
    why: 'Consumers connect to the topic, exchange or queue that they were told, and rely on how long it keeps what they have not read.',
    fix: 'Keep the binding, or offer a new channel beside the old one.',
  },
  *detect(pair) {
    for (const { name, channel, kept } of sameChannels(pair)) {
      const [from, to] = [leaves(get(channel.cursor.value, 'bindings')), leaves(get(kept.cursor.value, 'bindings'))];
      for (const [key, value] of from) {
        const now = to.get(key);
        if (now?.text === value.text) continue;
        const path = value.path.join('.');
        yield {
          subject: channelId(pair.base, name),
          severity: severityOf(value.path),
          message: `channel "${name}": ${path} was ${value.text} and is now ${now?.text ?? 'not stated'}`,
          location: kept.cursor.file.locate([...kept.cursor.path, 'bindings', ...value.path]),
          facts: { channel: name, binding: path },
        };
      }
    }
  },
};

/** What names the place that consumers connect to; the rest is how it behaves. */
const NAMES = new Set(['topic', 'name', 'type', 'is', 'vhost', 'queue', 'exchange']);
/** Says nothing about the channel itself. */
const IGNORED = new Set(['bindingVersion', 'replicas']);

function severityOf(path: Path): Severity {
  return NAMES.has(String(path.at(-1))) ? 'error' : 'warn';
}

function leaves(bindings: Json | undefined, path: Path = []): Map<string, { path: Path; text: string }> {
  const found = new Map<string, { path: Path; text: string }>();
  for (const [key, value] of entries(bindings)) {
    if (IGNORED.has(key)) continue;
    const here = [...path, key];
    if (isObject(value)) for (const [inner, leaf] of leaves(value, here)) found.set(inner, leaf);
    else found.set(here.join('/'), { path: here, text: canonicalJson(value) });
  }
  return found;
}
