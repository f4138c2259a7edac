import { isStructural } from '../../load/index.ts';
import { type Cursor, canonicalJson, get, type Json, type Severity } from '../../model/index.ts';
import { type ChangeKind, type ContractPair, describeField, fieldId, placeOf, sameFields } from '../kind.ts';
import type { Direction } from '../surface.ts';

export const requestDefaultChanged: ChangeKind = {
  direction: 'request',
  area: 'default',
  action: 'changed',
  rule: {
    id: 'compat/request-default-changed',
    severity: 'error',
    title: 'Leaving something out of a request means something else than before',
    policies: ['D6.2'],
    why: 'Consumers that leave it out ask for something else without changing a line: another page size, another status, another currency.',
    fix: 'Keep the default. Where another is wanted, make it a value that consumers ask for.',
  },
  detect: pair => changed(pair, 'request'),
};

export const responseDefaultChanged: ChangeKind = {
  direction: 'response',
  area: 'default',
  action: 'changed',
  rule: {
    id: 'compat/response-default-changed',
    severity: 'info',
    title: 'A response that leaves something out means something else than before',
    policies: ['D6.2'],
    why: 'Consumers that fill in the default themselves fill in another value.',
    fix: 'Send the value instead of relying on a default.',
  },
  detect: pair => changed(pair, 'response'),
};

/** Only of what may be left out. A new default where there was none describes what was not described before. */
function* changed(pair: ContractPair, direction: Direction) {
  for (const { place, base, head } of sameFields(pair, direction)) {
    const isRoot = base.path.length === 0;
    // Of what must be there, a default never applies.
    if (isRoot ? place.base.required && place.head.required : base.required && head.required) continue;
    if (base.path.some(isStructural)) continue;
    const [from, to] = [defaultOf(base.cursor), defaultOf(head.cursor)];
    if (same(from, to)) continue;
    const isParameter = isRoot && direction === 'request';
    const severity: Severity = direction === 'response' ? 'info' : isParameter ? 'error' : 'warn';
    yield {
      subject: fieldId(place.base, base),
      severity,
      message: `${describeField(place.base, base)} ${text(from)} and ${text(to).replace('meant', 'means')} now where it is left out`,
      location: placeOf(head.cursor),
      facts: { from: from ?? null, to: to ?? null },
      node: head.cursor,
    };
  }
}

function defaultOf({ value }: Cursor): Json | undefined {
  return get(value, 'default');
}

function same(from: Json | undefined, to: Json | undefined): boolean {
  if (from === undefined || to === undefined) return from === to;
  return canonicalJson(from) === canonicalJson(to);
}

function text(value: Json | undefined): string {
  return value === undefined ? 'meant nothing in particular' : `meant ${JSON.stringify(value)}`;
}
