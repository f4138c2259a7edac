import { asString, get, type Json, type Severity } from '../../model/index.ts';
import { type ChangeKind, sameChannels } from '../kind.ts';
import { channelId } from '../surface.ts';

/** What `x-delivery` of a channel promises: see the rule lint/delivery-declared. */
export const deliveryWeakened: ChangeKind = {
  direction: 'both',
  area: 'channel',
  action: 'optional',
  rule: {
    id: 'compat/delivery-weakened',
    severity: 'error',
    title: 'A channel promises less about delivery',
    policies: ['D6.2', 'D6.14'],
    why: 'Consumers rely on the order of messages, on how long they may be away, and on what they can have replayed.',
    fix: 'Keep the promise, or offer a new channel beside the old one.',
  },
  *detect(pair) {
    for (const { name, channel, kept } of sameChannels(pair)) {
      const [from, to] = [get(channel.cursor.value, 'x-delivery'), get(kept.cursor.value, 'x-delivery')];
      for (const { key, severity, change } of weakened(from, to)) {
        yield {
          subject: channelId(pair.base, name),
          severity,
          message: `channel "${name}" ${change}`,
          location: kept.cursor.file.locate([...kept.cursor.path, 'x-delivery', key]),
          facts: { channel: name, promise: key },
        };
      }
    }
  },
};

interface Weakened {
  readonly key: string;
  readonly severity: Severity;
  readonly change: string;
}

function* weakened(from: Json | undefined, to: Json | undefined): Iterable<Weakened> {
  for (const key of ['ordering', 'key'] as const) {
    const [before, now] = [asString(get(from, key)), asString(get(to, key))];
    // More order than before hurts nobody: a total order also keeps the order of each key.
    if (before === undefined || before === now || (key === 'ordering' && (before === 'none' || now === 'total')))
      continue;
    yield { key, severity: 'error', change: `had ${key} ${before} and has ${now ?? 'none'} now` };
  }
  const [days, left] = [Number(get(from, 'retentionDays') ?? 0), Number(get(to, 'retentionDays') ?? 0)];
  if (left < days)
    yield {
      key: 'retentionDays',
      severity: 'warn',
      change: `kept messages for ${days} days and keeps them for ${left} now`,
    };
}
