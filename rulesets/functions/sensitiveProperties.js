import { get, getIn, hasType, isObject, items, members } from './shared.js';

/**
 * Names that speak of sensitive data, as the words they end with: `supplierTaxId`, `remittance_iban`. What only mentions
 * it (`taxIdType`, `emailVerified`, `bankAccountStatus`) ends differently.
 */
const SENSITIVE = [
  /\btax(payer)? (id|identifier|identification|identification number|number|no|registration number)$/,
  /\b(tin|itin|ein|ssn|social security number|national id|national insurance number)$/,
  /\bvat (id|identifier|number|no|registration|registration number|registration no)$/,
  /\b(bank|banking|bank account|bank detail|bank data|banking data|banking detail|bank information)$/,
  /\bbank (number|key|code|name|account number|account holder)$/,
  /\b(iban|sort code|routing (number|no|code|transit number)|aba (number|code))$/,
  /\baccount holder( name)?$/,
  /\b(birth ?date|date of birth|birth ?day|dob)$/,
  /\be ?mail( address)?$/,
  /\b(tele|cell|mobile )?phone( number| no)?$/,
  /\bmobile number$/,
];
const ACCOUNT_NUMBER = /\baccount (number|no)$/;
/** Accounts of the ledger, and those under which a vendor or customer is known, are not accounts at a bank. */
const LEDGER =
  /\b(gl|g l|ledger|general|main|cost|asset|liability|revenue|expense|offset|natural|posting|control|vendor|supplier|customer) account/;
/** What may follow without making the value harmless for the reader of a log. */
const SUFFIX = /( (value|text|masked|encrypted|token|last ?(4|four)|1|2|3))+$/;

const CLASSES = ['confidential', 'restricted'];
/** Keywords below which there are data and no schemas. */
const DATA = new Set(['example', 'examples', 'default', 'const', 'enum']);

/**
 * Properties that by their name hold tax, bank or personal data carry an `x-classification` of at least confidential:
 * on the property itself, on the schema it refers to, or on the items of a list.
 *
 * Runs on the document as it is written, so that a shared schema is judged where it is defined and not in each contract
 * that refers to it; the resolved document then tells what stands behind a `$ref`.
 * @param {unknown} properties
 * @param {unknown} _
 * @param {import('./shared.js').Context} context
 * @returns {import('./shared.js').Fault[]}
 */
export default function sensitiveProperties(properties, _, context) {
  if (isData(context.path)) return [];
  return members(properties).flatMap(([name, written]) => {
    if (!isSensitive(name)) return [];
    const path = [...context.path, name];
    const schema = getIn(context.documentInventory.resolved, path) ?? written;
    if (!isObject(schema) || isHarmless(schema)) return [];
    const found = classification(written) ?? classification(schema);
    if (found !== undefined && CLASSES.includes(found)) return [];
    const message =
      found === undefined
        ? `property ${name} holds sensitive data by its name: add x-classification: confidential or restricted`
        : `property ${name} is classified as ${found}: sensitive data is confidential or restricted`;
    return [{ message, path, facts: { property: name } }];
  });
}

export function isSensitive(/** @type {string} */ name) {
  const words = wordsOf(name).replace(SUFFIX, '');
  return SENSITIVE.some(pattern => pattern.test(words)) || (ACCOUNT_NUMBER.test(words) && !LEDGER.test(words));
}

/** `bankAccounts_IBAN` → `bank account iban`: lower case, one space between words, no plural. */
function wordsOf(/** @type {string} */ name) {
  return name
    .replace(/([a-z])([A-Z0-9])|([0-9])([A-Za-z])|([A-Z])([A-Z][a-z])/g, '$1$3$5 $2$4$6')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .map(word => word.replace(/(ss)es$|([^s])s$/, '$1$2'))
    .join(' ')
    .trim();
}

/** Yes or no about the data is not the data. */
function isHarmless(/** @type {{ readonly [key: string]: unknown }} */ schema) {
  return hasType(schema, 'boolean');
}

/**
 * @param {unknown} schema
 * @returns {string | undefined}
 */
function classification(schema) {
  const own = get(schema, 'x-classification');
  if (typeof own === 'string') return own;
  const inner = [get(schema, 'items'), ...items(get(schema, 'allOf'))];
  for (const part of inner) {
    const found = part === undefined ? undefined : classification(part);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Whether the place lies inside an example, a default or another value, where `properties` is just a name. */
function isData(/** @type {import('./shared.js').Path} */ path) {
  return path.some((step, index) => DATA.has(String(step)) && path[index - 1] !== 'properties');
}
