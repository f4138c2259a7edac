/** Whether one schema accepts only what another accepts. */
import type { Json, Path } from '../model/json.ts';
import { Exhausted, Unsupported } from './budget.ts';
import { createContext, type Options } from './context.ts';
import { type Disagreement, disagreements } from './disagreements.ts';
import type { SchemaDocument } from './document.ts';
import { describing, explain, type Place } from './explain.ts';
import type { Formula } from './formula.ts';
import { satisfies } from './satisfies.ts';
import { shrink } from './shrink.ts';
import { type Outcome, unknown } from './solve/outcome.ts';
import { createSolver } from './solve/solver.ts';

export type { Options };

export type Inclusion =
  | { readonly verdict: 'proved' }
  /** The first schema accepts the witness, the second does not, at a place. */
  | { readonly verdict: 'refuted'; readonly witness: Json; readonly at: Place }
  | { readonly verdict: 'unproven'; readonly reason: string };

/** Pointers are JSON pointers (RFC 6901) into the two documents. */
export interface Comparison {
  /** Whether all that the first schema accepts is accepted by the second. */
  readonly included: (pointerA: string, pointerB: string) => Inclusion;
  /**
   * What the first schema accepts and the second does not, taken apart as far as possible, each with a witness: none if
   * and only if the inclusion is proved. Stops at `most`.
   */
  readonly disagreements: (pointerA: string, pointerB: string, most?: number) => readonly Disagreement[];
  /** Whether the first schema accepts anything; undefined where that is not decided. */
  readonly satisfiable: (pointerA: string) => boolean | undefined;
}

const MOST_DISAGREEMENTS = 100;
/** So many parts may be undecided before the rest is left alone. */
const MOST_FAILURES = 4;
/** Of the steps of a question: what shrinking and explaining may use. */
const AFTERWARDS = 20_000;

/** Many questions about two documents; what one question found out serves the others. */
export function comparison(a: SchemaDocument, b: SchemaDocument, options: Options = {}): Comparison {
  const context = createContext(options);
  const { budget, algebra, strings, compiler, expand } = context;
  const solver = createSolver(context);
  const [sourceA, sourceB] = [compiler.source(a), compiler.source(b)];
  const holds = (formula: Formula, value: Json) => satisfies(formula, value, { budget, expand });
  const means = { strings, satisfies: holds };
  let unified = false;

  function prepare(): void {
    budget.refill();
    if (unified) return;
    unified = true;
    compiler.unify([sourceA, sourceB]);
    budget.refill();
  }

  function included(pointerA: string, pointerB: string): Inclusion {
    return guarded(() => {
      prepare();
      const formula = algebra.and([compiler.at(sourceA, pointerA), algebra.not(compiler.at(sourceB, pointerB))]);
      const outcome = checked(formula, solver.witness(formula));
      if (outcome.kind === 'empty') return { verdict: 'proved' };
      if (outcome.kind === 'unknown') return { verdict: 'unproven', reason: outcome.reason };
      const witness = smallest(formula, outcome.value);
      return { verdict: 'refuted', witness, at: placeOf(witness, pointerA, pointerB) };
    });
  }

  /** The whole, where nothing more can be said. */
  function placeOf(witness: Json, pointerA: string, pointerB: string): Place {
    const whole = { instance: '', accepting: [pointerA], rejecting: pointerB };
    const [readingA, readingB] = [compiler.read(sourceA, pointerA), compiler.read(sourceB, pointerB)];
    return attempt(
      () => budget.within(AFTERWARDS, () => explain(readingA, readingB, witness, means)) ?? whole,
      () => whole,
    );
  }

  /** Solving and checking are written apart: a witness that only one of them believes in is none. */
  function checked(formula: Formula, outcome: Outcome): Outcome {
    if (outcome.kind !== 'value' || holds(formula, outcome.value) === true) return outcome;
    return unknown('the witness depends on a pattern or a format that is not decided');
  }

  function smallest(formula: Formula, value: Json): Json {
    let witness = value;
    budget.within(AFTERWARDS, () =>
      shrink(value, smaller => {
        const still = holds(formula, smaller) === true;
        if (still) witness = smaller;
        return still;
      }),
    );
    return witness;
  }

  function all(pointerA: string, pointerB: string, most = MOST_DISAGREEMENTS): readonly Disagreement[] {
    const first = included(pointerA, pointerB);
    if (first.verdict === 'proved') return [];
    const found = attempt(
      () => apart(pointerA, pointerB, most),
      () => [],
    );
    // What is true of the whole is never lost, should its parts not be told apart.
    return found.length > 0 ? found : [first.verdict === 'refuted' ? first : { ...first, rejecting: pointerB }];
  }

  function apart(pointerA: string, pointerB: string, most: number): readonly Disagreement[] {
    budget.refill();
    const asA = compiler.at(sourceA, pointerA);
    const readingA = compiler.read(sourceA, pointerA);
    const failures: Outcome[] = [];
    const ask = (formula: Formula): Outcome => {
      if (failures.length >= MOST_FAILURES) return failures[0]!;
      const outcome = attempt(() => {
        budget.refill();
        const both = algebra.and([asA, formula]);
        return checked(both, solver.witness(both));
      }, unknown);
      if (outcome.kind === 'unknown') failures.push(outcome);
      return outcome;
    };
    const accepting = (value: Json, path: Path) =>
      attempt(
        () => budget.within(AFTERWARDS, () => describing(readingA, value, path, means)) ?? [pointerA],
        () => [pointerA],
      );
    const shrunk = (formula: Formula, value: Json) => smallest(algebra.and([asA, formula]), value);
    const reading = compiler.read(sourceB, pointerB);
    return disagreements(reading, most, { algebra, strings, ask, accepting, shrink: shrunk, satisfies: holds });
  }

  function satisfiable(pointer: string): boolean | undefined {
    const outcome = attempt(() => {
      prepare();
      return solver.witness(compiler.at(sourceA, pointer));
    }, unknown);
    return outcome.kind === 'unknown' ? undefined : outcome.kind === 'value';
  }

  return { included, disagreements: all, satisfiable };
}

/** One question about two documents that are schemas. */
export function included(a: SchemaDocument, b: SchemaDocument, options: Options = {}): Inclusion {
  return comparison(a, b, options).included('', '');
}

function guarded(ask: () => Inclusion): Inclusion {
  return attempt(ask, reason => ({ verdict: 'unproven', reason }));
}

/** What is not known is said, and never anything else. */
function attempt<T>(run: () => T, otherwise: (reason: string) => T): T {
  try {
    return run();
  } catch (error) {
    if (error instanceof Exhausted || error instanceof Unsupported) return otherwise(error.message);
    // The depth limit is meant to come first; how large a stack is depends on the machine.
    if (error instanceof RangeError) return otherwise('nests too deep');
    throw error;
  }
}
