import type { Budget } from '../budget.ts';
import type { NumberAtom } from '../formula.ts';
import {
  add,
  ceil,
  compare,
  floor,
  fromNumber,
  isMultiple,
  leastCommonMultiple,
  over,
  type Rational,
  rational,
  text,
  times,
  toNumber,
  ZERO,
} from '../rational.ts';
import { EMPTY, found, type Outcome, unknown } from './outcome.ts';
import type { Literal } from './theory.ts';

interface Bound {
  readonly at: Rational;
  readonly included: boolean;
}

interface Constraints {
  readonly low: Bound | undefined;
  readonly high: Bound | undefined;
  /** Multiples of this alone; undefined for all numbers. */
  readonly unit: Rational | undefined;
  readonly notUnits: readonly Rational[];
  readonly among: readonly Rational[] | undefined;
  readonly not: ReadonlySet<string>;
}

/** A number that satisfies all literals. */
export function solveNumbers(literals: readonly Literal<NumberAtom>[], budget: Budget): Outcome {
  const constraints = gather(literals);
  if (constraints.among) return firstOf(constraints.among, constraints, budget) ?? EMPTY;
  if (isVoid(constraints)) return EMPTY;
  return constraints.unit
    ? solveMultiples(constraints, constraints.unit, budget)
    : (firstOf(candidates(constraints), constraints, budget) ?? unknown('no number with a short decimal was found'));
}

function gather(literals: readonly Literal<NumberAtom>[]): Constraints {
  let [low, high, unit, among]: [Bound?, Bound?, Rational?, (readonly Rational[])?] = [];
  const notUnits: Rational[] = [];
  const not = new Set<string>();
  for (const { atom, holds } of literals) {
    if (atom.is === 'above' && holds) low = tighter(low, { at: atom.bound, included: atom.orEqual }, 1);
    else if (atom.is === 'above') high = tighter(high, { at: atom.bound, included: !atom.orEqual }, -1);
    else if (atom.is === 'multiple' && holds) unit = unit ? leastCommonMultiple(unit, atom.of) : atom.of;
    else if (atom.is === 'multiple') notUnits.push(atom.of);
    else if (atom.is === 'among' && holds) among = among ? common(among, atom.values) : atom.values;
    else if (atom.is === 'among') for (const value of atom.values) not.add(text(value));
  }
  return { low, high, unit, notUnits, among, not };
}

function tighter(a: Bound | undefined, b: Bound, sign: 1 | -1): Bound {
  if (!a) return b;
  const order = sign * compare(a.at, b.at);
  if (order === 0) return a.included ? b : a;
  return order > 0 ? a : b;
}

function common(a: readonly Rational[], b: readonly Rational[]): Rational[] {
  const known = new Set(b.map(text));
  return a.filter(value => known.has(text(value)));
}

function admits(value: Rational, { low, high, unit, notUnits, not }: Constraints): boolean {
  const inside = (bound: Bound | undefined, sign: 1 | -1) => {
    const order = bound ? sign * compare(value, bound.at) : 1;
    return order > 0 || (order === 0 && bound!.included);
  };
  return (
    inside(low, 1) &&
    inside(high, -1) &&
    (!unit || isMultiple(value, unit)) &&
    notUnits.every(other => !isMultiple(value, other)) &&
    !not.has(text(value))
  );
}

function firstOf(values: Iterable<Rational>, constraints: Constraints, budget: Budget): Outcome | undefined {
  for (const value of values) {
    budget.step();
    const double = toNumber(value);
    if (double !== undefined && admits(value, constraints)) return found(double);
  }
  return undefined;
}

function isVoid(constraints: Constraints): boolean {
  const { low, high, unit, notUnits } = constraints;
  // Every multiple of the one is a multiple of the other.
  if (unit && notUnits.some(other => isMultiple(unit, other))) return true;
  if (!low || !high) return false;
  const order = compare(low.at, high.at);
  return order > 0 || (order === 0 && !admits(low.at, constraints));
}

/**
 * Steps through the multiples of the unit that lie in bounds, from the bound on. What the others exclude
 * repeats: of every `period` multiples the same ones are left, and the first of each period behind a multiple of all
 * is, so that a whole period and one more for each excluded value are enough to know.
 */
function solveMultiples(constraints: Constraints, unit: Rational, budget: Budget): Outcome {
  const { low, high, notUnits, not } = constraints;
  const first = low && ceil(over(low.at, unit));
  const last = high && floor(over(high.at, unit));
  if (first !== undefined && last !== undefined && first > last) return EMPTY;
  const period = notUnits.reduce(
    (all, other) => leastCommonMultiple(all, rational(over(leastCommonMultiple(unit, other), unit).numerator)),
    rational(1n),
  ).numerator;
  const enough = period * BigInt(not.size + 2) + 2n;
  const [start, direction] = startingPoint(first, last);
  let unrepresentable = false;
  for (let step = 0n; step < enough; step += 1n) {
    budget.step();
    const factor = start + direction * step;
    if ((first !== undefined && factor < first) || (last !== undefined && factor > last)) break;
    const value = times(unit, rational(factor));
    if (!admits(value, constraints)) continue;
    const double = toNumber(value);
    if (double !== undefined) return found(double);
    unrepresentable = true;
  }
  return unrepresentable ? unknown('no such number fits into a double') : EMPTY;
}

/** Where to start, and which way to go so that nothing in bounds is passed over. */
function startingPoint(first: bigint | undefined, last: bigint | undefined): readonly [bigint, bigint] {
  if (first !== undefined) return [first, 1n];
  if (last !== undefined) return [last, -1n];
  return [0n, 1n];
}

/** Between bounds that leave more than a point: short decimals first, then ever finer ones. */
function* candidates({ low, high }: Constraints): Generator<Rational> {
  const [from, to] = [low?.at, high?.at];
  yield ZERO;
  for (const bound of [from, to]) if (bound) yield bound;
  for (const offset of OFFSETS) {
    if (from) yield add(from, offset);
    if (to) yield add(to, times(offset, rational(-1n)));
    if (!from && !to) yield offset;
  }
  if (!from || !to) return;
  const width = add(to, times(from, rational(-1n)));
  for (const part of OFFSETS) {
    const exact = add(from, times(width, part));
    if (part.numerator < part.denominator) yield* shortened(exact);
  }
}

const OFFSETS = [1, 0.5, 2, 3, 0.1, 0.25, 7, 11, 0.3, 0.7, 0.01, 0.37, 0.001, 13, 101, 0.123, 0.0001, 1e-5, 1e-7].map(
  fromNumber,
);

/** Decimals near the value, from coarse to fine. */
function* shortened(value: Rational): Generator<Rational> {
  for (let places = 0n; places <= 15n; places += 1n) {
    const scale = 10n ** places;
    yield rational(floor(times(value, rational(scale))) + 1n, scale);
  }
  yield value;
}
