import { get, getIn, isObject, isUnknown, items, members, operationName, operationsOf } from './shared.js';

/**
 * Each operation asks for at least one scope of an OAuth2 or OpenID Connect scheme, in each of its alternatives, and no
 * API key travels in a query string.
 * @param {unknown} document
 * @returns {import('./shared.js').Fault[]}
 */
export default function operationScopes(document) {
  const schemes = getIn(document, ['components', 'securitySchemes']);
  const keysInQuery = members(schemes).flatMap(([name, scheme]) =>
    get(scheme, 'type') === 'apiKey' && get(scheme, 'in') === 'query'
      ? [
          {
            message: `the security scheme ${name} puts an API key into the query, where logs and proxies keep it: use OAuth2`,
            path: ['components', 'securitySchemes', name, 'in'],
          },
        ]
      : [],
  );
  const operations = operationsOf(document);
  const shared = get(document, 'security');
  const inherits = operations.filter(({ operation }) => operation['security'] === undefined);
  // What all operations inherit is one fault at one place, however many they are.
  const sharedFaults =
    inherits.length > 0 && shared !== undefined ? faultsOf(shared, schemes, ['security'], 'the default security') : [];
  const own = operations.flatMap(({ operation, path }) => {
    const security = operation['security'];
    if (security === undefined && shared !== undefined) return [];
    const name = operationName(path);
    if (security === undefined) {
      return [{ message: `${name} states no security: name the scope it needs`, path, facts: { missing: 'security' } }];
    }
    return faultsOf(security, schemes, [...path, 'security'], name);
  });
  return [...keysInQuery, ...sharedFaults, ...own];
}

/**
 * @param {unknown} security
 * @param {unknown} schemes
 * @param {import('./shared.js').Path} path
 * @param {string} name
 * @returns {import('./shared.js').Fault[]}
 */
function faultsOf(security, schemes, path, name) {
  const alternatives = items(security);
  if (alternatives.length === 0) {
    const message = `${name} is open to everybody: name the scope that is needed`;
    return [{ message, path, facts: { missing: 'scope' } }];
  }
  return alternatives.flatMap(
    /** @returns {import('./shared.js').Fault[]} */ (alternative, index) => {
      const place = [...path, index];
      const parts = members(alternative).map(([scheme, scopes]) => ({ scheme, scopes, is: get(schemes, scheme) }));
      const faults = parts.flatMap(({ scheme, scopes, is }) => {
        if (is === undefined) {
          const message = `${name} names the security scheme ${scheme}, which is not defined`;
          return [{ message, path: [...place, scheme], facts: { undefined: scheme } }];
        }
        return undefinedScopes(is, scopes).map(scope => ({
          message: `${name} asks for the scope ${scope}, which ${scheme} does not define`,
          path: [...place, scheme],
          facts: { undefined: String(scope) },
        }));
      });
      const isScoped = parts.some(({ scopes, is }) => (isTokenScheme(is) && items(scopes).length > 0) || isUnknown(is));
      if (isScoped || faults.length > 0) return faults;
      const message = `${name} can be called without any scope: ask for one of an OAuth2 or OpenID Connect scheme`;
      return [{ message, path: place, facts: { missing: 'scope' } }];
    },
  );
}

function isTokenScheme(/** @type {unknown} */ scheme) {
  return get(scheme, 'type') === 'oauth2' || get(scheme, 'type') === 'openIdConnect';
}

/**
 * The scopes of OpenID Connect are listed at its discovery URL, so only those of OAuth2 can be checked here.
 * @param {unknown} scheme
 * @param {unknown} scopes
 */
function undefinedScopes(scheme, scopes) {
  if (get(scheme, 'type') !== 'oauth2') return [];
  const defined = members(get(scheme, 'flows')).flatMap(([, flow]) => {
    const known = get(flow, 'scopes');
    return isObject(known) ? Object.keys(known) : [];
  });
  return items(scopes).filter(scope => typeof scope === 'string' && !defined.includes(scope));
}
