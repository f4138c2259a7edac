import { type ChangeKind, type ContractPair, placeOf, sameCalls } from '../kind.ts';
import type { Direction, Place } from '../surface.ts';

export const requestParameterRemoved: ChangeKind = {
  direction: 'request',
  area: 'parameter',
  action: 'removed',
  rule: {
    id: 'compat/request-parameter-removed',
    severity: 'warn',
    title: 'A request parameter was removed',
    policies: ['D6.2'],
    why: 'Consumers still send it, and it has no effect: a filter that is ignored returns everything.',
    fix: 'Keep it, or refuse requests that carry it from the next major version on.',
  },
  *detect(pair) {
    for (const { place, location } of gone(pair, 'request', /\/request\/(query|header|cookie)\/[^/]+$/)) {
      yield { subject: place.id, message: `the ${place.name} is gone: its value is ignored`, location, facts: {} };
    }
  },
};

export const responseHeaderRemoved: ChangeKind = {
  direction: 'response',
  area: 'parameter',
  action: 'removed',
  rule: {
    id: 'compat/response-header-removed',
    severity: 'error',
    title: 'A response header was removed',
    policies: ['D6.2'],
    why: 'Consumers page, retry and lock by headers: without an ETag nothing can be changed safely.',
    fix: 'Keep sending it until the next major version.',
  },
  *detect(pair) {
    for (const { place, location } of gone(pair, 'response', /\/response\/[^/]+\/header\/[^/]+$/)) {
      const severity = place.required ? 'error' : 'warn';
      const promise = place.required ? 'it was always there' : 'it was optional';
      yield { subject: place.id, severity, message: `the ${place.name} is gone: ${promise}`, location, facts: {} };
    }
  },
};

/** Places of calls, and of responses, that are still there. */
function* gone(pair: ContractPair, direction: Direction, shape: RegExp) {
  for (const { base, head } of sameCalls(pair)) {
    for (const [placeKey, place] of pair.base.places) {
      const isOwn =
        place.direction === direction && place.id.startsWith(`${base.operation.id}/`) && shape.test(place.id);
      if (!isOwn || pair.head.places.has(placeKey) || responseIsGone(place, head.operation.responses)) continue;
      yield { place, location: placeOf(head.operation.cursor) };
    }
  }
}

/** Then that is the change, and all that the response held went with it. */
function responseIsGone(place: Place, responses: readonly { readonly status: string }[]): boolean {
  const status = /\/response\/([^/]+)\//.exec(place.id)?.[1];
  return status !== undefined && !responses.some(response => response.status === status);
}
