import { type Budget, Unsupported } from '../budget.ts';
import { type Algebra, type Formula, TYPES } from '../formula.ts';
import type { Strings } from '../text/string-set.ts';
import { type ConjunctionMeans, solveType } from './conjunction.ts';
import { EMPTY, type Outcome, tally, unknown } from './outcome.ts';

export interface Solver {
  /** A value of the formula, the smallest kind of value first. Throws Exhausted where the budget is used up. */
  readonly witness: (formula: Formula) => Outcome;
}

interface Means {
  readonly algebra: Algebra;
  readonly strings: Strings;
  readonly budget: Budget;
  readonly expand: (name: string) => Formula;
}

/** Questions nested deeper than this are put off, so that long chains of schemas do not nest calls. */
const DEEPEST = 24;
/** Relied on: that a question that was put off turns out empty. */
const PUT_OFF = -1;

/**
 * Emptiness with recursion. A question that is met again inside itself is answered "empty": a smallest value of a
 * formula holds no smaller one of the same formula. What followed from such an assumption is kept apart until the
 * question it is about has been answered: if that is empty too all of it stands, if not it is forgotten.
 *
 * Questions that are put off are assumed to be empty in the same way. Once all of them have been asked, and each was
 * empty as long as the others are, none has a smallest value, and all are empty. Where one of them has a value, that is
 * known from then on and the first question is asked again.
 */
export function createSolver({ algebra, strings, budget, expand }: Means): Solver {
  const settled = new Map<Formula, Outcome>();
  /** Empty under assumptions, in the order found; and the depth of the outermost question relied on. */
  const provisional = new Map<Formula, number>();
  let trail: Formula[] = [];
  const underway = new Map<Formula, number>();
  const putOff = new Set<Formula>();
  const means: ConjunctionMeans = { algebra, strings, budget, expand, witness: nested };

  function witness(formula: Formula): Outcome {
    for (;;) {
      forget();
      const outcome = nested(formula);
      if (outcome.kind !== 'empty' || outcome.relies !== PUT_OFF) return outcome;
      if ([...queue(putOff)].every(other => nested(other).kind === 'empty')) {
        for (const empty of trail) settled.set(empty, EMPTY);
        return EMPTY;
      }
    }
  }

  function forget(): void {
    provisional.clear();
    underway.clear();
    putOff.clear();
    trail = [];
  }

  function nested(formula: Formula): Outcome {
    budget.step();
    if (formula === algebra.never) return EMPTY;
    const known = settled.get(formula);
    if (known) return known;
    const relies = underway.get(formula) ?? provisional.get(formula);
    if (relies !== undefined) return { kind: 'empty', relies };
    if (underway.size >= DEEPEST) {
      putOff.add(formula);
      return { kind: 'empty', relies: PUT_OFF };
    }
    const [depth, mark] = [underway.size, trail.length];
    underway.set(formula, depth);
    const outcome = partly(() => budget.deeper(() => ofAnyType(formula)));
    underway.delete(formula);
    return keep(formula, depth, mark, outcome);
  }

  function ofAnyType(formula: Formula): Outcome {
    const outcomes = tally();
    for (const type of TYPES) {
      const outcome = outcomes.note(partly(() => solveType(formula, type, means)));
      if (outcome.kind === 'value') return outcome;
    }
    return outcomes.total();
  }

  /** What cannot be said of values of one type says nothing about those of another. */
  function partly(run: () => Outcome): Outcome {
    try {
      return run();
    } catch (error) {
      if (error instanceof Unsupported) return unknown(error.message);
      throw error;
    }
  }

  /** Settles the outcome, and all that was found on the way and relied on it, or keeps them until that is possible. */
  function keep(formula: Formula, depth: number, mark: number, outcome: Outcome): Outcome {
    budget.node();
    const since = trail.slice(mark);
    if (outcome.kind === 'empty' && outcome.relies < depth) {
      for (const other of since) provisional.set(other, Math.min(provisional.get(other)!, outcome.relies));
      provisional.set(formula, outcome.relies);
      trail.push(formula);
      return outcome;
    }
    trail.length = mark;
    for (const other of since) {
      if (provisional.get(other)! < depth) trail.push(other);
      else {
        provisional.delete(other);
        if (outcome.kind === 'empty') settled.set(other, EMPTY);
      }
    }
    const result = outcome.kind === 'empty' ? EMPTY : outcome;
    settled.set(formula, result);
    return result;
  }

  return { witness };
}

/** A set that may grow while it is gone through. */
function* queue<T>(set: ReadonlySet<T>): Generator<T> {
  for (const item of set) yield item;
}
