import { asString, type Cursor, get } from '../../model/index.ts';
import { type ChangeKind, type ContractPair, describeField, fieldId, placeOf, sameFields } from '../kind.ts';
import type { Direction } from '../surface.ts';

const policies = ['D6.2', 'D6.3'];

/** JSON Schema does not assert what a string holds (2020-12 Validation, 8), but whoever reads it decodes it by that. */
export const requestContentChanged: ChangeKind = {
  direction: 'request',
  area: 'content',
  action: 'changed',
  rule: {
    id: 'compat/request-content-changed',
    severity: 'error',
    title: 'What a string of a request holds is encoded in another way',
    policies,
    why: 'Consumers go on encoding it as they were told, and the server cannot read it.',
    fix: 'Keep the encoding, or add a property of another name.',
  },
  detect: pair => changed(pair, 'request'),
};

export const responseContentChanged: ChangeKind = {
  direction: 'response',
  area: 'content',
  action: 'changed',
  rule: {
    id: 'compat/response-content-changed',
    severity: 'error',
    title: 'What a string of a response holds is encoded in another way',
    policies,
    why: 'Consumers decode it as they were told, and cannot read it.',
    fix: 'Keep the encoding, or add a property of another name.',
  },
  detect: pair => changed(pair, 'response'),
};

function* changed(pair: ContractPair, direction: Direction) {
  for (const { place, base, head } of sameFields(pair, direction)) {
    for (const keyword of ['contentMediaType', 'contentEncoding'] as const) {
      const [from, to] = [stated(base.cursor, keyword), stated(head.cursor, keyword)];
      if (from === to || from === undefined) continue;
      yield {
        subject: fieldId(place.base, base),
        message: `${describeField(place.base, base)} had ${keyword} ${from} and has ${to ?? 'none'} now`,
        location: placeOf(head.cursor),
        facts: { keyword, from, to: to ?? null },
        node: head.cursor,
      };
    }
  }
}

function stated({ value }: Cursor, keyword: string): string | undefined {
  return asString(get(value, keyword));
}
