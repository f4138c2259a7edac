import { type Budget, Unsupported } from '../budget.ts';
import { patternTerm, unicodePattern } from './pattern.ts';
import { findWord } from './search.ts';
import { createTerms, type Term, type Terms } from './term.ts';

/** A set of strings: values of a keyword, or names of properties. */
export interface StringSet {
  /** Equal keys, equal sets. */
  readonly key: string;
  /** The elements, where they are listed. */
  readonly words: ReadonlySet<string> | undefined;
  /** Undefined where it cannot be told: see {@link Strings.pattern}. */
  readonly has: (word: string) => boolean | undefined;
  /** The language. Throws {@link Unsupported} where there is no term for it. */
  readonly term: () => Term;
  /** Names that are excluded one by one, and what else is: of the sets that `others` makes. */
  readonly except?: { readonly words: ReadonlySet<string>; readonly sets: readonly StringSet[] };
}

/** Decides whether a pattern that is no regular language is found in a text; undefined where it does not know. */
export type Matches = (pattern: string, text: string) => boolean | undefined;

export interface Strings {
  readonly terms: Terms;
  readonly everything: StringSet;
  readonly listed: (words: Iterable<string>) => StringSet;
  /**
   * Strings in which the pattern is found. What is no regular language (back references to the unbounded, long
   * look-behinds) is left to `matches`, word by word.
   */
  readonly pattern: (pattern: string) => StringSet;
  /** All but these words and the elements of these sets. */
  readonly others: (words: Iterable<string>, sets: readonly StringSet[]) => StringSet;
  /** A shortest element of all of `inside` and none of `outside`, within the bounds on its length in code points. */
  readonly find: (
    inside: readonly StringSet[],
    outside: readonly StringSet[],
    min: number,
    max: number,
  ) => string | undefined;
}

export function createStrings(budget: Budget, matches: Matches = () => undefined): Strings {
  const terms = createTerms(budget);
  const patterns = new Map<string, StringSet>();

  function listed(words: Iterable<string>): StringSet {
    const set = new Set(words);
    return {
      key: `=${JSON.stringify([...set].sort())}`,
      words: set,
      has: word => set.has(word),
      term: lazily(() => terms.or([...set].map(terms.literal))),
    };
  }

  function pattern(source: string): StringSet {
    const known = patterns.get(source);
    if (known) return known;
    const set = readPattern(source);
    patterns.set(source, set);
    return set;
  }

  function readPattern(source: string): StringSet {
    const readable = unicodePattern(source);
    const term = lazily(() => patternTerm(readable, terms));
    return { key: `/${readable}`, words: undefined, has: tester(readable, term), term };
  }

  function tester(source: string, term: () => Term): StringSet['has'] {
    const known = new Map<string, boolean | undefined>();
    const test = (word: string): boolean | undefined => {
      try {
        return terms.matches(term(), word);
      } catch (error) {
        if (error instanceof Unsupported) return matches(source, word);
        throw error;
      }
    };
    return word => {
      if (!known.has(word)) known.set(word, test(word));
      return known.get(word);
    };
  }

  function others(words: Iterable<string>, sets: readonly StringSet[]): StringSet {
    const excluded = new Set(words);
    return {
      key: `^${JSON.stringify([...excluded].sort())}${sets.map(({ key }) => key).join('\n')}`,
      words: undefined,
      has: word => !excluded.has(word) && none(sets.map(set => set.has(word))),
      term: lazily(() => terms.not(terms.or([...[...excluded].map(terms.literal), ...sets.map(set => set.term())]))),
      except: { words: excluded, sets },
    };
  }

  function find(inside: readonly StringSet[], outside: readonly StringSet[], min: number, max: number) {
    let unknown = false;
    for (const word of candidates(inside, outside, min, max)) {
      budget.step(inside.length + outside.length);
      const tests = [...outside.map(set => set.has(word)), ...inside.map(set => negated(set.has(word)))];
      if (none(tests)) return word;
      unknown ||= !tests.includes(true);
    }
    if (inside.some(set => set.words)) {
      if (unknown) throw new Unsupported('a pattern that is no regular language');
      return undefined;
    }
    const language = terms.and([...inside.map(set => set.term()), ...outside.map(set => terms.not(set.term()))]);
    return findWord(language, min, max, terms, budget);
  }

  return { terms, everything: others([], []), listed, pattern, others, find };
}

/** What to try before a search: all of a listed set, else plain words. */
function candidates(inside: readonly StringSet[], outside: readonly StringSet[], min: number, max: number): string[] {
  const listed = inside.find(set => set.words)?.words;
  const excluded = outside.reduce((sum, set) => sum + (set.words?.size ?? 0), 0);
  const plain = min > LONGEST_PLAIN ? [] : [...PLAIN, `x${excluded}`].map(word => word.padEnd(min, word || 'a'));
  const words = listed ? [...listed] : plain;
  return words.filter(word => {
    const length = lengthOf(word);
    return length >= min && length <= max;
  });
}

const PLAIN = ['', 'a', 'b', 'x', 'other', '0', '1'];
const LONGEST_PLAIN = 100_000;

/** In code points, as JSON Schema counts (RFC 8259 characters). */
export function lengthOf(text: string): number {
  let length = text.length;
  for (let index = 1; index < text.length; index += 1) {
    if ((text.charCodeAt(index) & 0xfc00) === 0xdc00 && (text.charCodeAt(index - 1) & 0xfc00) === 0xd800) length -= 1;
  }
  return length;
}

function none(tests: readonly (boolean | undefined)[]): boolean | undefined {
  if (tests.includes(true)) return false;
  return tests.includes(undefined) ? undefined : true;
}

const negated = (test: boolean | undefined) => (test === undefined ? undefined : !test);

function lazily<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}
