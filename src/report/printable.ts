/**
 * Everything that a report shows was written by the authors of contracts. Controls, invisible formatting and text that
 * turns other text round (Trojan Source, CVE-2021-42574) are dropped before anything is drawn; the joiners that scripts
 * and emoji need stay. Markup is the business of the page and of the Markdown, each in its own way.
 */
const UNPRINTABLE = /(?![\u200c\u200d])[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Noncharacter_Code_Point}]/gu;

/** Nobody reads more of one text than this, and a megabyte of it would bury the page. */
const LONGEST = 2000;

/** One line, nothing invisible. */
export function printable(text: string): string {
  const cut = text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
  return cut
    .replace(/[^\S\ufeff]+/g, ' ')
    .replace(UNPRINTABLE, '')
    .trim();
}

/** The same value with every text in it made printable. Keys are ours, so they stay. */
export function allPrintable<T>(value: T): T {
  if (typeof value === 'string') return printable(value) as T & string;
  if (Array.isArray(value)) return value.map(allPrintable) as T & unknown[];
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, allPrintable(each)])) as T & object;
}

/** `1 pact`, `3 pacts`. */
export function counted(count: number, singular: string, plural = `${singular}s`): string {
  return `${count} ${count === 1 ? singular : plural}`;
}

const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];

/** `2026-11-20` as `20 November 2026`; anything else as it is. */
export function dayInWords(day: string): string {
  const [, year, month, date] = /^(\d{4})-(\d{2})-(\d{2})$/.exec(day) ?? [];
  const name = MONTHS[Number(month) - 1];
  return name === undefined ? day : `${Number(date)} ${name} ${year}`;
}
