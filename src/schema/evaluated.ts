/** What a schema evaluates of a value, for unevaluatedProperties, unevaluatedItems and closed content models. */
import { Unsupported } from './budget.ts';
import type { Algebra, Formula } from './formula.ts';
import type { StringSet } from './text/string-set.ts';

export interface Evaluated {
  readonly properties: 'all' | readonly StringSet[];
  /** Items before an index, and those that satisfy one of the formulas. */
  readonly items: 'all' | { readonly upTo: number; readonly matching: readonly Formula[] };
}

/** Where `when` is true, and the schema as a whole accepts the value, this is what it evaluates. */
export interface Case {
  readonly when: Formula;
  readonly evaluated: Evaluated;
}

export const NOTHING: Evaluated = { properties: [], items: { upTo: 0, matching: [] } };
const MOST_CASES = 128;

export function properties(properties: Evaluated['properties'], algebra: Algebra): Case[] {
  return [{ when: algebra.always, evaluated: { ...NOTHING, properties } }];
}

export function itemsEvaluated(items: Evaluated['items'], algebra: Algebra): Case[] {
  return [{ when: algebra.always, evaluated: { ...NOTHING, items } }];
}

/** All of them apply together. */
export function together(families: readonly (readonly Case[])[], algebra: Algebra): Case[] {
  let cases: Case[] = [{ when: algebra.always, evaluated: NOTHING }];
  for (const family of families) {
    if (family.length === 0 || family.every(({ evaluated }) => evaluatesNothing(evaluated))) continue;
    cases = cases
      .flatMap(one => family.map(other => both(one, other, algebra)))
      .filter(({ when }) => when !== algebra.never);
    if (cases.length > MOST_CASES) throw new Unsupported('too many combinations of what is evaluated');
  }
  return cases;
}

/** The cases apply where the condition holds; nothing is evaluated where it does not. */
export function provided(condition: Formula, cases: readonly Case[], algebra: Algebra): Case[] {
  if (cases.every(({ evaluated }) => evaluatesNothing(evaluated))) return [];
  return [
    ...cases.map(({ when, evaluated }) => ({ when: algebra.and([condition, when]), evaluated })),
    { when: algebra.not(condition), evaluated: NOTHING },
  ];
}

function both(a: Case, b: Case, algebra: Algebra): Case {
  return { when: algebra.and([a.when, b.when]), evaluated: merged(a.evaluated, b.evaluated) };
}

function merged(a: Evaluated, b: Evaluated): Evaluated {
  return {
    properties: a.properties === 'all' || b.properties === 'all' ? 'all' : distinct([...a.properties, ...b.properties]),
    items:
      a.items === 'all' || b.items === 'all'
        ? 'all'
        : {
            upTo: Math.max(a.items.upTo, b.items.upTo),
            matching: [...new Set([...a.items.matching, ...b.items.matching])],
          },
  };
}

const distinct = (sets: readonly StringSet[]) => [...new Map(sets.map(set => [set.key, set])).values()];

export function evaluatesNothing({ properties, items }: Evaluated): boolean {
  return (
    properties !== 'all' &&
    properties.length === 0 &&
    items !== 'all' &&
    items.upTo === 0 &&
    items.matching.length === 0
  );
}
