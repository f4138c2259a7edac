import type { Json } from '../../model/json.ts';
import type { ArrayAtom, Formula } from '../formula.ts';
import { oneOfValues } from '../values.ts';
import { EMPTY, found, type Outcome, tally } from './outcome.ts';
import type { Literal, Means } from './theory.ts';

interface Counted {
  readonly from: number;
  readonly formula: Formula;
  readonly min: number;
  readonly max: number;
}

interface Constraints {
  readonly min: number;
  readonly max: number;
  readonly items: ReadonlyMap<number, readonly Formula[]>;
  /** What all items from an index on satisfy. */
  readonly rest: readonly { readonly from: number; readonly formula: Formula }[];
  readonly counted: readonly Counted[];
  /** Whether items are to differ (true), or two of them to be equal (false). */
  readonly unique: boolean | undefined;
}

/**
 * An array that satisfies all literals. Behind the last index that is mentioned all items are alike, and one that is
 * needed neither for a count nor as half of an equal pair may be left out: so only so many lengths have to be tried.
 */
export function solveArrays(literals: readonly Literal<ArrayAtom>[], means: Means): Outcome {
  const constraints = gather(literals, means);
  if (!constraints) return EMPTY;
  const { min, max, items, rest, counted, unique } = constraints;
  const mentioned = Math.max(
    0,
    ...[...items.keys()].map(index => index + 1),
    ...[...rest, ...counted].map(({ from }) => from),
  );
  const needed = mentioned + counted.reduce((sum, { min }) => sum + min, 0) + (unique === false ? 2 : 0);
  const longest = Math.min(max, Math.max(min, needed));
  const outcomes = tally();
  for (let length = min; length <= longest; length += 1) {
    const outcome = outcomes.note(ofLength(length, constraints, mentioned, means));
    if (outcome.kind === 'value') return outcome;
  }
  return outcomes.total();
}

function gather(literals: readonly Literal<ArrayAtom>[], { algebra }: Means): Constraints | undefined {
  let [min, max] = [0, Number.POSITIVE_INFINITY];
  let unique: boolean | undefined;
  const items = new Map<number, Formula[]>();
  const rest: { from: number; formula: Formula }[] = [];
  const counted = new Map<string, Counted>();
  const ofItem = (index: number, formula: Formula) => items.set(index, [...(items.get(index) ?? []), formula]);
  for (const { atom, holds } of literals) {
    if (atom.is === 'long' && holds) min = Math.max(min, atom.atLeast);
    else if (atom.is === 'long') max = Math.min(max, atom.atLeast - 1);
    else if (atom.is === 'item' && holds) ofItem(atom.index, atom.formula);
    else if (atom.is === 'item') {
      min = Math.max(min, atom.index + 1);
      ofItem(atom.index, algebra.not(atom.formula));
    } else if (atom.is === 'unique') {
      if (unique === !holds) return undefined;
      unique = holds;
    } else if (!holds && atom.atLeast === 1) rest.push({ from: atom.from, formula: algebra.not(atom.formula) });
    else {
      const key = `${atom.from} ${atom.formula.id}`;
      const known = counted.get(key) ?? { ...atom, min: 0, max: Number.POSITIVE_INFINITY };
      if (holds) counted.set(key, { ...known, min: Math.max(known.min, atom.atLeast) });
      else counted.set(key, { ...known, max: Math.min(known.max, atom.atLeast - 1) });
    }
  }
  return { min, max, items, rest, counted: [...counted.values()], unique };
}

/** Chooses for each item which of the counted formulas it satisfies, then looks for values. */
function ofLength(length: number, constraints: Constraints, mentioned: number, means: Means): Outcome {
  const { items, rest, counted } = constraints;
  const { algebra, budget } = means;
  const outcomes = tally();

  const base = (index: number): Formula =>
    algebra.and([
      ...(items.get(index) ?? []),
      ...rest.filter(({ from }) => from <= index).map(({ formula }) => formula),
    ]);

  function choose(chosen: readonly Formula[], counts: readonly number[], atLeast: number): Outcome | undefined {
    budget.step();
    const index = chosen.length;
    if (counted.some(({ min, from }, which) => counts[which]! + length - Math.max(index, from) < min)) return undefined;
    if (index === length) return accept(outcomes.note(valuesOf(chosen, constraints, means)));
    const own = base(index);
    const all = signs(counted.map(({ from, max }, which) => from <= index && counts[which]! < max));
    // Items that are alike are put in order, so that each selection is met once.
    for (let choice = index > mentioned ? atLeast : 0; choice < all.length; choice += 1) {
      const sign = all[choice]!;
      const formula = algebra.and([own, ...counted.flatMap((one, which) => signed(one, sign[which]!, index, means))]);
      if (outcomes.note(means.witness(formula)).kind !== 'value') continue;
      const next = counts.map((count, which) => count + (sign[which] ? 1 : 0));
      const outcome = choose([...chosen, formula], next, choice);
      if (outcome) return outcome;
    }
    return undefined;
  }

  if (counted.length === 0) return alike(length, base, mentioned, constraints, means);
  return (
    budget.deeper(() =>
      choose(
        [],
        counted.map(() => 0),
        0,
      ),
    ) ?? outcomes.total()
  );
}

function alike(
  length: number,
  base: (index: number) => Formula,
  mentioned: number,
  constraints: Constraints,
  means: Means,
): Outcome {
  means.budget.step(length);
  const tail = base(mentioned);
  const formulas = Array.from({ length }, (_, index) => (index < mentioned ? base(index) : tail));
  return valuesOf(formulas, constraints, means);
}

const accept = (outcome: Outcome): Outcome | undefined => (outcome.kind === 'value' ? outcome : undefined);

/** Which formulas are counted at an item: all combinations, with as few as possible first. */
function signs(may: readonly boolean[]): readonly (readonly boolean[])[] {
  return may.reduce<readonly (readonly boolean[])[]>(
    (all, possible) =>
      all.flatMap(one =>
        possible
          ? [
              [...one, false],
              [...one, true],
            ]
          : [[...one, false]],
      ),
    [[]],
  );
}

function signed({ from, formula, max }: Counted, holds: boolean, index: number, { algebra }: Means): Formula[] {
  if (from > index) return [];
  if (holds) return [formula];
  // Where nothing forbids more of them, an item that is not counted may be either.
  return max === Number.POSITIVE_INFINITY ? [] : [algebra.not(formula)];
}

function valuesOf(formulas: readonly Formula[], { unique }: Constraints, means: Means): Outcome {
  if (unique === true) return distinct(formulas, means);
  if (unique === false) return withEqualPair(formulas, means);
  return each(formulas, means);
}

function each(formulas: readonly Formula[], { witness }: Means): Outcome {
  const values: Json[] = [];
  for (const formula of formulas) {
    const outcome = witness(formula);
    if (outcome.kind !== 'value') return outcome;
    values.push(outcome.value);
  }
  return found(values);
}

function withEqualPair(formulas: readonly Formula[], means: Means): Outcome {
  const outcomes = tally();
  for (let second = 1; second < formulas.length; second += 1) {
    for (let first = 0; first < second; first += 1) {
      const shared = means.algebra.and([formulas[first]!, formulas[second]!]);
      const outcome = outcomes.note(means.witness(shared));
      if (outcome.kind !== 'value') continue;
      const all = outcomes.note(each(formulas, means));
      if (all.kind !== 'value') return all;
      const values = all.value as Json[];
      return found(values.map((value, index) => (index === first || index === second ? outcome.value : value)));
    }
  }
  return outcomes.total();
}

/** Different values for all: a matching of items with candidates. As many candidates as there are items are enough. */
function distinct(formulas: readonly Formula[], means: Means): Outcome {
  const outcomes = tally();
  const known = new Map<Formula, readonly string[]>();
  const candidates = formulas.map(formula => {
    const values = known.get(formula) ?? several(formula, formulas.length);
    known.set(formula, values);
    return values;
  });
  const owner = new Map<string, number>();

  function several(formula: Formula, wanted: number): string[] {
    const values: Json[] = [];
    while (values.length < wanted) {
      const others = means.algebra.not(oneOfValues(values, means.algebra, means.strings));
      const outcome = outcomes.note(means.witness(means.algebra.and([formula, others])));
      if (outcome.kind !== 'value') break;
      values.push(outcome.value);
    }
    return values.map(value => JSON.stringify(value));
  }

  function place(item: number, tried: Set<string>): boolean {
    means.budget.step();
    for (const value of candidates[item]!) {
      if (tried.has(value)) continue;
      tried.add(value);
      const other = owner.get(value);
      if (other === undefined || place(other, tried)) {
        owner.set(value, item);
        return true;
      }
    }
    return false;
  }

  if (!formulas.every((_, item) => place(item, new Set()))) return outcomes.total();
  const values = new Array<Json>(formulas.length).fill(null);
  for (const [value, item] of owner) values[item] = JSON.parse(value) as Json;
  return found(values);
}
