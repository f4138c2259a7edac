import { extend } from '../../model/index.ts';
import { type ChangeKind, placeOf, sameCalls } from '../kind.ts';

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
  *detect(pair) {
    for (const { base, head } of sameCalls(pair)) {
      if (base.isReversed) continue;
      for (const { status } of base.operation.responses) {
        if (!isSuccess(status) || stillAnswers(head.operation.responses, status)) continue;
        yield {
          subject: extend(base.operation.id, 'response', status),
          message: `${base.title} no longer answers ${status}`,
          location: placeOf(head.operation.cursor),
          facts: { status },
        };
      }
    }
  },
};

function isSuccess(status: string): boolean {
  return status.startsWith('2');
}

/** Literally, or by the range that holds it (OpenAPI 3.1, Responses Object): `2XX` may still answer 200. */
function stillAnswers(responses: readonly { readonly status: string }[], status: string): boolean {
  const range = `${status[0]}XX`;
  return responses.some(response => response.status === status || response.status.toUpperCase() === range);
}
