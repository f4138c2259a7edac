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

export const messageAdded: ChangeKind = {
  direction: 'both',
  area: 'message',
  action: 'added',
  rule: {
    id: 'compat/message-added',
    severity: 'info',
    title: 'A message was added to a channel',
    policies: ['D6.2'],
    why: 'Subscribers must skip messages that they do not know; those that do are not hurt.',
    fix: 'Nothing to do; mention it in the release notes.',
  },
  *detect({ base, head }) {
    for (const [key, message] of head.messages) {
      if (base.messages.has(key)) continue;
      yield {
        subject: message.id,
        message: `message "${message.name}" is new in channel "${message.channel}"`,
        location: message.cursor.file.locate(message.cursor.path, 'key'),
        facts: { message: key },
      };
    }
  },
};
