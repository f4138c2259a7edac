/**
 * The fields a schema lets through, as a flat table. Conjunctions ($ref with siblings, allOf) are merged, alternatives
 * (oneOf, anyOf) are united: a field is required only where every alternative requires it.
 */
import type { Cursor, Estate } from '../model/estate.ts';
import { ITEMS, segment, VALUES } from '../model/id.ts';
import { canonicalJson, get, isObject, type Json } from '../model/json.ts';
import { down, elements, isObjectCursor, members, nodeKey } from './cursor.ts';
import { deref, refOf } from './refs.ts';

export interface Field {
  /** Escaped id segments from the root of the schema; empty for the root itself. */
  readonly path: readonly string[];
  /** Where it is defined first. */
  readonly cursor: Cursor;
  /** Whether its parent must have it. */
  readonly required: boolean;
  /** The entry of a `required` list that says so. */
  readonly requiredAt?: Cursor;
  /** JSON types it may have; undefined where any. */
  readonly types: ReadonlySet<string> | undefined;
  /** Values it is limited to, as canonical JSON; undefined where unlimited. */
  readonly values: ReadonlySet<string> | undefined;
  /** Formats of all its texts and numbers. */
  readonly formats: ReadonlySet<string>;
  /** Whether an object refuses properties that it does not name. */
  readonly closed: boolean;
}

/** More fields than this under one schema are not compared one by one. */
export const MAX_FIELDS = 20_000;

export interface FieldTable {
  /** By path joined with `/`. */
  readonly fields: ReadonlyMap<string, Field>;
  /** Paths at which the table stops because the schema refers back to itself. */
  readonly recursive: readonly string[];
  /** True where there were more than {@link MAX_FIELDS}. */
  readonly truncated: boolean;
}

type Files = Pick<Estate, 'files'>;

/** Steps that the merging of one schema's parts may take: alternatives within alternatives multiply. */
const MAX_STEPS = 20_000;

export function fieldsOf({ files }: Files, schema: Cursor): FieldTable {
  const estate: Budget = { files, steps: MAX_STEPS };
  const fields = new Map<string, Field>();
  const recursive: string[] = [];

  const walk = (
    shape: Shape,
    path: readonly string[],
    requiredAt: Cursor | undefined,
    open: ReadonlySet<string>,
  ): void => {
    if (fields.size >= MAX_FIELDS) return;
    const { cursor, types, values, formats, closed } = shape;
    // The root is always there.
    const required = path.length === 0 || requiredAt !== undefined;
    fields.set(path.join('/'), {
      path,
      cursor,
      required,
      ...(requiredAt ? { requiredAt } : {}),
      types,
      values,
      formats,
      closed,
    });
    const nodes = shape.nodes.filter(node => open.has(node));
    if (nodes.length > 0) {
      recursive.push(path.join('/'));
      return;
    }
    const inside = new Set([...open, ...shape.nodes]);
    for (const [name, child] of shape.children) walk(child(), [...path, name], shape.required.get(name), inside);
  };
  walk(shapeAt(estate, schema), [], undefined, new Set());
  return { fields, recursive, truncated: fields.size >= MAX_FIELDS || estate.steps <= 0 };
}

/** What one place of an instance may look like, all schemas that apply to it taken together. */
interface Shape {
  readonly cursor: Cursor;
  readonly types: ReadonlySet<string> | undefined;
  readonly values: ReadonlySet<string> | undefined;
  readonly formats: ReadonlySet<string>;
  readonly closed: boolean;
  /** Names that must be there, with the entry that says so. */
  readonly required: ReadonlyMap<string, Cursor>;
  /** Children by escaped segment, computed when walked to: a schema may be recursive. */
  readonly children: ReadonlyMap<string, () => Shape>;
  /** The schema nodes that were merged, to notice recursion. */
  readonly nodes: readonly string[];
}

interface Budget extends Files {
  steps: number;
}

function shapeAt(estate: Budget, schema: Cursor, seen: ReadonlySet<string> = new Set()): Shape {
  estate.steps -= 1;
  if (estate.steps <= 0) return ownShape(estate, { ...schema, value: true });
  const parts = conjuncts(estate, schema, new Set(seen));
  const visited = new Set([...seen, ...parts.map(nodeKey)]);
  const shapes = parts.map(part => {
    const branches = [...elements(down(part, 'oneOf')), ...elements(down(part, 'anyOf'))].filter(
      branch => !visited.has(nodeKey(deref(estate.files, branch) ?? branch)),
    );
    const own = ownShape(estate, part);
    if (branches.length === 0) return own;
    return meet(own, branches.map(branch => shapeAt(estate, branch, visited)).reduce(join));
  });
  return shapes.length === 0 ? ownShape(estate, schema) : shapes.reduce(meet);
}

/** The schema itself, what its `$ref` leads to, and the members of its allOf, all the way down. */
function conjuncts(estate: Files, schema: Cursor, seen: Set<string>): Cursor[] {
  if (seen.has(nodeKey(schema))) return [];
  seen.add(nodeKey(schema));
  const target = refOf(schema) === undefined ? undefined : deref(estate.files, schema);
  return [
    ...(target ? conjuncts(estate, target, seen) : []),
    ...(saysSomething(schema.value) ? [schema] : []),
    ...elements(down(schema, 'allOf')).flatMap(part => conjuncts(estate, part, seen)),
  ];
}

/** A boolean schema does; an object that is a mere reference does not. */
function saysSomething(schema: Json): boolean {
  return typeof schema === 'boolean' || (isObject(schema) && Object.keys(schema).some(key => key !== '$ref'));
}

/** What one schema object says by itself, without its `$ref`, allOf, oneOf and anyOf. */
function ownShape(estate: Budget, schema: Cursor): Shape {
  const children = new Map<string, () => Shape>();
  const add = (name: string, child: Cursor) => children.set(name, () => shapeAt(estate, child));
  for (const [name, property] of members(down(schema, 'properties'))) add(segment(name), property);
  const types = typesOf(schema);
  const element = down(schema, 'items');
  // An array that says nothing of its items may hold anything.
  if (element && !Array.isArray(element.value)) add(ITEMS, element);
  else if (types?.has('array') && !element && !down(schema, 'prefixItems'))
    add(ITEMS, { ...schema, path: [...schema.path, 'items'], value: true });
  const rest = down(schema, 'additionalProperties');
  if (isObjectCursor(rest)) add(VALUES, rest);
  const required = new Map<string, Cursor>();
  for (const entry of elements(down(schema, 'required'))) {
    if (typeof entry.value !== 'string') continue;
    const name = segment(entry.value);
    required.set(name, entry);
    // What is required without being described may be anything, but must be there.
    if (!children.has(name)) add(name, { ...entry, value: true });
  }
  return {
    cursor: schema,
    types,
    values: valuesOf(schema),
    formats: new Set([get(schema.value, 'format')].filter(name => typeof name === 'string')),
    closed: rest?.value === false || get(schema.value, 'unevaluatedProperties') === false,
    required,
    children,
    nodes: [nodeKey(schema)],
  };
}

function typesOf(schema: Cursor): Set<string> | undefined {
  if (schema.value === false) return new Set();
  const type = get(schema.value, 'type');
  const stated = Array.isArray(type) ? type.map(String) : typeof type === 'string' ? [type] : undefined;
  if (!stated) return undefined;
  // OpenAPI 3.0 says `nullable`, later versions say so in `type`.
  return new Set(get(schema.value, 'nullable') === true ? [...stated, 'null'] : stated);
}

function valuesOf(schema: Cursor): Set<string> | undefined {
  const constant = get(schema.value, 'const');
  if (constant !== undefined) return new Set([canonicalJson(constant)]);
  const listed: Json | undefined = get(schema.value, 'enum');
  return Array.isArray(listed) ? new Set(listed.map(canonicalJson)) : undefined;
}

/** Both apply. */
function meet(a: Shape, b: Shape): Shape {
  return {
    cursor: describing(a, b),
    types: both(a.types, b.types),
    values: both(a.values, b.values),
    formats: new Set([...a.formats, ...b.formats]),
    closed: a.closed || b.closed,
    required: new Map([...b.required, ...a.required]),
    children: united(a.children, b.children, meet),
    nodes: [...a.nodes, ...b.nodes],
  };
}

/** Where it is described, rather than only required. */
function describing(a: Shape, b: Shape): Cursor {
  return a.cursor.value === true ? b.cursor : a.cursor;
}

/** Either applies. */
function join(a: Shape, b: Shape): Shape {
  return {
    cursor: describing(a, b),
    types: either(a.types, b.types),
    values: either(a.values, b.values),
    formats: commonFormats(a, b),
    closed: a.closed && b.closed,
    required: new Map([...a.required].filter(([name]) => b.required.has(name))),
    children: united(a.children, b.children, join),
    nodes: [...a.nodes, ...b.nodes],
  };
}

type Limit = ReadonlySet<string> | undefined;

function both(a: Limit, b: Limit): Limit {
  if (!a || !b) return a ?? b;
  const within = (one: ReadonlySet<string>, other: ReadonlySet<string>) =>
    [...one].filter(value => other.has(value) || (value === 'integer' && other.has('number')));
  return new Set([...within(a, b), ...within(b, a)]);
}

function either(a: Limit, b: Limit): Limit {
  return a && b ? new Set([...a, ...b]) : undefined;
}

/** Of alternatives; one that is neither text nor number has no say. */
function commonFormats(a: Shape, b: Shape): ReadonlySet<string> {
  if (!mayHaveFormat(a)) return b.formats;
  if (!mayHaveFormat(b)) return a.formats;
  return new Set([...a.formats].filter(name => b.formats.has(name)));
}

function mayHaveFormat({ types }: Shape): boolean {
  return !types || ['string', 'number', 'integer'].some(type => types.has(type));
}

function united(a: Shape['children'], b: Shape['children'], combine: (a: Shape, b: Shape) => Shape): Shape['children'] {
  const result = new Map(a);
  for (const [name, child] of b) {
    const other = a.get(name);
    result.set(name, other ? () => combine(other(), child()) : child);
  }
  return result;
}

/** Whether a segment stands for the items of an array or the values of a map, not for a property. */
export function isStructural(escaped: string | undefined): boolean {
  return escaped === ITEMS || escaped === VALUES;
}

/** Whether a field is named in a `required` list and nowhere else. */
export function isUndescribed({ cursor, requiredAt }: Field): boolean {
  return cursor.value === true && requiredAt !== undefined && cursor.path.at(-2) === 'required';
}
