import { type Content, essence } from '../../load/index.ts';
import { type Cursor, extend, type Rule } from '../../model/index.ts';
import { type ChangeKind, type ContractPair, placeOf, sameCalls } from '../kind.ts';
import type { Direction } from '../surface.ts';

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
  detect: pair => removed(pair, 'request'),
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
  detect: pair => removed(pair, 'response'),
};

interface Body {
  readonly id: string;
  readonly name: string;
  readonly base: readonly Content[];
  readonly head: readonly Content[];
  /** Where the later version would have to say it. */
  readonly at: Cursor;
}

function* removed(pair: ContractPair, direction: Direction) {
  for (const { id, name, base, head, at } of sameBodies(pair, direction)) {
    for (const { mediaType } of base) {
      if (head.some(content => essence(content.mediaType) === essence(mediaType))) continue;
      yield { subject: id, message: `${name} is no longer ${mediaType}`, location: placeOf(at), facts: { mediaType } };
    }
  }
}

/** Request bodies, and the responses that both versions have, that go in this direction. */
function* sameBodies(pair: ContractPair, direction: Direction): Iterable<Body> {
  for (const { base, head } of sameCalls(pair)) {
    const { id, requestBody, responses } = base.operation;
    if (base.asks === direction && requestBody) {
      const kept = head.operation.requestBody;
      yield {
        id: extend(id, 'request', 'body'),
        name: `the request body of ${base.title}`,
        base: requestBody.content,
        head: kept?.content ?? [],
        at: kept?.cursor ?? head.operation.cursor,
      };
    }
    if (base.answers !== direction) continue;
    for (const { status, content } of responses) {
      const kept = head.operation.responses.find(response => response.status === status);
      if (!kept) continue;
      const name = `the ${status} response of ${base.title}`;
      yield { id: extend(id, 'response', status, 'body'), name, base: content, head: kept.content, at: kept.cursor };
    }
  }
}
