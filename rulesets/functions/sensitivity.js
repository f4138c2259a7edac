import { identifierIn } from './identifiers.js';
import { isBareAccountNumber, isMaskedName, isOfNobody, sensitivityOfName, wordsOf } from './sensitiveNames.js';
import { get, hasType, isObject, items } from './shared.js';

/** @typedef {import('./sensitiveNames.js').Sensitivity & { because: string }} Finding */
/** @typedef {import('./shared.js').Members} Members */

const FORMATS = /** @type {Map<string, import('./sensitiveNames.js').Sensitivity>} */ (
  new Map([
    ['email', { kind: 'person', level: 'confidential' }],
    ['idn-email', { kind: 'person', level: 'confidential' }],
    ['phone', { kind: 'person', level: 'confidential' }],
    ['e164', { kind: 'person', level: 'confidential' }],
    ['iban', { kind: 'bank', level: 'restricted' }],
    ['ssn', { kind: 'tax', level: 'restricted' }],
  ])
);

/** A description that begins with what the field holds; what is only mentioned stands later or behind another noun. */
const BEGINS =
  /^(?:an? |the |your |their |its |(?:the )?(?:customer|supplier|vendor|employee|patient|owner|person|individual|company|user|representative)(?:['’]s)? |full |complete |unmasked ){0,3}/i;
const DESCRIBED = /** @type {[RegExp, import('./sensitiveNames.js').Sensitivity][]} */ ([
  [
    /^(social security number|ssn\b|taxpayer identification number|tax (payer )?(id|identification) number|employer identification number|vat (registration |identification )?number)/i,
    { kind: 'tax', level: 'restricted' },
  ],
  [
    /^(bank account number|iban\b|international bank account number|(bank )?routing number)/i,
    { kind: 'bank', level: 'restricted' },
  ],
  [/^(credit |debit |payment )?card number/i, { kind: 'card', level: 'restricted' }],
  [
    /^(date of birth|birth ?date|passport number|driver'?s licen[cs]e number)/i,
    { kind: 'person', level: 'restricted' },
  ],
  [
    /^(medical record number|patient (id|identifier|name)|diagnosis code|icd-?(9|10) code)/i,
    { kind: 'health', level: 'restricted' },
  ],
]);
/** Words with which the same sentence says that the data themselves are not there. */
const NOT_ITSELF =
  /\b(masked|last (4|four)|redacted|truncated|hash|token|whether|type of|kind of|format of|country|verif|status|error|length|index|position|prefix|suffix|not an?|never|without|placeholder|synthetic)\b/i;

/**
 * What is sensitive about a field, and what tells it: its name, format, description or example.
 * @param {string} name
 * @param {readonly string[]} owners
 * @param {unknown} schema with its references followed
 * @param {readonly string[]} [siblings] names of the fields beside it
 * @returns {Finding | undefined}
 */
export function sensitivityOf(name, owners, schema, siblings = []) {
  if (!isObject(schema) || isOfNobody(name)) return undefined;
  const byName = sensitivityOfName(name, owners) ?? byNeighbours(name, siblings);
  if (byName !== undefined && isBareAccountNumber(name) && !isAtBank(owners, siblings, schema)) return undefined;
  if (byName !== undefined) return canHold(schema, byName) ? { ...byName, because: 'by its name' } : undefined;
  if (!isText(schema) || isMaskedName(name)) return undefined;
  const byFormat = FORMATS.get(String(schema['format']));
  if (byFormat !== undefined) return { ...byFormat, because: `by its format ${schema['format']}` };
  return byDescription(schema) ?? byExample(schema);
}

/**
 * A bare `number` beside a security code is that of a card, and beside a sort code that of an account.
 * @param {string} name
 * @param {readonly string[]} siblings
 * @returns {import('./sensitiveNames.js').Sensitivity | undefined}
 */
function byNeighbours(name, siblings) {
  if (!/^(number|no|num)$/.test(wordsOf(name))) return undefined;
  const kinds = siblings.map(sibling => sensitivityOfName(sibling)?.kind);
  const kind = kinds.includes('card') ? 'card' : kinds.includes('bank') ? 'bank' : undefined;
  return kind && { kind, level: 'restricted' };
}

/** Anybody has accounts: carriers, utilities, clouds. That it is one at a bank is told by what it lies in or beside. */
const BANK =
  /\b(bank|banking|payee|payer|payment|payout|payroll|remit|remittance|ach|wire|deposit|debit|beneficiary|iban|bban|sepa|treasury|settlement|disbursement|transfer)\b/;

/**
 * @param {readonly string[]} owners
 * @param {readonly string[]} siblings
 * @param {Members} schema
 */
function isAtBank(owners, siblings, schema) {
  const around = [...owners.slice(-3).map(wordsOf), String(schema['description'] ?? '').toLowerCase()];
  const isBeside = siblings.some(name => sensitivityOfName(name)?.kind === 'bank' && !isBareAccountNumber(name));
  return isBeside || around.some(words => BANK.test(words));
}

/** @returns {Finding | undefined} */
function byDescription(/** @type {Members} */ schema) {
  const text = String(schema['description'] ?? '').trim();
  const sentence = (/^[^.\n]*/.exec(text)?.[0] ?? '').slice(0, 200);
  if (sentence === '' || NOT_ITSELF.test(sentence)) return undefined;
  const bare = sentence.replace(BEGINS, '');
  const found = DESCRIBED.find(([pattern]) => pattern.test(bare));
  return found && { ...found[1], because: 'by its description' };
}

/** @returns {Finding | undefined} */
function byExample(/** @type {Members} */ schema) {
  for (const example of [schema['example'], ...items(schema['examples'])]) {
    const found = typeof example === 'string' ? identifierIn(example) : undefined;
    if (!found?.isSure) continue;
    const kind = found.what.includes('IBAN') ? 'bank' : found.what.includes('card') ? 'card' : 'tax';
    return { kind, level: 'restricted', because: `by its example, ${found.what}` };
  }
  return undefined;
}

/**
 * Whether a schema can hold the data: a flag, a code or a moment about them is not they. What an object says of a person
 * or card is told by its own properties.
 * @param {Members} schema
 * @param {import('./sensitiveNames.js').Sensitivity} sensitivity
 */
function canHold(schema, { kind }) {
  if (hasType(schema, 'boolean') || schema['enum'] !== undefined || schema['const'] !== undefined) return false;
  if (/^date/.test(String(schema['format'])) && kind !== 'person' && kind !== 'health') return false;
  const inner = isObject(schema['items']) ? schema['items'] : schema;
  const isRecord = hasType(inner, 'object') || inner['properties'] !== undefined;
  const isList = hasType(schema, 'array') || schema['items'] !== undefined;
  // A list of banks is a choice, and no detail of an account.
  if (kind === 'bank' && isList && !isRecord) return false;
  return !(isRecord && (kind === 'person' || kind === 'card')) && !isCodeList(inner);
}

function isCodeList(/** @type {Members} */ schema) {
  return schema['enum'] !== undefined || hasType(schema, 'boolean');
}

function isText(/** @type {Members} */ schema) {
  return hasType(schema, 'string') && schema['enum'] === undefined && schema['const'] === undefined;
}

/**
 * Whether what a field holds is hidden, so that it may be shown: by its name, its pattern, its length, or because it is
 * never sent at all.
 * @param {string} name
 * @param {unknown} schema
 */
export function isHidden(name, schema) {
  const length = get(schema, 'maxLength');
  return (
    isMaskedName(name) ||
    get(schema, 'x-masked') === true ||
    get(schema, 'writeOnly') === true ||
    (typeof length === 'number' && length <= 4) ||
    /\\\*|\[\*|\[Xx?\]|X\{|x\{|•/.test(String(get(schema, 'pattern') ?? '')) ||
    /\b(masked|last (4|four)|redacted|truncated|hidden)\b/i.test(String(get(schema, 'description') ?? ''))
  );
}
