import { get, type Severity } from '../../model/index.ts';
import type { ChangeKind, ContractPair } from '../kind.ts';
import { mayGo, retirementOf } from '../retirement.ts';

export const operationRemoved: ChangeKind = {
  direction: 'both',
  area: 'operation',
  action: 'removed',
  rule: {
    id: 'compat/operation-removed',
    severity: 'error',
    title: 'An operation was removed',
    policies: ['D6.2', 'D6.16'],
    why: 'Every consumer that calls it fails from the moment the new version is deployed.',
    fix: 'Keep it, mark it deprecated with a sunset date, and remove it after that date.',
  },
  detect: pair => removed(pair, false),
};

export const callbackRemoved: ChangeKind = {
  direction: 'both',
  area: 'callback',
  action: 'removed',
  rule: {
    id: 'compat/callback-removed',
    severity: 'error',
    title: 'A webhook or callback was removed',
    policies: ['D6.2', 'D6.16'],
    why: 'Consumers wait for a call that never comes; nothing fails, the state just stops being propagated.',
    fix: 'Keep calling it beside its successor until no consumer is left.',
  },
  detect: pair => removed(pair, true),
};

function* removed({ base, head, today }: ContractPair, isReversed: boolean) {
  for (const [key, call] of base.calls) {
    if (call.isReversed !== isReversed || head.calls.has(key)) continue;
    const { operation, title } = call;
    const { may, why } = mayGo(retirementOf(base.contract, operation.cursor), today);
    const severity: Severity = may === true ? 'info' : may === false ? 'error' : 'warn';
    const name = operation.name.startsWith(operation.method.toUpperCase()) ? '' : ` (${operation.name})`;
    yield {
      subject: operation.id,
      severity,
      message: `${title}${name} is gone: ${why}`,
      // Where it would have to be.
      location: head.contract.file.locate(isReversed ? ['webhooks', operation.path] : ['paths', operation.path]),
      facts: { operation: key },
    };
  }
}

export const operationRenamed: ChangeKind = {
  direction: 'both',
  area: 'operation',
  action: 'changed',
  rule: {
    id: 'compat/operation-renamed',
    severity: 'warn',
    title: 'An operation has another operationId',
    policies: ['D6.2'],
    why: 'Requests stay the same, but generated clients, workflows and links call it by that name.',
    fix: 'Keep the operationId for the life of the major version.',
  },
  *detect({ base, head }) {
    for (const [key, { operation, title }] of base.calls) {
      const kept = head.calls.get(key)?.operation;
      const [from, to] = [get(operation.cursor.value, 'operationId'), get(kept?.cursor.value, 'operationId')];
      if (!kept || from === undefined || from === to) continue;
      const location = kept.cursor.file.locate([...kept.cursor.path, 'operationId']);
      const message = `${title} was called ${String(from)} and is now called ${String(to ?? 'nothing')}`;
      yield { subject: operation.id, message, location, facts: { to: to ?? null } };
    }
  },
};

export const operationAdded: ChangeKind = {
  direction: 'both',
  area: 'operation',
  action: 'added',
  rule: {
    id: 'compat/operation-added',
    severity: 'info',
    title: 'An operation, webhook or callback was added',
    why: 'It is an offer that nobody has to take.',
    fix: 'Nothing to do; mention it in the release notes.',
  },
  *detect({ base, head }) {
    for (const [key, { operation, title }] of head.calls) {
      if (base.calls.has(key)) continue;
      const location = operation.cursor.file.locate(operation.cursor.path, 'key');
      yield { subject: operation.id, message: `${title} is new`, location, facts: { operation: key } };
    }
  },
};
