import { get, getIn, isObject, members } from './shared.js';

/** Flows that OAuth 2.1 no longer has: tokens in addresses, passwords in the hands of clients (RFC 9700, section 2). */
const UNSAFE = ['implicit', 'password'];
const LONGEST = 60;

/**
 * Each OAuth2 scheme uses safe flows over TLS, and states for how long its tokens are valid.
 * @param {unknown} document
 * @returns {import('./shared.js').Fault[]}
 */
export default function tokenPolicy(document) {
  return members(getIn(document, ['components', 'securitySchemes'])).flatMap(([name, scheme]) =>
    get(scheme, 'type') === 'oauth2' ? [...flowFaults(name, scheme), ...lifetimeFaults(name, scheme)] : [],
  );
}

/**
 * @param {string} name
 * @param {unknown} scheme
 * @returns {import('./shared.js').Fault[]}
 */
function flowFaults(name, scheme) {
  const place = ['components', 'securitySchemes', name, 'flows'];
  return members(get(scheme, 'flows')).flatMap(
    /** @returns {import('./shared.js').Fault[]} */ ([flow, details]) => {
      const path = [...place, flow];
      if (UNSAFE.includes(flow)) {
        const message = `the security scheme ${name} uses the ${flow} flow: use clientCredentials, or authorizationCode with PKCE`;
        return [{ message, path, facts: { flow } }];
      }
      const plain = members(details).filter(([key, url]) => key.endsWith('Url') && /^http:/i.test(String(url)));
      return plain.map(([key]) => ({
        message: `${key} of the ${flow} flow of ${name} does not use TLS`,
        path: [...path, key],
        facts: { plain: key },
      }));
    },
  );
}

/**
 * @param {string} name
 * @param {unknown} scheme
 * @returns {import('./shared.js').Fault[]}
 */
function lifetimeFaults(name, scheme) {
  const path = ['components', 'securitySchemes', name];
  const policy = get(scheme, 'x-token-policy');
  const minutes = get(policy, 'lifetimeMinutes');
  if (!isObject(policy) || typeof minutes !== 'number') {
    const message = `the security scheme ${name} does not state how long its tokens are valid: add x-token-policy.lifetimeMinutes`;
    return [{ message, path, facts: { missing: 'lifetimeMinutes' } }];
  }
  if (minutes > 0 && minutes <= LONGEST) return [];
  const message = `tokens of ${name} are valid for ${minutes} minutes: at most ${LONGEST} are`;
  return [{ message, path: [...path, 'x-token-policy', 'lifetimeMinutes'], facts: { wrong: 'lifetimeMinutes' } }];
}
