import { isReceiving, stepsOf } from './workflowSteps.js';

/**
 * A step that calls an operation repeats the call, after a stated time and not for ever; or says why it must not.
 * @param {unknown} document
 * @returns {import('./shared.js').Fault[]}
 */
export default function stepsRetried(document) {
  const calls = stepsOf(document).filter(each => !isReceiving(each) && each.step['operationId'] !== undefined);
  return calls.flatMap(
    /** @returns {import('./shared.js').Fault[]} */ ({ step, name, path, failures }) => {
      if (step['action'] === 'send' || typeof step['x-no-retry'] === 'string') return [];
      const retries = failures.filter(({ type }) => type === 'retry');
      if (retries.length === 0) {
        const message = `step ${name} gives up at the first failure: add a retry action, or x-no-retry with the reason`;
        return [{ message, path, facts: { missing: 'retry' } }];
      }
      return ['retryAfter', 'retryLimit']
        .filter(field => retries.some(retry => retry[field] === undefined))
        .map(field => ({
          message: `step ${name} repeats its call without ${field}`,
          path: [...path, 'onFailure'],
          facts: { missing: field },
        }));
    },
  );
}
