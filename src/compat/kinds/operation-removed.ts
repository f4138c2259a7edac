import type { ChangeKind } from '../kind.ts';

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
    fix: 'Keep it, mark it deprecated with a sunset date, and remove it in the next major version.',
  },
  *detect({ base, head }) {
    for (const [key, operation] of base.operations) {
      if (head.operations.has(key)) continue;
      yield {
        subject: operation.id,
        message: `${operation.method.toUpperCase()} ${operation.path} (${operation.name}) is gone`,
        location: head.contract.file.locate(['paths', operation.path]),
        facts: { operation: key },
      };
    }
  },
};
