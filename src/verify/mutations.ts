/** Mappings with one expression dropped: what a good set of tests tells from the mapping itself. */
import type { Direction, Mapping, Template } from '../model/index.ts';

export interface Mutant {
  readonly direction: Direction;
  /** Place of the dropped expression in the template. */
  readonly at: readonly string[];
  readonly mapping: Mapping;
}

/** One for each expression of one direction. A list goes as a whole, and each expression of its items too. */
export function mutantsOf(mapping: Mapping, direction: Direction): Mutant[] {
  return leavesOf(mapping[direction], []).flatMap(at => {
    const template = without(mapping[direction], at);
    return template === undefined ? [] : [{ direction, at, mapping: { ...mapping, [direction]: template } }];
  });
}

function leavesOf(template: Template, at: readonly string[]): (readonly string[])[] {
  if (typeof template === 'string') return [at];
  return Object.entries(template).flatMap(([name, child]) => {
    // Items without their expression are a list that is empty, which dropping the list shows as well.
    if (name === '$item' && typeof child === 'string' && typeof template['$each'] === 'string') return [];
    return leavesOf(child, [...at, name]);
  });
}

/** Undefined where nothing is left. */
function without(template: Template, [name, ...rest]: readonly string[]): Template | undefined {
  if (name === undefined || typeof template === 'string') return undefined;
  if (name === '$each') return undefined;
  const { [name]: child, ...others } = template;
  const left = child === undefined ? undefined : without(child, rest);
  if (left !== undefined) return { ...template, [name]: left };
  // A list of nothing is left out like a property without an expression.
  return Object.keys(others).length === 0 || name === '$item' ? undefined : others;
}
