/**
 * What names of fields say about the data in them: tax, bank, card, personal and health data, in every casing and in the
 * spellings of the vendors (`supplierTaxID`, `remittance_iban`, `BankControlKey`, `PATIENT-MRN`).
 */

/** @typedef {'tax' | 'bank' | 'card' | 'person' | 'health'} Kind */
/** @typedef {{ kind: Kind, level: 'confidential' | 'restricted' }} Sensitivity */

/** Matched against the words that a name ends with; what only mentions data (`taxIdType`, `emailVerified`) ends differently. */
const ENDINGS = /** @type {[Kind, Sensitivity['level'], RegExp][]} */ ([
  [
    'tax',
    'restricted',
    /\btax ?(payer)? ?(id|identifier|identification|identification number|number|no|num|registration number|reg no)( number)?$/,
  ],
  [
    'tax',
    'restricted',
    /\b(tin|itin|atin|f?ein|ssn|us ssn|social security( number| no)?|employer identification( number)?)$/,
  ],
  ['tax', 'restricted', /\b(national id( number)?|national insurance number|nino|cpf|cnpj|gstin|gst number|gst no)$/],
  [
    'tax',
    'restricted',
    /\bvat ?(id|identifier|identification number|number|no|registration|registration number|registration no|reg no)$/,
  ],
  [
    'bank',
    'restricted',
    /\b(iban|bban|clabe|bsb( number| code)?|sort code|swift|swift code|swift bic|bic|bic code|swift bic code|bic swift)$/,
  ],
  [
    'bank',
    'restricted',
    /\b(routing (number|no|code|transit number)|aba (number|code|routing number|rtn)|aba|rtn|bank transit number)$/,
  ],
  [
    'bank',
    'restricted',
    /\b(bank|banking) ?(account|detail|data|information|info|account detail|account number|account no|acct|acct no|acct number|account id number)$/,
  ],
  [
    'bank',
    'restricted',
    /\bbank ?(number|key|code|name|control key|account holder|account holder name|account name|acct name)$|^bank$/,
  ],
  ['bank', 'restricted', /\b(account holder|accountholder)( name)?$/],
  [
    'card',
    'restricted',
    /\b(credit |debit |payment |virtual )?card ?(number|no|num|pan)$|\bprimary account number$|\b(cvv2?|cvc2?|cv2|card (verification|security) (code|value))$/,
  ],
  ['person', 'restricted', /\b(birth ?date|date of birth|birth ?day|dob)$/],
  [
    'person',
    'restricted',
    /\b(passport( number| no| num)|driver ?s? ?licen[cs]e( number| no)|driving licen[cs]e( number| no))$/,
  ],
  ['person', 'confidential', /\be ?mail( ?addr| ?address| id)?( 1| 2)?$/],
  [
    'person',
    'confidential',
    /\b(tele|cell|mobile |home |work |office )?phone( ?number| no| num)?$|\bmobile (number|no)$|\btelephone( number)?$|\bmsisdn$/,
  ],
  ['person', 'confidential', /\b(first|last|middle|given|family|maiden|sur) ?name$|\bfull legal name$/],
  ['person', 'confidential', /\b(home|residential|private) (address|street|street address)$/],
  [
    'health',
    'restricted',
    /\b(mrn|medical record( number| no| id)?|medicare (number|id|beneficiary (id|number))|medicaid (number|id)|hicn|mbi)$/,
  ],
  [
    'health',
    'restricted',
    /\bpatient( (id|identifier|number|no|name|first name|last name|account|account number|dob|birth date|address|email|phone|gender|sex|reference))?$/,
  ],
  [
    'health',
    'restricted',
    /\b(diagnosis|diagnosis code|diagnosi|diagnosi code|icd( ?(9|10))?( cm| pc)?( code)?|icd ?(9|10)( cm| pc)?( code)?)$/,
  ],
  ['health', 'restricted', /\b(encounter|admission|visit) (id|identifier|number|no)$|\b(admission|discharge) date$/],
  [
    'health',
    'restricted',
    /\b(insurance|health plan|plan|payer) (member|subscriber|beneficiary|policy holder) ?(id|identifier|number|no)$|\b(member|subscriber) insurance (id|number)$/,
  ],
  [
    'health',
    'restricted',
    /\b(physician|doctor|surgeon|prescriber|clinician|nurse|practitioner|rendering provider|referring provider|attending|attending provider) npi( number)?$/,
  ],
  [
    'health',
    'restricted',
    /\b(prescription( number| id)|blood type|medical history|health condition|lab result|lab test result|cpt code|allergie|allergy)$/,
  ],
]);
const ACCOUNT_NUMBER = /\b(account|acct) (number|no|num)$/;
/** Accounts of the ledger, and those under which a vendor or customer is known, are not accounts at a bank. */
const NO_BANK_ACCOUNT =
  /\b(gl|g l|ledger|general|main|cost|asset|liability|revenue|expense|offset|natural|posting|control|vendor|supplier|customer|cloud|aws|service|merchant|user|utility) (account|acct)/;
/** What may follow without making the value harmless for the reader of a log. */
const SUFFIX = /( (value|text|masked|encrypted|token|last ?(4|four)|plain|raw|str|string|1|2|3))+$/;
/** Words after which a bare name, address or sex is that of a human being. */
const PERSON =
  /\b(patient|person|employee|contact|contact person|physician|beneficiary|dependent|individual|insured|next of kin|guarantor|passenger)$/;
const OF_A_PERSON =
  /^(name|full name|display name|address|street|street address|gender|sex|ethnicity|race|religion|marital statu|age|birth place|place of birth)$/;
const ALWAYS_PERSONAL = /^(gender identity|ethnicity|marital statu|religion|sexual orientation)$/;

/**
 * What the name of a field says about it; undefined where it says nothing sensitive.
 * @param {string} name
 * @param {readonly string[]} [owners] names of what the field lies in, outermost first
 * @returns {Sensitivity | undefined}
 */
export function sensitivityOfName(name, owners = []) {
  const words = wordsOf(name).replace(SUFFIX, '');
  const found = ENDINGS.find(([, , pattern]) => pattern.test(words));
  if (found) return { kind: found[0], level: found[1] };
  if (ACCOUNT_NUMBER.test(words) && !NO_BANK_ACCOUNT.test(words)) return { kind: 'bank', level: 'restricted' };
  if (ALWAYS_PERSONAL.test(words)) return { kind: 'person', level: 'restricted' };
  const owner = wordsOf(owners.at(-1) ?? '');
  if (!PERSON.test(owner) || !OF_A_PERSON.test(words)) return undefined;
  return /\bpatient$/.test(owner) ? { kind: 'health', level: 'restricted' } : { kind: 'person', level: 'confidential' };
}

/** Whether the name alone says that the data are sensitive. */
export function isSensitive(/** @type {string} */ name) {
  return sensitivityOfName(name) !== undefined;
}

/** `bankAccounts_IBAN` → `bank account iban`: lower case, one space between words, no plural. */
export function wordsOf(/** @type {string} */ name) {
  const known = WORDS.get(name);
  if (known !== undefined) return known;
  const words = name
    .replace(/([a-z])([A-Z0-9])|([0-9])([A-Za-z])|([A-Z])([A-Z][a-z])/g, '$1$3$5 $2$4$6')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .map(word => word.replace(/(ss)es$|([^s])s$/, '$1$2'))
    .join(' ')
    .trim();
  if (WORDS.size < MOST_WORDS) WORDS.set(name, words);
  return words;
}

/** The same names occur in every document, and several rules ask about each. */
const WORDS = /** @type {Map<string, string>} */ (new Map());
const MOST_WORDS = 20_000;

/** `accountNumber`, of which the name alone does not say whose account it is. */
export function isBareAccountNumber(/** @type {string} */ name) {
  return /^(account|acct) (number|no|num)$/.test(wordsOf(name).replace(SUFFIX, ''));
}

/** Mailboxes and lines of a company that no person is behind: of its service, or from which it sends. */
export function isOfNobody(/** @type {string} */ name) {
  const words = wordsOf(name);
  return (
    /^(service|support|help ?desk|sender|noreply|no reply|reply to|from)\b/.test(words) ||
    /\b(from|sender|reply to)$/.test(words)
  );
}

/** Whether the name says that what it holds is only a part, a stand-in or a hidden form of the data. */
export function isMaskedName(/** @type {string} */ name) {
  return /\b(masked|mask|last ?(4|four)|last (digit|digits)|truncated|redacted|obfuscated|hash|hashed|fingerprint|token|tokenized|encrypted|reference|ref|suffix)\b/.test(
    wordsOf(name),
  );
}
