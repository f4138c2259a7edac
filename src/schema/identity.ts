import { Exhausted, Unsupported } from './budget.ts';
import { atomKey, type Formula } from './formula.ts';

interface Means {
  /** The formula that a reference stands for, with references in it as they were written. */
  readonly compiled: (name: string) => Formula;
  readonly step: () => void;
}

/**
 * References that mean the same, whatever document they are in and however they refer to themselves and each other:
 * the coarsest partition in which schemas of a class differ in nothing but references to the same class. So what did
 * not change between two documents is the same formula, and needs no proof.
 *
 * Says which name to use for each; unknown names are left alone.
 */
export function identify(references: readonly Formula[], means: Means): Identity {
  const formulas = reachable(references, means);
  const partition = createPartition(formulas.keys());
  const named = new Map([...formulas].map(([name, formula]) => [name, formula ? namesIn(formula) : []]));
  const users = usersOf(named);
  const sign = createSigner(partition.classOf, means);
  let dirty = new Set(formulas.keys());
  while (dirty.size > 0) {
    const classes = new Set([...dirty].map(partition.classOf));
    const moved = [...classes].flatMap(number =>
      partition.split(number, name => {
        const formula = formulas.get(name);
        return formula ? sign(formula) : name;
      }),
    );
    dirty = new Set(moved.flatMap(name => users.get(name) ?? []));
  }
  const canonical = (name: string) => partition.representative(name) ?? name;
  return { canonical, stands: name => (named.get(name) ?? []).every(other => canonical(other) === other) };
}

export interface Identity {
  readonly canonical: (name: string) => string;
  /** Whether the formula of the name, as it was compiled, has canonical names in it alone. */
  readonly stands: (name: string) => boolean;
}

interface Partition {
  readonly classOf: (name: string) => number;
  /** Splits a class by what tells its members apart; returns those that are in another class now. */
  readonly split: (number: number, key: (name: string) => number | string) => string[];
  readonly representative: (name: string) => string | undefined;
}

function createPartition(names: Iterable<string>): Partition {
  const members: string[][] = [[...names]];
  const classes = new Map(members[0]!.map(name => [name, 0]));
  return {
    // What is not known yet is in a class of its own.
    classOf: name => classes.get(name) ?? -1,
    split(number, key) {
      const groups = grouped(members[number] ?? [], key);
      const [largest, ...others] = [...groups.values()].sort((a, b) => b.length - a.length);
      if (others.length === 0) return [];
      members[number] = largest!;
      for (const group of others) {
        for (const name of group) classes.set(name, members.length);
        members.push(group);
      }
      return others.flat();
    },
    representative: name => members[classes.get(name) ?? -1]?.[0],
  };
}

function grouped(names: readonly string[], key: (name: string) => number | string): Map<number | string, string[]> {
  const groups = new Map<number | string, string[]>();
  for (const name of names) {
    const value = key(name);
    const group = groups.get(value);
    if (group) group.push(name);
    else groups.set(value, [name]);
  }
  return groups;
}

function usersOf(named: ReadonlyMap<string, readonly string[]>): Map<string, string[]> {
  const users = new Map<string, string[]>();
  for (const [user, names] of named) {
    for (const name of names) {
      const known = users.get(name);
      if (known) known.push(user);
      else users.set(name, [user]);
    }
  }
  return users;
}

/** Schemas that cannot be read stay without a formula; they equal no other. */
function reachable(references: readonly Formula[], { compiled }: Means): Map<string, Formula | undefined> {
  const formulas = new Map<string, Formula | undefined>();
  const todo = references.flatMap(namesIn);
  for (let name = todo.pop(); name !== undefined; name = todo.pop()) {
    if (formulas.has(name)) continue;
    const formula = readable(name, compiled);
    formulas.set(name, formula);
    if (formula) todo.push(...namesIn(formula));
  }
  return formulas;
}

function readable(name: string, compiled: Means['compiled']): Formula | undefined {
  try {
    return compiled(name);
  } catch (error) {
    if (error instanceof Unsupported || error instanceof Exhausted) return undefined;
    throw error;
  }
}

function namesIn(formula: Formula): string[] {
  const names = new Set<string>();
  const met = new Set<Formula>();
  const todo = [formula];
  for (let next = todo.pop(); next; next = todo.pop()) {
    if (met.has(next)) continue;
    met.add(next);
    if (next.kind === 'reference') names.add(next.name);
    todo.push(...childrenOf(next));
  }
  return [...names];
}

function childrenOf(formula: Formula): readonly Formula[] {
  if (formula.kind === 'and' || formula.kind === 'or') return formula.parts;
  if (formula.kind !== 'literal') return [];
  return 'formula' in formula.atom ? [formula.atom.formula] : [];
}

/** Numbers for formulas, equal where they differ in nothing but references to the same class. */
function createSigner(classOf: (name: string) => number, { step }: Means): (formula: Formula) => number {
  const numbers = new Map<string, number>();
  /** Formulas without references are told apart once and for all. */
  const fixed = new Map<Formula, number>();

  function sign(formula: Formula): number {
    const known = fixed.get(formula);
    if (known !== undefined) return known;
    step();
    const key = keyOf(formula);
    const number = numbers.get(key) ?? numbers.size;
    numbers.set(key, number);
    if (formula.kind !== 'reference' && childrenOf(formula).every(child => fixed.has(child)))
      fixed.set(formula, number);
    return number;
  }

  function keyOf(formula: Formula): string {
    switch (formula.kind) {
      case 'reference': {
        const number = classOf(formula.name);
        return `${formula.holds ? '' : '!'}$${number < 0 ? formula.name : number}`;
      }
      case 'and':
      case 'or':
        return `${formula.kind} ${formula.parts
          .map(sign)
          .sort((a, b) => a - b)
          .join()}`;
      case 'literal':
        return `${formula.guard}${formula.holds}${atomKey(formula.atom, sign)}`;
      default:
        return `=${formula.id}`;
    }
  }

  return sign;
}
