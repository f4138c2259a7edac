import { type Field, isStructural } from '../../load/index.ts';
import { get, segmentName } from '../../model/index.ts';
import { type ChangeKind, describeField, fieldId, parentOf, placeOf, sameFields, samePlaces } from '../kind.ts';

export const requestPropertyRequired: ChangeKind = {
  direction: 'request',
  area: 'property',
  action: 'required',
  rule: {
    id: 'compat/request-property-required',
    severity: 'error',
    title: 'A request must now carry something that it could leave out',
    policies: ['D6.2'],
    why: 'Every consumer that does not send it yet is refused.',
    fix: 'Keep it optional with a default on the server, or start a new major version.',
  },
  *detect(pair) {
    for (const { base, head } of samePlaces(pair, 'request')) {
      if (head.required && !base.required) {
        yield {
          subject: base.id,
          message: `the ${head.name} is now required`,
          location: placeOf(head.cursor),
          facts: { added: false },
        };
      }
      for (const [path, field] of head.table.fields) {
        if (!field.required || field.path.length === 0 || isStructural(field.path.at(-1))) continue;
        const before: Field | undefined = base.table.fields.get(path);
        // A new object with required members asks for nothing as long as the object itself may be left out.
        // What only responses carry is asked of nobody.
        const isReadOnly = get(field.cursor.value, 'readOnly') === true;
        if (before?.required || isReadOnly || !parentOf(base, field)) continue;
        yield {
          subject: fieldId(base, field),
          message: `${describeField(head, field)} is ${before ? 'now required' : 'new and required'}`,
          location: placeOf(field.requiredAt ?? field.cursor),
          facts: { property: segmentName(field.path.at(-1)!), added: before === undefined },
          ...insideOf(parentOf(head, field), field),
        };
      }
    }
    yield* newRequiredParameters(pair);
  },
};

function insideOf(parent: Field | undefined, field: Field) {
  return parent === undefined ? {} : { node: parent.cursor, inside: [field.path.at(-1)!] };
}

/** Parameters, and bodies, that the old version did not know at all. */
function* newRequiredParameters(pair: Parameters<ChangeKind['detect']>[0]) {
  for (const [key, place] of pair.head.places) {
    if (place.direction !== 'request' || !place.required || pair.base.places.has(key)) continue;
    // A variable of the path was always there, whether or not it was described.
    if (place.id.includes('/request/path/')) continue;
    const call = [...pair.head.calls.values()].find(({ operation }) => place.id.startsWith(`${operation.id}/`));
    if (!call || !pair.base.calls.has(call.key)) continue;
    // Another media type of a body that was there before is an offer, not a demand.
    if (place.id.endsWith('/request/body') && [...pair.base.places.values()].some(({ id }) => id === place.id))
      continue;
    yield {
      subject: place.id,
      message: `the ${place.name} is new and required`,
      location: placeOf(place.cursor),
      facts: { added: true },
    };
  }
}

export const responsePropertyOptional: ChangeKind = {
  direction: 'response',
  area: 'property',
  action: 'optional',
  rule: {
    id: 'compat/response-property-optional',
    severity: 'error',
    title: 'A response may now leave out what it always carried',
    policies: ['D6.2'],
    why: 'Consumers read it without asking whether it is there.',
    fix: 'Keep it required, or start a new major version.',
  },
  *detect(pair) {
    for (const { base, head } of samePlaces(pair, 'response')) {
      if (!base.required || head.required) continue;
      const message = `the ${base.name} was always there and is now optional`;
      yield { subject: base.id, message, location: placeOf(head.cursor), facts: {} };
    }
    for (const { place, base, head } of sameFields(pair, 'response')) {
      if (!base.required || head.required) continue;
      yield {
        subject: fieldId(place.base, base),
        message: `${describeField(place.base, base)} was always there and is now optional`,
        location: placeOf(head.cursor),
        facts: { property: segmentName(base.path.at(-1)!) },
        ...insideOf(parentOf(place.head, head), head),
      };
    }
  },
};
