import type { ChangeKind } from '../kind.ts';

export const messageRemoved: ChangeKind = {
  direction: 'both',
  area: 'message',
  action: 'removed',
  rule: {
    id: 'compat/message-removed',
    severity: 'error',
    title: 'A message was removed from its channel',
    policies: ['D6.2', 'D6.16'],
    why: 'Subscribers wait for an event that never comes; nothing fails, the state just stops being propagated.',
    fix: 'Keep publishing it beside its successor until no subscriber is left.',
  },
  *detect({ base, head }) {
    for (const [key, message] of base.messages) {
      if (head.messages.has(key)) continue;
      const { channel } = message;
      yield {
        subject: message.id,
        message: `message "${message.name}" is gone from channel "${channel}"`,
        location: head.contract.file.locate(['channels', channel, 'messages']),
        facts: { message: key },
      };
    }
  },
};
