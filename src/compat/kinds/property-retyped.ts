import { isUndescribed } from '../../load/index.ts';
import { type ChangeKind, describeField, fieldId, placeOf, sameFields } from '../kind.ts';
import { typesIncluded, typesText } from '../types.ts';

export const requestPropertyRetyped: ChangeKind = {
  direction: 'request',
  area: 'property',
  action: 'retyped',
  rule: {
    id: 'compat/request-property-retyped',
    severity: 'error',
    title: 'A request value no longer accepts a type it accepted',
    policies: ['D6.2', 'D6.3'],
    why: 'Consumers keep sending the old type and are refused.',
    fix: 'Accept both types, or add a property of another name.',
  },
  *detect(pair) {
    for (const { place, base, head } of sameFields(pair, 'request')) {
      if (typesIncluded(base.types, head.types)) continue;
      yield {
        subject: fieldId(place.base, base),
        message: `${describeField(place.base, base)} accepted ${typesText(base.types)} and now accepts ${typesText(head.types)}`,
        location: placeOf(head.cursor),
        facts: { from: typesText(base.types), to: typesText(head.types) },
        node: head.cursor,
      };
    }
  },
};

export const responsePropertyRetyped: ChangeKind = {
  direction: 'response',
  area: 'property',
  action: 'retyped',
  rule: {
    id: 'compat/response-property-retyped',
    severity: 'error',
    title: 'A response value may now have a type it never had',
    policies: ['D6.2', 'D6.3'],
    why: 'Consumers parse it as the old type and fail on the new one.',
    fix: 'Keep the type, or add a property of another name.',
  },
  *detect(pair) {
    for (const { place, base, head } of sameFields(pair, 'response')) {
      if (typesIncluded(head.types, base.types) || isUndescribed(head)) continue;
      yield {
        subject: fieldId(place.base, base),
        message: `${describeField(place.base, base)} was ${typesText(base.types)} and may now be ${typesText(head.types)}`,
        location: placeOf(head.cursor),
        facts: { from: typesText(base.types), to: typesText(head.types) },
        node: head.cursor,
      };
    }
  },
};
