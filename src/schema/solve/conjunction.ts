/**
 * Formulas over the values of one type: a search as in lazy SMT solvers. The literals that must hold are solved as they
 * are; the value they lead to shows which disjunctions are still to be met, and only these are branched on.
 */
import type { Atom, Formula, Type } from '../formula.ts';
import { satisfies } from '../satisfies.ts';
import { solveArrays } from './arrays.ts';
import { solveNumbers } from './numbers.ts';
import { solveObjects } from './objects.ts';
import { EMPTY, found, type Outcome, tally } from './outcome.ts';
import { solveStrings } from './strings.ts';
import type { Literal, Means } from './theory.ts';

export interface ConjunctionMeans extends Means {
  readonly expand: (name: string) => Formula;
}

interface State {
  readonly facts: Set<Formula>;
  readonly literals: Literal[];
  readonly disjunctions: Set<Formula>;
}

type Read = 'true' | 'false' | 'open';

/** A value of the type that satisfies the formula. */
export function solveType(formula: Formula, type: Type, means: ConjunctionMeans): Outcome {
  const { algebra, budget, expand } = means;
  const readings = new Map<Formula, Read>();

  function search(before: State, added: readonly Formula[]): Outcome {
    budget.step();
    const state = {
      facts: new Set(before.facts),
      literals: [...before.literals],
      disjunctions: new Set(before.disjunctions),
    };
    if (!settle(state, [...added])) return EMPTY;
    const outcome = solveLiterals(state.literals, type, means);
    if (outcome.kind === 'empty' || state.disjunctions.size === 0) return outcome;
    const unmet = outcome.kind === 'value' ? failing(state.disjunctions, outcome) : [...state.disjunctions];
    if (unmet.length === 0) return outcome;
    return branch(state, unmet);
  }

  function branch(state: State, unmet: readonly Formula[]): Outcome {
    const chosen = unmet.reduce((best, other) => (parts(other).length < parts(best).length ? other : best));
    const disjunctions = new Set(state.disjunctions);
    disjunctions.delete(chosen);
    const outcomes = tally();
    for (const part of parts(chosen)) {
      const outcome = outcomes.note(budget.deeper(() => search({ ...state, disjunctions }, [part])));
      if (outcome.kind === 'value') return outcome;
    }
    return outcomes.total();
  }

  /** Takes everything apart that has to hold; false where it contradicts itself. */
  function settle(state: State, todo: Formula[]): boolean {
    for (;;) {
      for (let next = todo.pop(); next; next = todo.pop()) if (!assert(next, state, todo)) return false;
      // A disjunction with one part left is a fact, and facts decide disjunctions.
      for (const disjunction of state.disjunctions) {
        const left = remaining(disjunction, state);
        if (left === 'true') state.disjunctions.delete(disjunction);
        else if (left.length === 0) return false;
        else if (left.length === 1) {
          state.disjunctions.delete(disjunction);
          todo.push(left[0]!);
        }
      }
      if (todo.length === 0) return true;
    }
  }

  function assert(formula: Formula, { facts, literals, disjunctions }: State, todo: Formula[]): boolean {
    budget.step();
    if (facts.has(formula)) return true;
    if (facts.has(algebra.not(formula))) return false;
    facts.add(formula);
    const reading = read(formula);
    if (reading !== 'open') return reading === 'true';
    if (formula.kind === 'literal') literals.push(formula);
    else if (formula.kind === 'and') todo.push(...formula.parts);
    else if (formula.kind === 'reference') todo.push(expanded(formula));
    else disjunctions.add(formula);
    return true;
  }

  function remaining(disjunction: Formula, { facts }: State): 'true' | readonly Formula[] {
    const left: Formula[] = [];
    for (const part of parts(disjunction)) {
      budget.step();
      if (facts.has(part)) return 'true';
      const known = verdict(part, facts);
      if (known === 'true') return 'true';
      if (known === 'open') left.push(part);
    }
    return left;
  }

  /** What the facts say about a part; conjunctions are looked into. */
  function verdict(part: Formula, facts: ReadonlySet<Formula>): Read {
    const reading = read(part);
    if (reading !== 'open') return reading;
    if (facts.has(algebra.not(part))) return 'false';
    if (part.kind !== 'and') return 'open';
    const inner = part.parts.map(one => (facts.has(one) ? 'true' : facts.has(algebra.not(one)) ? 'false' : read(one)));
    return inner.includes('false') ? 'false' : inner.every(one => one === 'true') ? 'true' : 'open';
  }

  /** What the formula comes to for values of the type, as far as that is seen without solving anything. */
  function read(formula: Formula): Read {
    const known = readings.get(formula);
    if (known) return known;
    const reading = budget.deeper(() => readNew(formula));
    readings.set(formula, reading);
    return reading;
  }

  function readNew(formula: Formula): Read {
    switch (formula.kind) {
      case 'true':
      case 'false':
        return formula.kind;
      case 'types':
        return formula.types.has(type) ? 'true' : 'false';
      case 'literal':
        if (formula.atom.on === type) return 'open';
        return formula.guard === 'if' ? 'true' : 'false';
      case 'reference':
        return 'open';
      case 'and':
        return joined(formula.parts, 'false', 'true');
      case 'or':
        return joined(formula.parts, 'true', 'false');
    }
  }

  function joined(formulas: readonly Formula[], absorbing: Read, neutral: Read): Read {
    const all = formulas.map(read);
    return all.includes(absorbing) ? absorbing : all.every(one => one === neutral) ? neutral : 'open';
  }

  function expanded(formula: Formula & { kind: 'reference' }): Formula {
    const target = expand(formula.name);
    return formula.holds ? target : algebra.not(target);
  }

  function failing(disjunctions: Iterable<Formula>, { value }: Outcome & { kind: 'value' }): Formula[] {
    return [...disjunctions].filter(disjunction => satisfies(disjunction, value, means) !== true);
  }

  return search({ facts: new Set(), literals: [], disjunctions: new Set() }, [formula]);
}

const parts = (formula: Formula): readonly Formula[] => (formula.kind === 'or' ? formula.parts : [formula]);

function solveLiterals(literals: readonly Literal[], type: Type, means: Means): Outcome {
  const of = <A extends Atom>(on: A['on']) =>
    literals.filter((literal): literal is Literal<A> & Literal => literal.atom.on === on);
  switch (type) {
    case 'null':
      return found(null);
    case 'boolean':
      return solveBooleans(literals);
    case 'number':
      return solveNumbers(of('number'), means.budget);
    case 'string':
      return solveStrings(of('string'), means.strings, means.budget);
    case 'array':
      return solveArrays(of('array'), means);
    case 'object':
      return solveObjects(of('object'), means);
  }
}

function solveBooleans(literals: readonly Literal[]): Outcome {
  const value = [false, true].find(candidate => literals.every(({ atom, holds }) => (atom.is === candidate) === holds));
  return value === undefined ? EMPTY : found(value);
}
