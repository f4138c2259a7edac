import type { CharSet } from 'refa';
import type { Budget } from '../budget.ts';
import type { Term, Terms } from './term.ts';

interface Reached {
  readonly term: Term;
  readonly letter: number;
  readonly from: Reached | undefined;
}

/**
 * A shortest word of the language of at least `min` and at most `max` letters; undefined where there is none.
 * Breadth first over derivatives. From `min` on, a state that was met before leads nowhere new.
 */
export function findWord(term: Term, min: number, max: number, terms: Terms, budget: Budget): string | undefined {
  const met = new Set<Term>();
  let level = new Map<Term, Reached>([[term, { term, letter: -1, from: undefined }]]);
  for (let length = 0; length <= max && level.size > 0; length += 1) {
    if (length >= min) {
      for (const state of level.values()) if (state.term.nullable) return wordOf(state);
      for (const state of level.keys()) met.add(state);
    }
    const next = new Map<Term, Reached>();
    for (const from of level.values()) {
      for (const set of terms.letters(from.term)) {
        budget.step();
        const letter = readable(set);
        const derived = terms.derive(from.term, letter);
        if (derived === terms.empty || met.has(derived) || next.has(derived)) continue;
        next.set(derived, { term: derived, letter, from });
      }
    }
    level = next;
  }
  return undefined;
}

function wordOf(end: Reached): string {
  const letters: number[] = [];
  for (let state: Reached | undefined = end; state?.from; state = state.from) letters.push(state.letter);
  return letters
    .reverse()
    .map(letter => String.fromCodePoint(letter))
    .join('');
}

/** Ranges to choose from, what reads best first. */
const PREFERRED = [
  [0x61, 0x7a],
  [0x30, 0x39],
  [0x41, 0x5a],
  [0x21, 0x7e],
  [0x20, 0x20],
  [0xa1, 0x2ff],
  [0x370, 0xd7ff],
] as const;

/** A letter of the set that a person can read and a JSON text can hold, if it has one. */
export function readable(set: CharSet): number {
  for (const [min, max] of PREFERRED) {
    const range = set.ranges.find(candidate => candidate.min <= max && candidate.max >= min);
    if (range) return Math.max(range.min, min);
  }
  const range = set.ranges.find(({ min, max }) => min < 0xd800 || max > 0xdfff) ?? set.ranges[0]!;
  return range.min >= 0xd800 && range.min <= 0xdfff && range.max > 0xdfff ? 0xe000 : range.min;
}
