import { get, getIn, isObject, items, members, operationsOf } from './shared.js';

/** Semantic Versioning 2.0.0. */
const SEMVER = /^(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)(-[0-9A-Za-z.-]+)?(\+[0-9A-Za-z.-]+)?$/;

/**
 * `info.version` is a semantic version, and the path of each server ends with its major version.
 * @param {unknown} document
 * @returns {import('./shared.js').Fault[]}
 */
export default function versionInPath(document) {
  const version = getIn(document, ['info', 'version']);
  const major = typeof version === 'string' ? SEMVER.exec(version)?.[1] : undefined;
  if (major === undefined) {
    const message = `info.version is ${JSON.stringify(version)}: state a semantic version such as "1.4.0"`;
    return [{ message, path: ['info', 'version'], facts: { fault: 'no semantic version' } }];
  }
  // A document that only lends components to others is at no address.
  if (get(document, 'paths') === undefined && get(document, 'webhooks') === undefined) return [];
  const suffix = `/v${major}`;
  if (items(get(document, 'servers')).length === 0) {
    const message = `no server is declared: give the API a URL that ends with ${suffix}`;
    return [{ message, path: ['servers'], facts: { fault: 'no server' } }];
  }
  return serversOf(document).flatMap(({ server, path }) => {
    const url = get(server, 'url');
    if (typeof url !== 'string' || urlPath(url, server).endsWith(suffix)) return [];
    return [{ message: `the server URL ${url} does not end with ${suffix}`, path: [...path, 'url'] }];
  });
}

/**
 * @param {unknown} document
 * @returns {{ server: unknown, path: import('./shared.js').Path }[]}
 */
function serversOf(document) {
  const pathItems = members(get(document, 'paths')).map(([template]) => ['paths', template]);
  const holders = [[], ...pathItems, ...operationsOf(document).map(({ path }) => path)];
  return holders.flatMap(holder =>
    items(getIn(document, [...holder, 'servers'])).map((server, index) => ({
      server,
      path: [...holder, 'servers', index],
    })),
  );
}

/**
 * The path of a server URL, its variables replaced by their defaults.
 * @param {string} url
 * @param {unknown} server
 */
function urlPath(url, server) {
  const variables = get(server, 'variables');
  const filled = url.replace(/\{([^}]+)\}/g, (whole, name) => {
    const variable = get(variables, name);
    return isObject(variable) ? String(variable['default']) : whole;
  });
  return (/^[^?#]*/.exec(filled)?.[0] ?? '').replace(/\/$/, '');
}
