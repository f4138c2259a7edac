/**
 * Formats of identifiers that healthcare buys and pays by, in schemas and in file layouts. JSON Schema leaves `format` open to names of one's own (2020-12
 * Validation §7.2.3); a check digit is what a pattern cannot say.
 */
export const IDENTIFIER_FORMATS = {
  /** Global Trade Item Number of 8, 12, 13 or 14 digits (GS1 General Specifications §3.3). */
  gtin: text => /^(?:\d{8}|\d{12,14})$/.test(text) && endsInGs1CheckDigit(text),
  /** Global Location Number (GS1 General Specifications §3.4). */
  gln: text => /^\d{13}$/.test(text) && endsInGs1CheckDigit(text),
  /** Serial Shipping Container Code (GS1 General Specifications §3.3.1). */
  sscc: text => /^\d{18}$/.test(text) && endsInGs1CheckDigit(text),
  /** International Bank Account Number (ISO 13616), without blanks. */
  iban: text => /^[A-Z]{2}\d{2}[A-Z0-9]{11,30}$/.test(text) && ibanRemainder(text) === 1,
  /** Routing number of a bank in the United States (ABA). */
  aba: text => /^\d{9}$/.test(text) && abaCheckDigit(text.slice(0, -1)) === text.at(-1),
  /** Primary code of the Health Industry Bar Code supplier labeling standard (ANSI/HIBC 2). */
  hibc: text => /^\+[A-Z][A-Z0-9]{3}[A-Z0-9]{1,18}\d[0-9A-Z\-. $/+%]$/.test(text) && endsInHibcCheckCharacter(text),
} as const satisfies Readonly<Record<string, (text: string) => boolean>>;
export type IdentifierFormat = keyof typeof IDENTIFIER_FORMATS;
export const IDENTIFIERS = Object.keys(IDENTIFIER_FORMATS) as IdentifierFormat[];

function endsInGs1CheckDigit(digits: string): boolean {
  return gs1CheckDigit(digits.slice(0, -1)) === digits.at(-1);
}

/** From the right, digits weigh 3 and 1 by turns; with the check digit they add up to a multiple of ten (§7.9.1). */
export function gs1CheckDigit(digits: string): string {
  const sum = [...digits].reverse().reduce((total, digit, at) => total + Number(digit) * (at % 2 === 0 ? 3 : 1), 0);
  return String((10 - (sum % 10)) % 10);
}

/** With the first four characters moved to the end and letters read as 10 to 35, modulo 97 (ISO 13616, ISO/IEC 7064). */
function ibanRemainder(iban: string): number {
  const digits = [...(iban.slice(4) + iban.slice(0, 4))].map(character => Number.parseInt(character, 36)).join('');
  return Number(BigInt(digits) % 97n);
}

/** The two check digits of an IBAN of a country and its account. */
export function ibanCheckDigits(country: string, account: string): string {
  return String(98 - ibanRemainder(`${country}00${account}`)).padStart(2, '0');
}

/** The digits weigh 3, 7 and 1 by turns; with the check digit they add up to a multiple of ten. */
export function abaCheckDigit(digits: string): string {
  const sum = [...digits].reduce((total, digit, at) => total + Number(digit) * [3, 7, 1][at % 3]!, 0);
  return String((10 - (sum % 10)) % 10);
}

const HIBC_ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ-. $/+%';

function endsInHibcCheckCharacter(code: string): boolean {
  return hibcCheckCharacter(code.slice(0, -1)) === code.at(-1);
}

/** The values of all characters, modulo 43, name the check character (ANSI/HIBC 2, appendix B). */
export function hibcCheckCharacter(code: string): string {
  const sum = [...code].reduce((total, character) => total + HIBC_ALPHABET.indexOf(character), 0);
  return HIBC_ALPHABET[sum % 43]!;
}
