import { type Content, essence, type Operation } from '../../load/index.ts';
import { type Cursor, extend, type Rule } from '../../model/index.ts';
import { type ChangeKind, type ContractPair, placeOf } from '../kind.ts';

const shared = {
  severity: 'error',
  policies: ['D6.2'],
  fix: 'Keep the media type beside the new one, or start a new major version.',
} as const satisfies Partial<Rule>;

export const requestMediaTypeRemoved: ChangeKind = {
  direction: 'request',
  area: 'media-type',
  action: 'removed',
  rule: {
    ...shared,
    id: 'compat/request-media-type-removed',
    title: 'A request media type is no longer accepted',
    why: 'Requests in that media type are answered with 415 from now on.',
  },
  *detect(pair) {
    for (const [base, head] of sameOperations(pair)) {
      const kept = head.requestBody;
      yield* gone(base.requestBody?.content ?? [], kept?.content ?? [], {
        id: extend(base.id, 'request', 'body'),
        what: `the request body of ${base.method.toUpperCase()} ${base.path}`,
        at: kept?.cursor ?? head.cursor,
      });
    }
  },
};

export const responseMediaTypeRemoved: ChangeKind = {
  direction: 'response',
  area: 'media-type',
  action: 'removed',
  rule: {
    ...shared,
    id: 'compat/response-media-type-removed',
    title: 'A response media type is no longer produced',
    why: 'Consumers that ask for it get 406, or a body that they cannot read.',
  },
  *detect(pair) {
    for (const [base, head] of sameOperations(pair)) {
      for (const response of base.responses) {
        const kept = head.responses.find(({ status }) => status === response.status);
        if (!kept) continue;
        yield* gone(response.content, kept.content, {
          id: extend(base.id, 'response', response.status, 'body'),
          what: `the ${response.status} response of ${base.method.toUpperCase()} ${base.path}`,
          at: kept.cursor,
        });
      }
    }
  },
};

function* sameOperations({ base, head }: ContractPair): Iterable<[Operation, Operation]> {
  for (const [key, operation] of base.operations) {
    const successor = head.operations.get(key);
    if (successor) yield [operation, successor];
  }
}

function* gone(
  base: readonly Content[],
  head: readonly Content[],
  { id, what, at }: { id: string; what: string; at: Cursor },
) {
  for (const { mediaType } of base) {
    if (head.some(content => essence(content.mediaType) === essence(mediaType))) continue;
    const message = `${what} is no longer ${mediaType}`;
    yield { subject: id, message, location: placeOf(at), facts: { mediaType } };
  }
}
