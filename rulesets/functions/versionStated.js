import { get, getIn, members } from './shared.js';

/** Where the formats of contracts state their version. */
const PLACES = [['info', 'version'], ['x-version'], ['version']];
/** Semantic Versioning 2.0.0, point 2, with the pre-release and build of points 9 and 10. */
const SEMVER = /^(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)(-[0-9A-Za-z.-]+)?(\+[0-9A-Za-z.-]+)?$/;

/**
 * A contract has a semantic version, and the addresses of its channels end with its major. That the id names the same major
 * is seen when it is loaded.
 * @param {unknown} document
 * @returns {import('./shared.js').Fault[]}
 */
export default function versionStated(document) {
  const path = PLACES.find(place => getIn(document, place) !== undefined);
  if (!path) return [{ message: 'the contract states no version', path: [], facts: { missing: 'version' } }];
  const version = String(getIn(document, path));
  const major = SEMVER.exec(version)?.[1];
  if (major === undefined) {
    return [{ message: `version ${version} is not MAJOR.MINOR.PATCH`, path, facts: { wrong: 'form' } }];
  }
  return channels(document, major);
}

/**
 * @param {unknown} document
 * @param {string} major
 * @returns {import('./shared.js').Fault[]}
 */
function channels(document, major) {
  return members(get(document, 'channels')).flatMap(([name, channel]) => {
    // AsyncAPI 2 has the address as the key; in version 3 a reply channel may have none.
    const address = get(document, 'asyncapi')?.toString().startsWith('2') ? name : get(channel, 'address');
    if (typeof address !== 'string' || address === '' || new RegExp(`[./_-]v${major}$`).test(address)) return [];
    const message = `the address ${address} of channel ${name} does not end with v${major}`;
    return [{ message, path: ['channels', name], facts: { wrong: 'address' } }];
  });
}
