/** How sensitive a field of a schema is said to be. */
import { deref, down, elements } from '../load/index.ts';
import {
  asString,
  CLASSIFICATIONS,
  type Classification,
  type Cursor,
  type Estate,
  get,
  ITEMS,
  segmentName,
} from '../model/index.ts';

type Files = Pick<Estate, 'files'>;

/**
 * The classification of the field at `path` (escaped segments) below a schema: its own, or that of what it refers to. An
 * object that is classified as a whole says nothing of each field in it. List indices may be left out of the path.
 */
export function classificationAt(estate: Files, schema: Cursor, path: readonly string[]): Classification | undefined {
  let nodes = partsOf(estate, schema);
  for (const step of path) {
    nodes = step === ITEMS ? itemsOf(estate, nodes) : propertyOf(estate, nodes, segmentName(step));
  }
  return strongest(nodes);
}

/** A schema, what it refers to and what it is composed of. Stops at what was seen: a schema may contain itself. */
function partsOf(estate: Files, schema: Cursor, seen = new Set<object>()): Cursor[] {
  const value = schema.value as object;
  if (typeof value !== 'object' || value === null || seen.has(value)) return [];
  seen.add(value);
  const target = get(schema.value, '$ref') === undefined ? undefined : deref(estate.files, schema);
  const inner = ['allOf', 'oneOf', 'anyOf'].flatMap(keyword => elements(down(schema, keyword)));
  const more = target && target.value !== schema.value ? [target, ...inner] : inner;
  return [schema, ...more.flatMap(part => partsOf(estate, part, seen))];
}

function propertyOf(estate: Files, nodes: readonly Cursor[], name: string): Cursor[] {
  const direct = nodes.flatMap(node => down(node, 'properties', name) ?? []);
  const found =
    direct.length > 0 ? direct : itemNodes(estate, nodes).flatMap(node => down(node, 'properties', name) ?? []);
  return found.flatMap(schema => partsOf(estate, schema));
}

function itemsOf(estate: Files, nodes: readonly Cursor[]): Cursor[] {
  const inner = itemNodes(estate, nodes);
  return inner.length > 0 ? inner : [...nodes];
}

function itemNodes(estate: Files, nodes: readonly Cursor[]): Cursor[] {
  return nodes.flatMap(node => down(node, 'items') ?? []).flatMap(schema => partsOf(estate, schema));
}

function strongest(nodes: readonly Cursor[]): Classification | undefined {
  const stated = nodes.flatMap(node => {
    const text = asString(get(node.value, 'x-classification'));
    return CLASSIFICATIONS.find(known => known === text) ?? [];
  });
  return CLASSIFICATIONS.findLast(known => stated.includes(known));
}
