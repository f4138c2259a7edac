/**
 * Values that look like those of real people, companies and accounts: the form is right, the check digits are right, and
 * they lie outside the ranges that are reserved for examples.
 */

/** @typedef {{ what: string, isSure: boolean }} Match `isSure` where the form alone, without a name, says what it is */

/**
 * What a text value is, where it is a realistic identifier.
 * @param {string} value
 * @returns {Match | undefined}
 */
export function identifierIn(value) {
  const text = value.trim();
  if (text.length < 8 || text.length > 42) return undefined;
  if (isSsn(text)) return { what: 'a social security number', isSure: true };
  if (isIban(text)) return { what: 'an IBAN', isSure: true };
  if (isCard(text)) return { what: 'a card number', isSure: /[ -]/.test(text) };
  if (isEin(text)) return { what: 'an employer identification number', isSure: false };
  if (isRouting(text)) return { what: 'a routing number', isSure: false };
  if (isNpi(text)) return { what: 'a national provider identifier', isSure: false };
  return undefined;
}

/**
 * Nine digits as 3-2-4. Never issued are the areas 000, 666 and 900 to 999, the group 00 and the serial 0000 (SSA,
 * POMS RM 10201.035); 078-05-1120 and 219-09-9999 were voided by printing them, 987-65-4320 to -4329 are for advertising.
 */
function isSsn(/** @type {string} */ text) {
  const [, area, group, serial] = /^(\d{3})-(\d{2})-(\d{4})$/.exec(text) ?? [];
  if (area === undefined || group === undefined || serial === undefined) return false;
  const isIssued = area !== '000' && area !== '666' && area[0] !== '9' && group !== '00' && serial !== '0000';
  return isIssued && !['078-05-1120', '219-09-9999', '123-45-6789'].includes(text) && !isRun(area + group + serial);
}

/** Prefixes that the IRS does not assign to employers ("How EINs are assigned and valid EIN prefixes"). */
const NO_EIN = new Set([
  '00',
  '07',
  '08',
  '09',
  '17',
  '18',
  '19',
  '28',
  '29',
  '49',
  '69',
  '70',
  '78',
  '79',
  '89',
  '96',
  '97',
]);

function isEin(/** @type {string} */ text) {
  const [, prefix, rest] = /^(\d{2})-(\d{7})$/.exec(text) ?? [];
  return prefix !== undefined && rest !== undefined && !NO_EIN.has(prefix) && !isRun(prefix + rest);
}

/** Lengths of IBANs by country (ISO 13616 registry), for those that one meets. */
const IBAN = new Map(
  'AT20 BE16 BG22 CH21 CY28 CZ24 DE22 DK18 EE20 ES24 FI18 FR27 GB22 GR27 HR21 HU28 IE22 IT27 LI21 LT20 LU20 LV21 MT31 NL18 NO15 PL28 PT25 RO24 SA24 SE24 SI19 SK24 AE23 TR26 IL23'
    .split(' ')
    .map(entry => /** @type {[string, number]} */ ([entry.slice(0, 2), Number(entry.slice(2))])),
);
/** From the documentation of banks and payment services: everybody has seen them. */
const KNOWN_IBANS = new Set([
  'DE89370400440532013000',
  'GB82WEST12345698765432',
  'GB29NWBK60161331926819',
  'FR1420041010050500013M02606',
  'NL91ABNA0417164300',
  'CH9300762011623852957',
  'ES9121000418450200051332',
  'BE68539007547034',
  'AT611904300234573201',
  'IT60X0542811101000000123456',
  'IE29AIBK93115212345678',
  'PL61109010140000071219812874',
]);

/** ISO 13616: moved to the end, letters as numbers, remainder 1 by 97. */
function isIban(/** @type {string} */ text) {
  const iban = text.replaceAll(' ', '').toUpperCase();
  if (!/^[A-Z]{2}\d{2}[A-Z0-9]+$/.test(iban) || IBAN.get(iban.slice(0, 2)) !== iban.length || KNOWN_IBANS.has(iban))
    return false;
  const digits = [...(iban.slice(4) + iban.slice(0, 4))].map(character => Number.parseInt(character, 36)).join('');
  // An account of zeros is nobody's.
  return remainder(digits, 97) === 1 && !/^0*$/.test(iban.slice(8).replace(/[A-Z]/g, ''));
}

/** Numbers that card schemes and payment services give out for tests. */
const TEST_CARDS =
  /^(4242424242424242|4111111111111111|4012888888881881|4000\d{12}|5555555555554444|5105105105105100|2223003122003222|5200828282828210|378282246310005|371449635398431|6011111111111117|6011000990139424|3056930009020004|3566002020360505|30569309025904|38520000023237|4222222222222|5454545454545454|4917610000000000|4988438843884305|4166676667666746|5577000055770004|6011601160116611|3569990010095841|4484070000000000)$/;

function isCard(/** @type {string} */ text) {
  if (!/^\d{4}[ -]?\d{4,6}[ -]?\d{4,5}([ -]?\d{1,4})?$/.test(text)) return false;
  const digits = text.replace(/\D/g, '');
  const isIssued =
    /^(4\d{15}|5[1-5]\d{14}|2(22[1-9]|2[3-9]\d|[3-6]\d\d|7[01]\d|720)\d{12}|3[47]\d{13}|6(011|5\d\d)\d{12})$/.test(
      digits,
    );
  return isIssued && passesLuhn(digits) && !TEST_CARDS.test(digits) && !/(\d)\1{7}/.test(digits);
}

/** Nine digits whose weighted sum is a multiple of ten, in a district of the Federal Reserve (ABA routing number). */
function isRouting(/** @type {string} */ text) {
  if (!/^(0[1-9]|1[0-2]|2[1-9]|3[0-2])\d{7}$/.test(text) || isRun(text)) return false;
  const sum = [...text].reduce(
    (total, digit, index) => total + Number(digit) * /** @type {number} */ ([3, 7, 1][index % 3]),
    0,
  );
  return sum % 10 === 0 && !['110000000', '021000021', '122105155', '011000015'].includes(text);
}

/** Ten digits that begin with 1 or 2 and pass the Luhn formula with the prefix 80840 (45 CFR 162.406). */
function isNpi(/** @type {string} */ text) {
  return /^[12]\d{9}$/.test(text) && passesLuhn(`80840${text}`) && !['1234567893', '1245319599'].includes(text);
}

function passesLuhn(/** @type {string} */ digits) {
  const sum = [...digits].reverse().reduce((total, digit, index) => {
    const value = Number(digit) * (index % 2 === 0 ? 1 : 2);
    return total + (value > 9 ? value - 9 : value);
  }, 0);
  return sum % 10 === 0;
}

function remainder(/** @type {string} */ digits, /** @type {number} */ divisor) {
  return [...digits].reduce((rest, digit) => (rest * 10 + Number(digit)) % divisor, 0);
}

/** `111111111`, `123456789`, `987654321`: nobody takes them for real. */
function isRun(/** @type {string} */ digits) {
  const steps = [...digits].slice(1).map((digit, index) => (Number(digit) - Number(digits[index]) + 10) % 10);
  return steps.every(step => step === steps[0] && (step === 0 || step === 1 || step === 9));
}

/** Domains that nobody can own (RFC 2606, RFC 6761). */
const RESERVED_DOMAIN =
  /(^|\.)(example|test|invalid|localhost|local)$|(^|\.)example\.(com|net|org|edu|[a-z]{2}|co\.[a-z]{2})$/i;

/** Whether a text is an e-mail address at a domain that somebody may own. */
export function isOwnedAddress(/** @type {string} */ value) {
  const domain = /^[A-Za-z0-9._%+-]+@([A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+)$/.exec(value.trim())?.[1];
  return domain !== undefined && !RESERVED_DOMAIN.test(domain);
}
