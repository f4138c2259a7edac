/**
 * Schemas as formulas over JSON values. A literal says of values of one type that an atom is true or false of them;
 * values of other types pass `if` literals (as they pass every keyword of JSON Schema) and fail `is` literals. So the
 * negation of a literal is a literal, and for each JSON type its atoms form a theory of their own (see solve/).
 */
import type { Budget } from './budget.ts';
import { type Rational, text as rationalText } from './rational.ts';
import type { StringSet } from './text/string-set.ts';

export const TYPES = ['null', 'boolean', 'number', 'string', 'array', 'object'] as const;
export type Type = (typeof TYPES)[number];

export type NumberAtom =
  | { readonly on: 'number'; readonly is: 'above'; readonly bound: Rational; readonly orEqual: boolean }
  | { readonly on: 'number'; readonly is: 'multiple'; readonly of: Rational }
  | { readonly on: 'number'; readonly is: 'among'; readonly values: readonly Rational[] };

export type StringAtom =
  | { readonly on: 'string'; readonly is: 'long'; readonly atLeast: number }
  | { readonly on: 'string'; readonly is: 'in'; readonly set: StringSet }
  /** A format that is asserted and that no pattern describes: known by its name alone. */
  | { readonly on: 'string'; readonly is: 'formatted'; readonly as: string };

export type ArrayAtom =
  | { readonly on: 'array'; readonly is: 'long'; readonly atLeast: number }
  | { readonly on: 'array'; readonly is: 'item'; readonly index: number; readonly formula: Formula }
  /** At least so many items, from an index on, that satisfy the formula. */
  | {
      readonly on: 'array';
      readonly is: 'holding';
      readonly from: number;
      readonly formula: Formula;
      readonly atLeast: number;
    }
  | { readonly on: 'array'; readonly is: 'unique' };

export type ObjectAtom =
  | { readonly on: 'object'; readonly is: 'large'; readonly atLeast: number }
  /** At least one member with such a name and such a value. */
  | { readonly on: 'object'; readonly is: 'having'; readonly names: StringSet; readonly formula: Formula };

export type Atom = { readonly on: 'boolean'; readonly is: boolean } | NumberAtom | StringAtom | ArrayAtom | ObjectAtom;

export type Guard = 'if' | 'is';

interface Shared {
  readonly id: number;
}

/** Equal formulas are the same object, within one {@link Algebra}. */
export type Formula = Shared &
  (
    | { readonly kind: 'true' }
    | { readonly kind: 'false' }
    /** The value is of one of the types. */
    | { readonly kind: 'types'; readonly types: ReadonlySet<Type> }
    | { readonly kind: 'literal'; readonly atom: Atom; readonly holds: boolean; readonly guard: Guard }
    | { readonly kind: 'and' | 'or'; readonly parts: readonly Formula[] }
    /** What a `$ref` leads to; expanded when it is looked at, so that schemas may refer to themselves. */
    | { readonly kind: 'reference'; readonly name: string; readonly holds: boolean }
  );

type Shape = Formula extends infer F ? (F extends Shared ? Omit<F, 'id'> : never) : never;

export interface Algebra {
  readonly always: Formula;
  readonly never: Formula;
  readonly types: (types: Iterable<Type>) => Formula;
  /** Of values of the atom's type, the atom is true. */
  readonly where: (atom: Atom) => Formula;
  /** Of values of the atom's type, the atom is false. */
  readonly unless: (atom: Atom) => Formula;
  /** The value is of the atom's type, and the atom true of it. */
  readonly is: (atom: Atom) => Formula;
  readonly and: (parts: readonly Formula[]) => Formula;
  readonly or: (parts: readonly Formula[]) => Formula;
  readonly not: (formula: Formula) => Formula;
  readonly reference: (name: string) => Formula;
}

export function createAlgebra(budget: Budget): Algebra {
  const interned = new Map<string, Formula>();
  const negations = new Map<Formula, Formula>();

  function intern(key: string, shape: Shape): Formula {
    const known = interned.get(key);
    if (known) return known;
    budget.node();
    const formula = { ...shape, id: interned.size } as Formula;
    interned.set(key, formula);
    return formula;
  }

  const always = intern('true', { kind: 'true' });
  const never = intern('false', { kind: 'false' });
  link(always, never);

  function link(formula: Formula, negation: Formula): void {
    negations.set(formula, negation);
    negations.set(negation, formula);
  }

  function types(wanted: Iterable<Type>): Formula {
    const set = new Set(wanted);
    if (set.size === 0) return never;
    if (set.size === TYPES.length) return always;
    return intern(`t${TYPES.map(type => (set.has(type) ? 1 : 0)).join('')}`, { kind: 'types', types: set });
  }

  function literal(atom: Atom, holds: boolean, guard: Guard): Formula {
    const trivial = trivially(atom, always, never);
    if (trivial !== undefined) {
      const own = types([atom.on]);
      if (trivial === holds) return guard === 'if' ? always : own;
      return guard === 'if' ? not(own) : never;
    }
    return intern(`${guard}${holds ? '+' : '-'}${atomKey(atom)}`, { kind: 'literal', atom, holds, guard });
  }

  function and(parts: readonly Formula[]): Formula {
    return joined('and', parts, never, always);
  }

  function or(parts: readonly Formula[]): Formula {
    return joined('or', parts, always, never);
  }

  function joined(kind: 'and' | 'or', parts: readonly Formula[], absorbing: Formula, neutral: Formula): Formula {
    const flat = new Set(parts.flatMap(part => (part.kind === kind ? part.parts : [part])));
    budget.step(flat.size);
    flat.delete(neutral);
    if (flat.has(absorbing)) return absorbing;
    for (const part of flat) {
      const opposite = negations.get(part);
      if (opposite && flat.has(opposite)) return absorbing;
    }
    const sorted = [...flat].sort((a, b) => a.id - b.id);
    if (sorted.length === 0) return neutral;
    if (sorted.length === 1) return sorted[0]!;
    return intern(`${kind === 'and' ? '&' : '|'}${sorted.map(({ id }) => id).join()}`, { kind, parts: sorted });
  }

  function not(formula: Formula): Formula {
    const known = negations.get(formula);
    if (known) return known;
    const negation = budget.deeper(() => negated(formula));
    link(formula, negation);
    return negation;
  }

  function negated(formula: Formula): Formula {
    switch (formula.kind) {
      case 'true':
        return never;
      case 'false':
        return always;
      case 'types':
        return types(TYPES.filter(type => !formula.types.has(type)));
      case 'literal':
        return literal(formula.atom, !formula.holds, formula.guard === 'if' ? 'is' : 'if');
      case 'and':
        return or(formula.parts.map(not));
      case 'or':
        return and(formula.parts.map(not));
      case 'reference':
        return referenceTo(formula.name, !formula.holds);
    }
  }

  function referenceTo(name: string, holds: boolean): Formula {
    return intern(`${holds ? '' : '!'}$${name}`, { kind: 'reference', name, holds });
  }

  return {
    always,
    never,
    types,
    where: atom => literal(atom, true, 'if'),
    unless: atom => literal(atom, false, 'if'),
    is: atom => literal(atom, true, 'is'),
    and,
    or,
    not,
    reference: name => referenceTo(name, true),
  };
}

/** Where an atom is true, or false, of every value of its type. */
function trivially(atom: Atom, always: Formula, never: Formula): boolean | undefined {
  switch (atom.is) {
    case 'long':
    case 'large':
      return atom.atLeast <= 0 ? true : undefined;
    case 'item':
      return atom.formula === always ? true : undefined;
    case 'holding':
      return atom.atLeast <= 0 ? true : atom.formula === never ? false : undefined;
    case 'having':
      return atom.formula === never || atom.names.words?.size === 0 ? false : undefined;
    case 'among':
      return atom.values.length === 0 ? false : undefined;
    case 'in':
      return atom.set.words?.size === 0 ? false : undefined;
    default:
      return undefined;
  }
}

/** Equal for equal atoms, given numbers for the formulas in them. */
export function atomKey(atom: Atom, numberOf: (formula: Formula) => number = ({ id }) => id): string {
  switch (atom.is) {
    case true:
    case false:
      return `b${atom.is}`;
    case 'above':
      return `n${atom.orEqual ? '>=' : '>'}${rationalText(atom.bound)}`;
    case 'multiple':
      return `n*${rationalText(atom.of)}`;
    case 'among':
      return `n=${atom.values.map(rationalText).sort().join()}`;
    case 'in':
      return `s${atom.set.key}`;
    case 'formatted':
      return `s:${atom.as}`;
    case 'long':
      return `${atom.on}#${atom.atLeast}`;
    case 'large':
      return `o#${atom.atLeast}`;
    case 'item':
      return `a${atom.index},${numberOf(atom.formula)}`;
    case 'holding':
      return `a${atom.from}..${numberOf(atom.formula)}x${atom.atLeast}`;
    case 'unique':
      return 'a!';
    case 'having':
      return `o${numberOf(atom.formula)}${atom.names.key}`;
  }
}
