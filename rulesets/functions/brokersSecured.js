import { get, getIn, items, members } from './shared.js';

/** Protocols that encrypt, by their names in AsyncAPI documents. */
const ENCRYPTED = new Set(['kafka-secure', 'amqps', 'mqtts', 'secure-mqtt', 'https', 'wss', 'stomps', 'ibmmq-secure']);
/** Schemes that prove who connects by a certificate. */
const CERTIFICATES = new Set(['X509', 'mutualTLS']);

/**
 * Each server of an AsyncAPI document encrypts, and asks who connects; where partners connect, for a certificate.
 * @param {unknown} document
 * @returns {import('./shared.js').Fault[]}
 */
export default function brokersSecured(document) {
  const forPartners = getIn(document, ['x-governance', 'exposure']) === 'partner';
  return members(get(document, 'servers')).flatMap(([name, server]) => {
    const path = ['servers', name];
    const protocol = String(get(server, 'protocol'));
    const types = items(get(server, 'security')).map(scheme => schemeType(document, scheme));
    const open = types.length === 0;
    const unproven = forPartners && !open && !types.every(type => CERTIFICATES.has(type));
    return [
      ...(ENCRYPTED.has(protocol.toLowerCase())
        ? []
        : [{ message: `server ${name} speaks ${protocol}, which does not encrypt`, path, facts: { protocol } }]),
      ...(open ? [{ message: `server ${name} asks nobody who connects`, path, facts: { missing: 'security' } }] : []),
      ...(unproven
        ? [
            {
              message: `partners connect to server ${name} without a certificate`,
              path,
              facts: { missing: 'certificate' },
            },
          ]
        : []),
    ];
  });
}

/**
 * AsyncAPI 3 has the scheme there or a reference to it, version 2 its name.
 * @param {unknown} document
 * @param {unknown} requirement
 */
function schemeType(document, requirement) {
  const own = get(requirement, 'type');
  const name = members(requirement)[0]?.[0] ?? '';
  return String(own ?? getIn(document, ['components', 'securitySchemes', name, 'type']));
}
