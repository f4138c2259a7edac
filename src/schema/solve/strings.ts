import { type Budget, Unsupported } from '../budget.ts';
import type { StringAtom } from '../formula.ts';
import type { StringSet, Strings } from '../text/string-set.ts';
import { EMPTY, found, type Outcome, unknown } from './outcome.ts';
import type { Literal } from './theory.ts';

/** How many words to try where a pattern can only be tested. */
const TRIES = 24;

/** A string that satisfies all literals. */
export function solveStrings(literals: readonly Literal<StringAtom>[], strings: Strings, budget: Budget): Outcome {
  let [min, max] = [0, Number.POSITIVE_INFINITY];
  const [inside, outside]: [StringSet[], StringSet[]] = [[], []];
  const formats = new Map<string, boolean>();
  for (const { atom, holds } of literals) {
    if (atom.is === 'in') (holds ? inside : outside).push(atom.set);
    else if (atom.is === 'formatted') {
      if (formats.get(atom.as) === !holds) return EMPTY;
      formats.set(atom.as, holds);
    } else if (holds) min = Math.max(min, atom.atLeast);
    else max = Math.min(max, atom.atLeast - 1);
  }
  if (min > max) return EMPTY;
  const outcome = findIn(inside, outside, min, max, strings, budget);
  if (outcome.kind !== 'value' || formats.size === 0) return outcome;
  return unknown(`nothing is known of the format ${JSON.stringify([...formats.keys()][0])}`);
}

function findIn(
  inside: readonly StringSet[],
  outside: readonly StringSet[],
  min: number,
  max: number,
  strings: Strings,
  budget: Budget,
): Outcome {
  const opaque = [...inside, ...outside].filter(isOpaque);
  if (opaque.length === 0 || inside.some(set => set.words)) {
    const word = strings.find(inside, outside, min, max);
    return word === undefined ? EMPTY : found(word);
  }
  const clear = (sets: readonly StringSet[]) => sets.filter(set => !opaque.includes(set));
  const tried: string[] = [];
  for (let attempt = 0; attempt < TRIES; attempt += 1) {
    budget.step();
    const word = strings.find(clear(inside), [...clear(outside), strings.listed(tried)], min, max);
    if (word === undefined) {
      // All there are have been tested.
      return tried.every(text => opaque.every(set => set.has(text) !== undefined)) ? EMPTY : undecided(opaque);
    }
    if (inside.every(set => set.has(word) === true) && outside.every(set => set.has(word) === false))
      return found(word);
    tried.push(word);
  }
  return undecided(opaque);
}

function undecided(opaque: readonly StringSet[]): Outcome {
  return unknown(`no regular language: ${opaque.map(({ key }) => key).join(', ')}`);
}

function isOpaque(set: StringSet): boolean {
  try {
    set.term();
    return false;
  } catch (error) {
    if (error instanceof Unsupported) return true;
    throw error;
  }
}
