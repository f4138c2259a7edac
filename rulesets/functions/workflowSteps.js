import { get, isObject, items } from './shared.js';

/** @typedef {import('./shared.js').Path} Path */
/**
 * A step of an Arazzo workflow. `failures` are what happens when it fails, in order: its own actions and those of its
 * workflow, references followed.
 * @typedef {{ step: import('./shared.js').Members, name: string, path: Path, failures: import('./shared.js').Members[] }} Step
 */

/**
 * Every step of every workflow (Arazzo 1.x).
 * @param {unknown} document
 * @returns {Step[]}
 */
export function stepsOf(document) {
  return items(get(document, 'workflows')).flatMap((workflow, at) =>
    items(get(workflow, 'steps')).flatMap((step, index) => {
      if (!isObject(step)) return [];
      const actions = [...items(step['onFailure']), ...items(get(workflow, 'failureActions'))];
      const failures = actions.map(action => referred(document, action)).filter(isObject);
      const path = ['workflows', at, 'steps', index];
      return [{ step, name: String(step['stepId']), path, failures }];
    }),
  );
}

/**
 * What a reusable object (`reference: $components.failureActions.retry`) stands for.
 * @param {unknown} document
 * @param {unknown} action
 */
function referred(document, action) {
  const [, kind, name] = /^\$components\.([A-Za-z]+)\.(.+)$/.exec(String(get(action, 'reference'))) ?? [];
  return kind === undefined || name === undefined ? action : get(get(get(document, 'components'), kind), name);
}

/** Whether the step waits for a message instead of calling something. */
export function isReceiving(/** @type {Step} */ { step }) {
  return step['action'] === 'receive';
}
