import type { Json, JsonObject } from '../../model/json.ts';
import { Unsupported } from '../budget.ts';
import type { Formula, ObjectAtom } from '../formula.ts';
import type { StringSet } from '../text/string-set.ts';
import { EMPTY, found, type Outcome, tally } from './outcome.ts';
import type { Literal, Means } from './theory.ts';

/** Every member with such a name satisfies the formula. */
interface Rule {
  readonly names: StringSet;
  readonly formula: Formula;
}

/** Some member with such a name satisfies the formula. */
type Demand = Rule;

type Members = ReadonlyMap<string, Formula>;

interface Constraints {
  readonly min: number;
  readonly max: number;
  /** For names that are listed, by name. */
  readonly named: ReadonlyMap<string, readonly Formula[]>;
  /** For all other sets of names. */
  readonly rules: readonly Rule[];
  readonly demands: readonly Demand[];
  /** Names that anything speaks of one by one. */
  readonly mentioned: ReadonlySet<string>;
}

/**
 * An object that satisfies all literals, of few members. Names that no literal mentions are alike within the cells into
 * which patterns divide them, so that for each demand only one new name of each cell has to be tried.
 */
export function solveObjects(literals: readonly Literal<ObjectAtom>[], means: Means): Outcome {
  const constraints = gather(literals, means);
  if (constraints.min > constraints.max) return EMPTY;
  return createSearch(constraints, means).solve();
}

function gather(literals: readonly Literal<ObjectAtom>[], { algebra }: Means): Constraints {
  let [min, max] = [0, Number.POSITIVE_INFINITY];
  const named = new Map<string, Formula[]>();
  const [rules, demands]: [Rule[], Demand[]] = [[], []];
  const mentioned = new Set<string>();
  for (const { atom, holds } of literals) {
    if (atom.is === 'large' && holds) min = Math.max(min, atom.atLeast);
    else if (atom.is === 'large') max = Math.min(max, atom.atLeast - 1);
    else {
      const { names } = atom;
      for (const name of names.words ?? names.except?.words ?? []) mentioned.add(name);
      if (holds) demands.push({ names, formula: atom.formula });
      else {
        const formula = algebra.not(atom.formula);
        if (!names.words) rules.push({ names, formula });
        for (const name of names.words ?? []) named.set(name, [...(named.get(name) ?? []), formula]);
      }
    }
  }
  return { min, max, named, rules, demands, mentioned };
}

function createSearch(constraints: Constraints, means: Means) {
  const { min, max, named, rules, mentioned } = constraints;
  const { algebra, strings, budget, witness } = means;
  const outcomes = tally();
  const isFixed = ({ names }: Demand) => names.words?.size === 1;
  const open = constraints.demands.filter(demand => !isFixed(demand));
  const splitting = [
    ...new Map(
      [...rules, ...open]
        .flatMap(({ names }) => (names.words ? [] : (names.except?.sets ?? [names])))
        .map(set => [set.key, set] as const),
    ).values(),
  ];

  function solve(): Outcome {
    const members = new Map<string, Formula>();
    for (const { names, formula } of constraints.demands.filter(isFixed)) {
      const [name] = names.words!;
      members.set(name!, algebra.and([members.get(name!) ?? ruled(name!), formula]));
    }
    if (members.size > max) return EMPTY;
    for (const formula of members.values()) {
      const outcome = witness(formula);
      if (outcome.kind === 'empty') return outcome;
      outcomes.note(outcome);
    }
    return meet(0, members) ?? outcomes.total();
  }

  /** All that a member with this name has to satisfy. */
  function ruled(name: string): Formula {
    budget.step();
    return algebra.and([
      ...(named.get(name) ?? []),
      ...rules.filter(({ names }) => covers(names, name)).map(rule => rule.formula),
    ]);
  }

  /** Demands one after the other, each by a member that is there or by a new one. */
  function meet(index: number, members: Members): Outcome | undefined {
    budget.step();
    const demand = open[index];
    if (!demand) return finish(members);
    for (const { name, formula } of options(demand, members)) {
      const wanted = algebra.and([formula, demand.formula]);
      if (outcomes.note(witness(wanted)).kind !== 'value') continue;
      const outcome = budget.deeper(() => meet(index + 1, new Map(members).set(name, wanted)));
      if (outcome) return outcome;
    }
    return undefined;
  }

  function* options({ names }: Demand, members: Members): Generator<{ name: string; formula: Formula }> {
    for (const [name, formula] of members) if (covers(names, name)) yield { name, formula };
    if (members.size >= max) return;
    for (const name of names.words ?? mentioned) {
      if (!members.has(name) && covers(names, name)) yield { name, formula: ruled(name) };
    }
    if (!names.words) yield* fresh([names], members);
  }

  /** A name that is not mentioned, from each cell of these sets; where the language has none left, none. */
  function* fresh(within: readonly StringSet[], members: Members): Generator<{ name: string; formula: Formula }> {
    const used = strings.listed([...mentioned, ...members.keys()]);
    function* cells(index: number, inside: readonly StringSet[], outside: readonly StringSet[]): Generator<string> {
      budget.step();
      const name = strings.find(inside, outside, 0, Number.POSITIVE_INFINITY);
      if (name === undefined) return;
      const set = splitting[index];
      if (!set) yield name;
      else {
        yield* cells(index + 1, inside, [...outside, set]);
        yield* cells(index + 1, [...inside, set], outside);
      }
    }
    for (const name of cells(0, within, [used])) yield { name, formula: ruled(name) };
  }

  /** More members where there are too few, then a value for each. */
  function finish(demanded: Members): Outcome | undefined {
    const members = new Map(demanded);
    if (members.size < min) fill(members);
    if (members.size < min) return undefined;
    const value: JsonObject = {};
    for (const [name, formula] of members) {
      const outcome = outcomes.note(witness(formula));
      if (outcome.kind !== 'value') return undefined;
      setOwn(value, name, outcome.value);
    }
    return found(value);
  }

  function fill(members: Map<string, Formula>): void {
    const add = (name: string, formula: Formula) => {
      if (outcomes.note(witness(formula)).kind !== 'value') return false;
      members.set(name, formula);
      return true;
    };
    for (const name of mentioned) {
      if (members.size >= min) return;
      if (!members.has(name)) add(name, ruled(name));
    }
    for (let added = true; added && members.size < min; ) {
      added = false;
      for (const { name, formula } of fresh([], members)) {
        if (members.size < min && add(name, formula)) added = true;
      }
    }
  }

  return { solve };
}

function covers(names: StringSet, name: string): boolean {
  const answer = names.has(name);
  if (answer === undefined) throw new Unsupported(`a pattern that is no regular language: ${names.key}`);
  return answer;
}

/** `__proto__` is a name like any other. */
function setOwn(object: JsonObject, name: string, value: Json): void {
  Object.defineProperty(object, name, { value, writable: true, enumerable: true, configurable: true });
}
