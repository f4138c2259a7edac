/** Keys, tokens and passwords, by the forms in which those who issue them write them. */

const FORMS = /** @type {[string, RegExp][]} */ ([
  ['an AWS access key', /\b(AKIA|ASIA)[0-9A-Z]{16}\b/],
  ['a GitHub token', /\b(ghp|gho|ghu|ghs|ghr)_[A-Za-z0-9]{36}\b|\bgithub_pat_[A-Za-z0-9_]{60,}\b/],
  ['a Slack token', /\bxox[abeoprs]-[0-9A-Za-z-]{20,}\b/],
  ['a Stripe key', /\b[rs]k_live_[0-9A-Za-z]{20,}\b/],
  ['a Google API key', /\bAIza[0-9A-Za-z_-]{35}\b/],
  ['a private key', /-----BEGIN ([A-Z]+ )*PRIVATE KEY-----\s*[A-Za-z0-9+/]{40}/],
  ['a SendGrid key', /\bSG\.[A-Za-z0-9_-]{22}\.[A-Za-z0-9_-]{43}\b/],
  ['a JSON Web Token', /\beyJ[A-Za-z0-9_-]{10,}\.eyJ[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]{20,}/],
  ['a Twilio key', /\bSK[0-9a-f]{32}\b/],
  [
    'credentials in an address',
    /\b[a-z][a-z0-9+]*:\/\/[^\s/:@{}<>$*]{2,}:[^\s/:@{}<>$*]{6,}@[a-z0-9-]+(\.[a-z0-9-]+)+/i,
  ],
]);

/** What people write where a secret would stand. */
const PLACEHOLDER =
  /example|sample|dummy|fake|test|your|xxx|placeholder|secret|redacted|changeme|\*\*\*|<|\{|\.\.\.|(.)\1{5}|0123456|1234567|abcdef/i;

/**
 * What a text value is, where it is a secret that somebody may use.
 * @param {string} value
 * @returns {string | undefined}
 */
export function secretIn(value) {
  if (value.length < 16 || value.length > 20_000) return undefined;
  for (const [what, form] of FORMS) {
    const found = form.exec(value)?.[0];
    if (found !== undefined && !PLACEHOLDER.test(found)) return what;
  }
  return undefined;
}

/** Names of fields whose examples must not look like what a generator of passwords or keys makes. */
const SECRET_NAME =
  /\b(password|passwd|secret|client secret|api ?key|private key|access token|refresh token|auth token|bearer token)$/;

/**
 * Whether the example of a field with a name such as `clientSecret` looks as if it worked: long, and of mixed characters.
 * @param {string} words the name as words
 * @param {string} value
 */
export function isLikelySecret(words, value) {
  const isMixed = /[a-z]/.test(value) && /[A-Z]/.test(value) && /\d/.test(value) && /^[\x21-\x7e]{16,200}$/.test(value);
  return SECRET_NAME.test(words) && isMixed && !PLACEHOLDER.test(value) && !value.includes('://');
}
