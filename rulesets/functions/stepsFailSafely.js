import { items } from './shared.js';
import { isReceiving, stepsOf } from './workflowSteps.js';

/**
 * Each step says what happens when it fails for good, and a step that waits for a message does not wait for ever.
 * @param {unknown} document
 * @returns {import('./shared.js').Fault[]}
 */
export default function stepsFailSafely(document) {
  return stepsOf(document).flatMap(each => {
    const { step, name, path, failures } = each;
    // What no criterion restricts is reached when all others did not apply.
    const isCaught = failures.some(({ type, criteria }) => type !== 'retry' && items(criteria).length === 0);
    return [
      ...(isCaught
        ? []
        : [
            {
              message: `step ${name} does not say what happens when it fails for good: end onFailure with an action without criteria`,
              path,
              facts: { missing: 'onFailure' },
            },
          ]),
      ...(isReceiving(each) && step['timeout'] === undefined
        ? [{ message: `step ${name} waits for a message without a timeout`, path, facts: { missing: 'timeout' } }]
        : []),
    ];
  });
}
