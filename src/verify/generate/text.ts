/** Texts within bounds, by pattern and by format. */
import fc from 'fast-check';
import { boundedRegExp } from '../../load/bounded-regexp.ts';
import { abaCheckDigit, gs1CheckDigit, hibcCheckCharacter, ibanCheckDigits } from '../../model/index.ts';
import { GenerationError, patient } from './error.ts';

export interface TextLimits {
  readonly min: number;
  readonly max: number | undefined;
}

/** Texts without a limit do not get longer than this many code points. */
const LONG = 60;
/** Even where a schema allows more: documents of megabytes prove nothing that shorter ones do not. */
const LONGEST = 400;

/** From plain to awkward, which is the way back when a counterexample is shrunk. */
const ALPHABETS = [
  'abcdefghijklmnopqrstuvwxyz ',
  '0123456789',
  'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 ',
  `abcXYZ012 .,;:-_/\\'"&@#$%*~<>()[]{}|^?!+=`,
  'abcÄÉÑÖØÜßàçéèêíñóöøü ABC',
].map(characters => [...characters]);

/**
 * Text as people write it: never a blank at either end, nor two in a row. What would be lost there is lost in every
 * fixed-width field and form, and nobody misses it.
 */
export function isTidy(text: string): boolean {
  return !/^ | $| {2}/.test(text);
}

export function textWithin({ min, max }: TextLimits): fc.Arbitrary<string> {
  const longest = Math.max(min, Math.min(max ?? LONG, LONGEST));
  if (min > 100_000) throw new GenerationError(`texts of ${min} characters are too long to be generated`);
  if (max !== undefined && min > max)
    throw new GenerationError(`no text has at least ${min} and at most ${max} characters`);
  return fc
    .tuple(fc.integer({ min, max: longest }), fc.nat(ALPHABETS.length - 1), fc.nat(0xffff))
    .map(([length, alphabet, seed]) => spell(length, ALPHABETS[alphabet]!, seed));
}

/** The same text for the same numbers; 0 spells the first letter over and over. */
function spell(length: number, alphabet: readonly string[], seed: number): string {
  let text = '';
  let state = seed;
  for (let index = 0; index < length; index += 1) {
    state = (Math.imul(state, 1_103_515_245) + (seed === 0 ? 0 : 12_345)) >>> 0;
    const character = alphabet[(state >>> 8) % alphabet.length]!;
    const isMisplaced = character === ' ' && (index === 0 || index === length - 1 || text.endsWith(' '));
    text += isMisplaced ? alphabet[0]! : character;
  }
  return text;
}

/** How many different texts are kept for one pattern. */
const POOL = 160;
const pools = new Map<string, readonly string[]>();

/** Texts that match all patterns, from a pool made once: regular expressions are slow to run backwards. */
export function textMatching(patterns: readonly string[], limits: TextLimits, seed: number): fc.Arbitrary<string> {
  const key = JSON.stringify([patterns, limits, seed]);
  const pool = pools.get(key) ?? poolOf(patterns, limits, seed);
  pools.set(key, pool);
  return fc.nat(pool.length - 1).map(index => pool[index]!);
}

function poolOf(patterns: readonly string[], { min, max = LONGEST }: TextLimits, seed: number): readonly string[] {
  const tests = patterns.map(pattern => boundedRegExp(pattern, 'u'));
  const fits = (text: string) => {
    const length = [...text].length;
    return length >= min && length <= max && tests.every(test => test.test(text));
  };
  const found = new Set<string>();
  const leaders = patterns.map(backwards);
  for (const leader of leaders) {
    // What is too long is cut where it still matches then: the longest text is where fields overflow.
    const drawn = [
      ...fc.sample(leader('small'), { numRuns: POOL, seed }),
      ...fc.sample(leader('medium'), { numRuns: POOL, seed }),
    ];
    for (const text of drawn)
      for (const candidate of [text, [...text].slice(0, max).join('')]) if (fits(candidate)) found.add(candidate);
  }
  if (found.size === 0) {
    const words = patterns.map(pattern => `/${pattern}/`).join(' and ');
    const fitting = patient(fits, `matches ${words} with ${min} to ${max} characters`);
    const any = fc.oneof(...leaders.map(leader => leader('small')), ...leaders.map(leader => leader('medium')));
    for (const text of fc.sample(any.filter(fitting), { numRuns: POOL / 8, seed })) found.add(text);
  }
  const tidy = [...found].filter(isTidy);
  return (tidy.length > 0 ? tidy : [...found]).sort((a, b) => a.length - b.length || (a < b ? -1 : 1));
}

/** A generator of texts that match a pattern, or come close where it looks around. */
function backwards(pattern: string): (size: 'small' | 'medium') => fc.Arbitrary<string> {
  refuseMonsters(pattern);
  const make = (text: string) => (size: 'small' | 'medium') => fc.stringMatching(new RegExp(text, 'u'), { size });
  try {
    make(pattern)('small');
    return make(pattern);
  } catch {
    // Looking around restricts what the rest says, so the rest alone says too much, and what is too much is refused.
    const rest = pattern.replace(/\(\?<?[=!](?:\\.|\[(?:\\.|[^\]\\])*\]|[^()\\[])*\)|\\[bB]/g, '');
    try {
      make(rest)('small');
      return make(rest);
    } catch (cause) {
      throw new GenerationError(`no text can be made from the pattern ${pattern}`, { cause });
    }
  }
}

/** Patterns that would fill the memory, or a search for a character that does not exist. */
function refuseMonsters(pattern: string): void {
  const factors = [...pattern.matchAll(/\{(\d+)(?:,(\d*))?\}/g)].map(([, from, to]) => Number(to || from));
  if (factors.reduce((product, factor) => product * Math.max(1, factor), 1) > 1_000_000) {
    throw new GenerationError(`the pattern ${pattern} repeats too often`);
  }
  const printable = Array.from({ length: 95 }, (_, index) => String.fromCharCode(32 + index)).join('');
  for (const [excluding] of pattern.matchAll(/\[\^(?:\\.|[^\]\\])*\]/g)) {
    if (!new RegExp(excluding, 'u').test(printable)) {
      throw new GenerationError(`the pattern ${pattern} excludes every printable character with ${excluding}`);
    }
  }
}

const DAY = 86_400_000;
/** Dates are of this century's first half, where business happens; a two-digit year still means one thing. */
const FIRST_DAY = Date.UTC(2000, 0, 1) / DAY;
const LAST_DAY = Date.UTC(2049, 11, 31) / DAY;

const days = fc.integer({ min: FIRST_DAY, max: LAST_DAY });
const day = days.map(count => new Date(count * DAY).toISOString().slice(0, 10));
const time = fc
  .tuple(fc.integer({ min: 0, max: 86_399 }), fc.integer({ min: 0, max: 999 }), fc.nat(3))
  .map(([seconds, millis, form]) => {
    const clock = new Date(seconds * 1000).toISOString().slice(11, 19);
    return [`${clock}Z`, `${clock}.${String(millis).padStart(3, '0')}Z`, `${clock}Z`, `${clock}+00:00`][form]!;
  });
const word = fc.constantFrom('example', 'north', 'harbor', 'a', 'clinic-7', 'supply');
const host = fc.tuple(word, word).map(([a, b]) => `${a}.${b}.example`);

function digits(length: number): fc.Arbitrary<string> {
  return fc.bigInt({ min: 0n, max: 10n ** BigInt(length) - 1n }).map(found => String(found).padStart(length, '0'));
}

/** By name of the format (JSON Schema validation, §7.3), those that our contracts use and their kin. */
export const FORMATS: Readonly<Record<string, fc.Arbitrary<string>>> = {
  date: day,
  time,
  'date-time': fc.tuple(day, time).map(([date, clock]) => `${date}T${clock}`),
  duration: fc.integer({ min: 1, max: 90 }).map(count => `P${count}D`),
  email: fc.tuple(word, fc.nat(99), host).map(([name, number, at]) => `${name}${number || ''}@${at}`),
  hostname: host,
  ipv4: fc.nat(255).map(last => `192.0.2.${last}`),
  uri: fc.tuple(host, word, fc.nat(999)).map(([at, name, number]) => `https://${at}/${name}/${number}`),
  'uri-reference': fc.tuple(word, fc.nat(999)).map(([name, number]) => `/${name}/${number}`),
  'json-pointer': fc.tuple(word, fc.nat(9)).map(([name, number]) => `/${name}/${number}`),
  uuid: fc.uuid(),
  gtin: digits(13).map(text => text + gs1CheckDigit(text)),
  gln: digits(12).map(text => text + gs1CheckDigit(text)),
  sscc: digits(17).map(text => text + gs1CheckDigit(text)),
  // No country has the code XX.
  iban: digits(18).map(account => `XX${ibanCheckDigits('XX', account)}${account}`),
  aba: digits(8).map(text => text + abaCheckDigit(text)),
  hibc: fc.stringMatching(/^\+[A-Z][A-Z0-9]{3}[A-Z0-9]{1,13}[0-9]$/).map(text => text + hibcCheckCharacter(text)),
};
