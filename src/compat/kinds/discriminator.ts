import { asString, type Cursor, entries, get } from '../../model/index.ts';
import { type ChangeKind, type ContractPair, describeField, fieldId, placeOf, sameFields } from '../kind.ts';
import type { Direction } from '../surface.ts';

const policies = ['D6.2', 'D6.3'];

export const requestDiscriminatorChanged: ChangeKind = {
  direction: 'request',
  area: 'discriminator',
  action: 'changed',
  rule: {
    id: 'compat/request-discriminator-changed',
    severity: 'warn',
    title: 'The alternatives of a request are told apart by something else',
    policies,
    why: 'What the schemas demand is compared apart from this; but generated servers choose the class to read by the discriminator, and choose another one.',
    fix: 'Keep the property and its values; add new values beside them.',
  },
  detect: pair => changed(pair, 'request'),
};

export const responseDiscriminatorChanged: ChangeKind = {
  direction: 'response',
  area: 'discriminator',
  action: 'changed',
  rule: {
    id: 'compat/response-discriminator-changed',
    severity: 'warn',
    title: 'The alternatives of a response are told apart by something else',
    policies,
    why: 'What the schemas promise is compared apart from this; but generated clients choose the class to read by the discriminator, and find none.',
    fix: 'Keep the property and its values; add new values beside them.',
  },
  detect: pair => changed(pair, 'response'),
};

/** A value that is new among those of a request, or gone from those of a response, hurts nobody. */
function* changed(pair: ContractPair, direction: Direction) {
  for (const { place, base, head } of sameFields(pair, direction)) {
    const [from, to] = [discriminatorOf(base.cursor), discriminatorOf(head.cursor)];
    if (!from || !to) continue;
    const common = { subject: fieldId(place.base, base), location: placeOf(head.cursor), node: head.cursor };
    const name = describeField(place.base, base);
    if (from.property !== to.property) {
      const message = `the alternatives of ${name} are told apart by "${to.property}", no longer by "${from.property}"`;
      yield { ...common, message, facts: { from: from.property, to: to.property } };
      continue;
    }
    const [had, has] = direction === 'request' ? [from.values, to.values] : [to.values, from.values];
    const values = had.filter(value => !has.includes(value)).sort();
    if (values.length === 0) continue;
    const what = direction === 'request' ? 'no longer names' : 'newly names';
    yield { ...common, message: `the discriminator of ${name} ${what} ${values.join(', ')}`, facts: { values } };
  }
}

function discriminatorOf({ value }: Cursor) {
  const discriminator = get(value, 'discriminator');
  const property = asString(get(discriminator, 'propertyName'));
  return property === undefined
    ? undefined
    : { property, values: entries(get(discriminator, 'mapping')).map(([key]) => key) };
}
