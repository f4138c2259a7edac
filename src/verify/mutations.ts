/** Mappings with one fault: what a good set of tests tells from the mapping itself. */
import type { Direction, Mapping, Template } from '../model/index.ts';
import { type ExpressionMutation, mutationsOf } from './expression-mutations.ts';

export interface Mutant {
  readonly direction: Direction;
  /** Place of the expression in the template. */
  readonly at: readonly string[];
  readonly expression: string;
  /** What was done to the expression; undefined where it is dropped as a whole. */
  readonly mutation: ExpressionMutation | undefined;
}

/** Those of each expression of one direction. A list goes as a whole, and each expression of its items too. */
export function mutantsOf(mapping: Mapping, direction: Direction): Mutant[] {
  return leavesOf(mapping[direction], []).flatMap(({ at, expression, isList }) => {
    const faults = mutationsOf(expression).map(mutation => ({ direction, at, expression, mutation }));
    // Items without their expression are a list that is empty, which dropping the list shows as well.
    return isList ? faults : [{ direction, at, expression, mutation: undefined }, ...faults];
  });
}

interface Leaf {
  readonly at: readonly string[];
  readonly expression: string;
  /** Whether all that the items of a list are is this one expression. */
  readonly isList: boolean;
}

function leavesOf(template: Template, at: readonly string[], isList = false): Leaf[] {
  if (typeof template === 'string') return [{ at, expression: template, isList }];
  return Object.entries(template).flatMap(([name, child]) =>
    leavesOf(child, [...at, name], name === '$item' && typeof template['$each'] === 'string'),
  );
}

/** The template with another expression at a place. */
export function withExpression(template: Template, at: readonly string[], expression: string): Template {
  const [name, ...rest] = at;
  if (name === undefined) return expression;
  const children = template as { readonly [property: string]: Template };
  return { ...children, [name]: withExpression(children[name]!, rest, expression) };
}
