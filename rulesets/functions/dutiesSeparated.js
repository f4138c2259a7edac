import { get, items, members, operationName, operationsOf } from './shared.js';

/** Verbs that begin something, and verbs that let it go on, as operationIds begin with them. */
const CREATES = /^(create|propose|submit|capture|request|start|add|enter|draft|prepare|takeIn|open)(?=[A-Z]|$)/;
const APPROVES = /^(approve|release|decide|authori[sz]e|confirmApproval|countersign)(?=[A-Z]|$)/;

/**
 * No scope that lets a caller create something lets them approve something too.
 * @param {unknown} document
 * @returns {import('./shared.js').Fault[]}
 */
export default function dutiesSeparated(document) {
  const operations = operationsOf(document).map(({ operation, path }) => ({
    path,
    id: String(operation['operationId'] ?? ''),
    // Each alternative of the security is a way in.
    scopes: new Set(items(operation['security'] ?? get(document, 'security')).flatMap(scopesOf)),
  }));
  const creating = operations.filter(({ id }) => CREATES.test(id));
  return operations.flatMap(({ id, path, scopes }) => {
    if (!APPROVES.test(id)) return [];
    const shared = creating.flatMap(other =>
      [...scopes].filter(scope => other.scopes.has(scope)).map(scope => ({ other, scope })),
    );
    return shared.map(({ other, scope }) => ({
      message: `${operationName(path)} approves with the scope ${scope}, with which ${operationName(other.path)} creates`,
      path: [...path, 'security'],
      facts: { scope, creates: other.id },
    }));
  });
}

function scopesOf(/** @type {unknown} */ alternative) {
  return members(alternative).flatMap(([, scopes]) => items(scopes).map(String));
}
