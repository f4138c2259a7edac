import { type ChangeKind, describeField, fieldId, placeOf, sameFields } from '../kind.ts';

export const requestValueRemoved: ChangeKind = {
  direction: 'request',
  area: 'value',
  action: 'removed',
  rule: {
    id: 'compat/request-value-removed',
    severity: 'error',
    title: 'A request value is no longer accepted',
    policies: ['D6.2', 'D6.3'],
    why: 'Consumers that send the value are refused.',
    fix: 'Keep accepting the value; map it to its replacement on the server.',
  },
  *detect(pair) {
    for (const { place, base, head } of sameFields(pair, 'request')) {
      const lost = difference(base.values, head.values);
      if (!lost) continue;
      yield {
        subject: fieldId(place.base, base),
        message: `${describeField(place.base, base)} no longer accepts ${lost.text}`,
        location: placeOf(head.cursor),
        facts: { values: lost.values },
        node: head.cursor,
      };
    }
  },
};

export const responseValueAdded: ChangeKind = {
  direction: 'response',
  area: 'value',
  action: 'added',
  rule: {
    id: 'compat/response-value-added',
    severity: 'error',
    title: 'A response may carry a value it never carried',
    policies: ['D6.2', 'D6.3'],
    why: 'Consumers switch over the values they know; an unknown status in a payment run is treated as a failure, or worse, as the default.',
    fix: 'Introduce it in a new major version, or declare the list open from the beginning.',
  },
  *detect(pair) {
    for (const { place, base, head } of sameFields(pair, 'response')) {
      const gained = difference(head.values, base.values);
      if (!gained) continue;
      yield {
        subject: fieldId(place.base, base),
        message: `${describeField(place.base, base)} may now be ${gained.text}`,
        location: placeOf(head.cursor),
        facts: { values: gained.values },
        node: head.cursor,
      };
    }
  },
};

type Values = ReadonlySet<string> | undefined;

/** What `of` allows and `without` does not; undefined where that is nothing. */
function difference(of: Values, without: Values): { text: string; values: string[] } | undefined {
  if (!without) return undefined;
  if (!of) return { text: 'any value', values: ['*'] };
  const values = [...of].filter(value => !without.has(value)).sort();
  return values.length === 0 ? undefined : { text: values.join(', '), values };
}
