import { segment } from '../../model/index.ts';
import { changeOfName, describePart, isDescribed, namedDifferencesOf, segmentsOf } from '../difference-kind.ts';
import { type ChangeKind, type ContractPair, placeOf, samePlaces } from '../kind.ts';

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
    }
    for (const { difference, name } of namedDifferencesOf(pair, 'request', 'missing')) {
      const { fields } = difference.place.base.table;
      const isKnown = fields.has([...segmentsOf(difference), segment(name)].join('/'));
      const message = `${describePart(difference, name)} is ${isKnown ? 'now required' : 'new and required'}`;
      yield changeOfName(difference, name, message, { added: !isKnown });
    }
    yield* newRequiredParameters(pair);
  },
};

/** Parameters, and bodies, that the old version did not know at all. */
function* newRequiredParameters(pair: ContractPair) {
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
    for (const { difference, name } of namedDifferencesOf(pair, 'response', 'missing')) {
      if (!isDescribed(difference, name)) continue;
      yield changeOfName(difference, name, `${describePart(difference, name)} was always there and is now optional`);
    }
  },
};
