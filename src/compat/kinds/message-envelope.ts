import { asString, get, getIn } from '../../model/index.ts';
import { type ChangeKind, type ContractPair, type Detected, placeOf } from '../kind.ts';

/** What a message is besides its payload and headers: how it is encoded, by what it is told apart and put in order. */
export const messageContentTypeChanged: ChangeKind = {
  direction: 'both',
  area: 'media-type',
  action: 'changed',
  rule: {
    id: 'compat/message-content-type-changed',
    severity: 'error',
    title: 'A message has another content type',
    policies: ['D6.2'],
    why: 'Whoever reads it decodes it by the content type it always had.',
    fix: 'Publish the new form as a message of its own.',
  },
  detect: pair =>
    differences(
      pair,
      ({ contract }, message) => {
        const own = asString(get(message.cursor.value, 'contentType'));
        return own ?? asString(get(contract.document, 'defaultContentType')) ?? null;
      },
      (from, to) => (from === null ? undefined : `was ${from} and is now ${to ?? 'not stated'}`),
    ),
};

export const correlationChanged: ChangeKind = {
  direction: 'both',
  area: 'message',
  action: 'changed',
  rule: {
    id: 'compat/message-correlation-changed',
    severity: 'error',
    title: 'A message carries its correlation id somewhere else',
    policies: ['D6.2', 'D6.13'],
    why: 'Replies and traces are joined by it; what is not found is taken for a new conversation.',
    fix: 'Keep it where it was; add the new place beside it.',
  },
  detect: pair =>
    differences(
      pair,
      (_, message) => asString(getIn(message.cursor.value, ['correlationId', 'location'])) ?? null,
      (from, to) =>
        from === null
          ? undefined
          : `had its correlation id at ${from} and has it ${to === null ? 'nowhere' : `at ${to}`} now`,
    ),
};

export const messageKeyChanged: ChangeKind = {
  direction: 'both',
  area: 'binding',
  action: 'retyped',
  rule: {
    id: 'compat/message-key-changed',
    severity: 'error',
    title: 'A message lost its key, or got one',
    policies: ['D6.2'],
    why: 'The key decides which messages stay in order and which are compacted away: without it, a change can overtake the one before it.',
    fix: 'Keep the key, or publish to a new channel.',
  },
  detect: pair =>
    differences(
      pair,
      (_, message) => (getIn(message.cursor.value, ['bindings', 'kafka', 'key']) === undefined ? null : 'keyed'),
      (_, to) => (to === null ? 'has no key any more' : 'has a key, which it had not'),
    ),
};

type Message = ContractPair['base']['messages'] extends ReadonlyMap<string, infer M> ? M : never;

function* differences(
  { base, head }: ContractPair,
  read: (surface: ContractPair['base'], message: Message) => string | null,
  say: (from: string | null, to: string | null) => string | undefined,
): Iterable<Detected> {
  for (const [key, message] of base.messages) {
    const kept = head.messages.get(key);
    if (!kept) continue;
    const [from, to] = [read(base, message), read(head, kept)];
    const change = from === to ? undefined : say(from, to);
    if (change === undefined) continue;
    const location = placeOf(kept.cursor);
    yield { subject: message.id, message: `message "${message.name}" ${change}`, location, facts: { from, to } };
  }
}
