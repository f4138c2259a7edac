import { extend } from '../../model/index.ts';
import { type ChangeKind, placeOf } from '../kind.ts';

export const responseRemoved: ChangeKind = {
  direction: 'response',
  area: 'response',
  action: 'removed',
  rule: {
    id: 'compat/response-removed',
    severity: 'error',
    title: 'A success response was removed',
    policies: ['D6.2'],
    why: 'Consumers branch on the status code they were promised; another one is an error to them.',
    fix: 'Keep the status code, or offer the new behaviour as an operation or major version of its own.',
  },
  *detect({ base, head }) {
    for (const [key, operation] of base.operations) {
      const successor = head.operations.get(key);
      if (!successor) continue;
      for (const { status } of operation.responses) {
        if (!status.startsWith('2') || successor.responses.some(response => response.status === status)) continue;
        yield {
          subject: extend(operation.id, 'response', status),
          message: `${operation.method.toUpperCase()} ${operation.path} no longer answers ${status}`,
          location: placeOf(successor.cursor),
          facts: { status },
        };
      }
    }
  },
};
