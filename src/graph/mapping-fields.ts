/** Which fields a mapping reads and writes, told from its expressions without running them. */
import { textHash } from '../load/index.ts';
import {
  type Direction,
  type Entry,
  isObject,
  type Json,
  type Location,
  type Mapping,
  noCache,
  type ResultCache,
  resultKey,
  segment,
  type Template,
} from '../model/index.ts';
import { parseExpression } from './expression.ts';
import { type Node, type Place, readingOf } from './expression-paths.ts';

export interface MappingField {
  readonly direction: Direction;
  readonly role: 'reads' | 'writes';
  /** Escaped segments from the root of the source or target document; list indices do not appear. */
  readonly path: readonly string[];
  readonly location: Location;
  /** Of what is read: the texts and numbers in the same expression, which its values are likely compared with. */
  readonly literals: readonly (string | number)[];
}

/** An expression that cannot be parsed. */
export interface MappingFault {
  readonly direction: Direction;
  readonly path: readonly string[];
  readonly message: string;
  readonly location: Location;
}

export interface MappingFields {
  readonly fields: readonly MappingField[];
  readonly faults: readonly MappingFault[];
}

/** Edges, checks and pages all ask for them, and parsing is what costs. */
const known = new WeakMap<Entry<Mapping>, MappingFields>();

export function mappingFields(mapping: Entry<Mapping>, cache = noCache): MappingFields {
  const found = known.get(mapping) ?? rememberedFields(mapping, cache);
  known.set(mapping, found);
  return found;
}

function rememberedFields(mapping: Entry<Mapping>, cache: ResultCache): MappingFields {
  const key = resultKey('mapping-fields', mapping.file.path, textHash(mapping.file));
  const kept = cache.get(key);
  if (isObject(kept)) return kept as unknown as MappingFields;
  const fields = readFields(mapping);
  cache.set(key, fields as unknown as Json);
  return fields;
}

function readFields({ file, value }: Entry<Mapping>): MappingFields {
  const fields: MappingField[] = [];
  const faults: MappingFault[] = [];

  const written = (direction: Direction, path: readonly string[], at: readonly string[]): MappingField => {
    return { direction, role: 'writes', path, location: file.locate([direction, ...at]), literals: [] };
  };
  const readExpression = (
    direction: Direction,
    expression: string,
    at: readonly string[],
    context: readonly Place[] | undefined,
  ): readonly Place[] => {
    const location = file.locate([direction, ...at]);
    try {
      const tree = parseExpression(expression) as unknown as Node;
      const { paths, result } = readingOf(tree, context);
      const literals = literalsOf(tree);
      for (const path of paths) {
        fields.push({ direction, role: 'reads', path: path.map(segment), location, literals });
      }
      return result;
    } catch (error) {
      faults.push({ direction, path: at, message: messageOf(error), location });
      return [];
    }
  };
  const walk = (
    direction: Direction,
    template: Template,
    at: readonly string[],
    target: readonly string[],
    context?: readonly Place[],
  ): void => {
    if (typeof template === 'string') {
      readExpression(direction, template, at, context);
      fields.push(written(direction, target, at));
      return;
    }
    const { $each: each, $item: item } = template;
    if (typeof each === 'string' && item !== undefined) {
      const list = readExpression(direction, each, [...at, '$each'], context);
      fields.push(written(direction, target, at));
      walk(direction, item, [...at, '$item'], [...target, '[]'], list);
      return;
    }
    for (const [property, child] of Object.entries(template)) {
      walk(direction, child, [...at, property], [...target, segment(property)], context);
    }
  };
  walk('toVendor', value.toVendor, [], []);
  walk('toCanonical', value.toCanonical, [], []);
  return { fields, faults };
}

/** Every text and number that is written out. */
function literalsOf(tree: Node): (string | number)[] {
  const found = new Set<string | number>();
  const visit = (current: unknown): void => {
    if (Array.isArray(current)) current.forEach(visit);
    if (typeof current !== 'object' || current === null || Array.isArray(current)) return;
    const { type, value } = current as Node;
    if (type === 'string' && typeof value === 'string') found.add(value);
    if (type === 'number' && typeof value === 'number') found.add(value);
    for (const [key, child] of Object.entries(current)) if (key !== 'position') visit(child);
  };
  visit(tree);
  return [...found];
}

function messageOf(error: unknown): string {
  const message = (error as { message?: unknown } | undefined)?.message;
  return typeof message === 'string' ? message : String(error);
}
