import { type Cursor, get, items } from '../../model/index.ts';
import { type ChangeKind, describeField, fieldId, placeOf, sameFields } from '../kind.ts';

/** `x-extensible-enum`, by which many style guides declare a list of values that may grow. */
export const extensibleValueRemoved: ChangeKind = {
  direction: 'request',
  area: 'open-value',
  action: 'removed',
  rule: {
    id: 'compat/request-extensible-value-removed',
    severity: 'error',
    title: 'A request value is no longer among those that are known',
    policies: ['D6.2', 'D6.3'],
    why: 'The list may grow, it may not shrink: consumers send the value, and nobody says any more what becomes of it.',
    fix: 'Keep the value; map it to its replacement on the server.',
  },
  *detect(pair) {
    for (const { place, base, head } of sameFields(pair, 'request')) {
      const kept = new Set(valuesOf(head.cursor));
      const values = kept.size === 0 ? [] : valuesOf(base.cursor).filter(value => !kept.has(value));
      if (values.length === 0) continue;
      yield {
        subject: fieldId(place.base, base),
        message: `${describeField(place.base, base)} no longer knows ${values.join(', ')}`,
        location: placeOf(head.cursor),
        facts: { values },
        node: head.cursor,
      };
    }
  },
};

function valuesOf({ value }: Cursor): string[] {
  return items(get(value, 'x-extensible-enum')).map(String).sort();
}
