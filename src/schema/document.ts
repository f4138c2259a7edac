import { asString, escapePointer, get, isObject, type Json, type JsonObject, parsePointer } from '../model/json.ts';
import { Unsupported } from './budget.ts';
import type { Dialect } from './dialects/dialect.ts';
import { dialectOf } from './dialects/index.ts';

/** A document that schemas are in: a schema itself, or anything that has some, such as an API description. */
export interface SchemaDocument {
  readonly root: Json;
  /** Of schemas that do not say `$schema`. */
  readonly dialect: Dialect;
  /** Where the document is: references are relative to it. */
  readonly uri?: string;
  /** Other documents, by absolute URI without fragment. What is undefined leaves the question unproven. */
  readonly resolve?: (uri: string) => Json | undefined;
  /** Applied to every schema object before it is read: to leave out what does not count. Must be pure. */
  readonly transform?: (schema: JsonObject) => JsonObject;
  /** `closed`: objects that name properties have no others, unless additionalProperties or the like says so. */
  readonly contentModel?: 'open' | 'closed';
}

/** A schema in a document. */
export interface Side {
  readonly document: SchemaDocument;
  /** JSON pointer to the schema. */
  readonly pointer: string;
}

/** A schema and what references in it depend on. */
export interface Place {
  readonly schema: Json;
  readonly base: string;
  readonly dialect: Dialect;
}

export interface Resources {
  /** The place that a JSON pointer into the main document names. */
  readonly at: (pointer: string) => Place;
  /** Throws {@link Unsupported} where the reference leads nowhere. */
  readonly resolve: (reference: string, from: Place) => Place;
  /** The same place, with the base and the dialect that its schema object sets for itself. */
  readonly entered: (place: Place) => Place;
  readonly dynamicAnchor: (base: string, name: string) => Place | undefined;
  readonly recursiveRoot: (base: string) => Place | undefined;
  /** Where a schema object is: a JSON pointer, after the URI and `#` where it is not in the main document. */
  readonly locate: (schema: JsonObject) => string | undefined;
  /** Whether any reference depends on the way to it. */
  readonly dynamic: () => boolean;
  /** Every `$ref` of the main document, with the place it is in. */
  readonly references: readonly { readonly reference: string; readonly from: Place }[];
}

/** For documents that do not say where they are. */
const NOWHERE = 'json-schema:///';
/** Their values are no schemas, whatever they look like. */
const DATA = new Set(['const', 'enum', 'default', 'example', 'examples']);

export function indexResources(document: SchemaDocument): Resources {
  const roots = new Map<string, Place>();
  const anchors = new Map<string, Place>();
  const dynamicAnchors = new Map<string, Place>();
  const recursive = new Set<string>();
  const references: { reference: string; from: Place }[] = [];
  const pointers = new WeakMap<JsonObject, string>();
  const mapped = new Set<Json>();
  const documents: { readonly root: Json; readonly prefix: string }[] = [];
  const main = add(document.root, withoutFragment(document.uri ?? NOWHERE));

  function add(root: Json, base: string): Place {
    const place = entered({ schema: root, base, dialect: dialectOf(root) ?? document.dialect });
    roots.set(base, place);
    documents.push({ root, prefix: documents.length === 0 ? '' : `${base}#` });
    scan(place);
    return place;
  }

  /** Without recursion: documents may nest deeper than the stack. */
  function scan(start: Place): void {
    const queue: Place[] = [start];
    for (let place = queue.pop(); place; place = queue.pop()) scanWithin(place, queue);
  }

  /** Up to schemas that set their own base or dialect, which are left for later. */
  function scanWithin(place: Place, later: Place[]): void {
    const todo: Json[] = [place.schema];
    for (let value = todo.pop(); value !== undefined; value = todo.pop()) {
      if (Array.isArray(value)) {
        for (const item of value) if (typeof item === 'object' && item !== null) todo.push(item);
      } else if (isObject(value)) {
        const within = value === place.schema ? place : { ...place, schema: value };
        const own = setsItself(value) ? entered(within) : within;
        if (own.base !== place.base || own.dialect !== place.dialect) {
          later.push(own);
          continue;
        }
        register(value, own);
        for (const [key, inner] of Object.entries(value)) {
          if (typeof inner === 'object' && inner !== null && !DATA.has(key)) todo.push(inner);
        }
      }
    }
  }

  function register(schema: JsonObject, place: Place): void {
    const id = asString(schema[place.dialect.id]);
    if (id !== undefined && !id.startsWith('#') && !roots.has(place.base)) roots.set(place.base, place);
    // Before 2019-09 an id that is a fragment is what an anchor is since.
    if (id !== undefined && id.length > 1 && id.startsWith('#')) anchors.set(place.base + id, place);
    const [anchor, dynamic] = [asString(schema['$anchor']), asString(schema['$dynamicAnchor'])];
    for (const name of [anchor, dynamic]) if (name !== undefined) anchors.set(`${place.base}#${name}`, place);
    if (dynamic !== undefined) dynamicAnchors.set(`${place.base}#${dynamic}`, place);
    if (schema['$recursiveAnchor'] === true) recursive.add(place.base);
    const reference = asString(schema['$ref']);
    if (reference !== undefined) references.push({ reference, from: place });
  }

  function entered(place: Place): Place {
    const { schema, base } = place;
    if (!isObject(schema) || !setsItself(schema)) return place;
    const dialect = dialectOf(schema) ?? place.dialect;
    const id = dialect.referenceAlone && '$ref' in schema ? undefined : asString(schema[dialect.id]);
    const own = id === undefined || id.startsWith('#') ? base : (absolute(id, base) ?? base);
    return { schema, base: withoutFragment(own), dialect };
  }

  function resolve(reference: string, from: Place): Place {
    const target = reference.startsWith('#') ? from.base + reference : absolute(reference, from.base);
    if (target === undefined) throw new Unsupported(`${JSON.stringify(reference)} is no reference`);
    const base = withoutFragment(target);
    const root = roots.get(base) ?? load(base, reference);
    const fragment = decoded(target.slice(base.length + 1));
    if (fragment !== '' && !fragment.startsWith('/')) {
      return anchors.get(`${root.base}#${fragment}`) ?? nowhere(reference);
    }
    return descend(root, fragment) ?? nowhere(reference);
  }

  function load(base: string, reference: string): Place {
    const loaded = document.resolve?.(base);
    if (loaded === undefined) return nowhere(reference);
    return add(loaded, base);
  }

  return {
    at: pointer => descend(main, pointer) ?? nowhere(`#${pointer}`),
    resolve,
    entered,
    dynamicAnchor: (base, name) => dynamicAnchors.get(`${base}#${name}`),
    recursiveRoot: base => (recursive.has(base) ? roots.get(base) : undefined),
    locate,
    dynamic: () => dynamicAnchors.size > 0 || recursive.size > 0,
    references,
  };

  /** Pointers are only needed for what is reported. */
  function locate(schema: JsonObject): string | undefined {
    for (const { root, prefix } of documents) {
      if (pointers.has(schema) || mapped.has(root)) continue;
      mapped.add(root);
      const todo: [Json, string][] = [[root, prefix]];
      for (let next = todo.pop(); next; next = todo.pop()) {
        const [value, pointer] = next;
        if (typeof value !== 'object' || value === null) continue;
        if (isObject(value)) pointers.set(value, pointer);
        for (const [key, inner] of Object.entries(value)) todo.push([inner, `${pointer}/${escapePointer(key)}`]);
      }
    }
    return pointers.get(schema);
  }

  /** Bases change on the way down, where a schema has an id. */
  function descend(root: Place, pointer: string): Place | undefined {
    let place: Place | undefined = root;
    for (const key of parsePointer(pointer) ?? [pointer]) {
      const schema: Json | undefined = place && get(place.schema, key);
      if (!place || schema === undefined) return undefined;
      place = entered({ ...place, schema });
    }
    return place;
  }
}

const setsItself = (schema: JsonObject): boolean => '$id' in schema || 'id' in schema || '$schema' in schema;

function absolute(reference: string, base: string): string | undefined {
  try {
    return new URL(reference, base).href;
  } catch {
    return undefined;
  }
}

function withoutFragment(uri: string): string {
  const hash = uri.indexOf('#');
  return hash < 0 ? uri : uri.slice(0, hash);
}

function decoded(fragment: string): string {
  try {
    return decodeURIComponent(fragment);
  } catch {
    return fragment;
  }
}

function nowhere(reference: string): never {
  throw new Unsupported(`the reference ${JSON.stringify(reference)} leads nowhere`);
}
