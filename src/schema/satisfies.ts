import { canonicalJson, isObject, type Json } from '../model/json.ts';
import type { Budget } from './budget.ts';
import type { ArrayAtom, Atom, Formula, ObjectAtom, StringAtom, Type } from './formula.ts';
import { compare, fromNumber, isMultiple } from './rational.ts';
import { lengthOf } from './text/string-set.ts';

interface Means {
  readonly budget: Budget;
  readonly expand: (name: string) => Formula;
}

/** Undefined where it depends on a pattern or a format that cannot be decided. */
type Truth = boolean | undefined;

/** Whether the value satisfies the formula. */
export function satisfies(formula: Formula, value: Json, means: Means): Truth {
  means.budget.step();
  switch (formula.kind) {
    case 'true':
      return true;
    case 'false':
      return false;
    case 'types':
      return formula.types.has(typeOf(value));
    case 'literal': {
      if (formula.atom.on !== typeOf(value)) return formula.guard === 'if';
      const truth = isTrue(formula.atom, value, means);
      return truth === undefined ? undefined : truth === formula.holds;
    }
    case 'and':
      return means.budget.deeper(() => every(formula.parts, part => satisfies(part, value, means)));
    case 'or':
      return means.budget.deeper(() => some(formula.parts, part => satisfies(part, value, means)));
    case 'reference': {
      const truth = means.budget.deeper(() => satisfies(means.expand(formula.name), value, means));
      return truth === undefined ? undefined : truth === formula.holds;
    }
  }
}

export function typeOf(value: Json): Type {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  return typeof value as Type;
}

function isTrue(atom: Atom, value: Json, means: Means): Truth {
  if (typeof value === 'boolean') return atom.is === value;
  if (typeof value === 'number') return isTrueOfNumber(atom, value);
  if (typeof value === 'string') return isTrueOfString(atom as StringAtom, value);
  if (Array.isArray(value)) return isTrueOfArray(atom as ArrayAtom, value, means);
  if (isObject(value)) return isTrueOfObject(atom as ObjectAtom, value, means);
  return undefined;
}

function isTrueOfNumber(atom: Atom, value: number): Truth {
  const exact = fromNumber(value);
  switch (atom.is) {
    case 'above': {
      const order = compare(exact, atom.bound);
      return order > 0 || (atom.orEqual && order === 0);
    }
    case 'multiple':
      return isMultiple(exact, atom.of);
    case 'among':
      return atom.values.some(other => compare(exact, other) === 0);
    default:
      return undefined;
  }
}

function isTrueOfString(atom: StringAtom, value: string): Truth {
  if (atom.is === 'long') return lengthOf(value) >= atom.atLeast;
  return atom.is === 'in' ? atom.set.has(value) : undefined;
}

function isTrueOfArray(atom: ArrayAtom, value: readonly Json[], means: Means): Truth {
  switch (atom.is) {
    case 'long':
      return value.length >= atom.atLeast;
    case 'item':
      return value.length <= atom.index || satisfies(atom.formula, value[atom.index]!, means);
    case 'unique':
      return new Set(value.map(canonicalJson)).size === value.length;
    case 'holding': {
      const truths = value.slice(atom.from).map(item => satisfies(atom.formula, item, means));
      const sure = truths.filter(truth => truth === true).length;
      if (sure >= atom.atLeast) return true;
      return sure + truths.filter(truth => truth === undefined).length < atom.atLeast ? false : undefined;
    }
  }
}

function isTrueOfObject(atom: ObjectAtom, value: { readonly [name: string]: Json }, means: Means): Truth {
  const members = Object.entries(value);
  if (atom.is === 'large') return members.length >= atom.atLeast;
  const { names, formula } = atom;
  const listed = names.words && names.words.size < members.length ? [...names.words] : undefined;
  const present = listed
    ?.filter(name => Object.hasOwn(value, name))
    .map((name): [string, Json] => [name, value[name]!]);
  return some(present ?? members, ([name, member]) => {
    const named = names.has(name);
    if (named === false) return false;
    const valued = satisfies(formula, member, means);
    return valued === false ? false : named && valued;
  });
}

function every<T>(items: readonly T[], test: (item: T) => Truth): Truth {
  let all: Truth = true;
  for (const item of items) {
    const truth = test(item);
    if (truth === false) return false;
    if (truth === undefined) all = undefined;
  }
  return all;
}

function some<T>(items: readonly T[], test: (item: T) => Truth): Truth {
  const none = every(items, item => negation(test(item)));
  return negation(none);
}

const negation = (truth: Truth): Truth => (truth === undefined ? undefined : !truth);
