/**
 * Self-contained copies for tools that cannot follow references between files. Schemas from elsewhere get a name of
 * their own and stay references, so cycles are harmless; everything else is copied to where it is used.
 */
import { createHash } from 'node:crypto';
import { posix } from 'node:path';
import type { Contract, Cursor, Estate } from '../model/estate.ts';
import { asString, formatPointer, get, isObject, type Json, type JsonObject, type Path } from '../model/json.ts';
import { down, elements, members, nodeKey, rootOf } from './cursor.ts';
import { deref, refOf, resolveRef } from './refs.ts';

type Files = Pick<Estate, 'files'>;

/** Schemas collected under names, referring to each other only. */
export interface SchemaBundle {
  /** Schemas by name; grows with {@link SchemaBundle.nameOf}. */
  readonly definitions: JsonObject;
  /** Name of the schema at the cursor; it and all it refers to are then among the definitions. */
  nameOf(schema: Cursor): string;
  /** A copy of the schema itself, whose references lead to definitions. */
  copyOf(schema: Cursor): Json;
  /** Where a definition was read. */
  originOf(name: string): Cursor | undefined;
}

export interface SchemaBundleOptions {
  /** What stands before a name in a reference, e.g. `#/$defs/`. */
  readonly prefix: string;
  /** Whether schemas of OpenAPI 3.0 documents are rewritten as JSON Schema 2020-12. */
  readonly jsonSchema: boolean;
  /** The contract whose `components/schemas` keep their names. */
  readonly home?: Contract;
}

const MAPS = new Set(['properties', 'patternProperties', 'dependentSchemas']);
const LISTS = new Set(['allOf', 'anyOf', 'oneOf', 'prefixItems']);
const SINGLE = new Set([
  'items',
  'additionalProperties',
  'unevaluatedProperties',
  'unevaluatedItems',
  'not',
  'if',
  'then',
  'else',
  'contains',
  'propertyNames',
]);
/** What would move the base of references, and definitions that are copied when something refers to them. */
const LEFT_OUT = new Set(['$schema', '$id', '$defs', 'definitions']);

export function schemaBundle(estate: Files, options: SchemaBundleOptions): SchemaBundle {
  const definitions: JsonObject = {};
  const names = new Map<string, string>();
  const kept = new Set(componentsOf(options.home).map(([name]) => name));
  const origins = new Map<string, Cursor>();

  const nameOf = (schema: Cursor): string => {
    const key = nodeKey(schema);
    const known = names.get(key);
    if (known !== undefined) return known;
    const own = ownName(schema, options.home);
    const wanted = own ?? wantedName(schema);
    const isTaken = own === undefined && (origins.has(wanted) || kept.has(wanted));
    const name = isTaken ? `${wanted}_${hashOf(key)}` : wanted;
    names.set(key, name);
    origins.set(name, schema);
    definitions[name] = copyOf(schema);
    return name;
  };

  const copyOf = (schema: Cursor): Json => {
    if (!isObject(schema.value)) return schema.value;
    const isOpenApi30 = asString(get(schema.file.value, 'openapi'))?.startsWith('3.0') ?? false;
    const ref = refOf(schema);
    const resolution = ref === undefined ? undefined : resolveRef(estate.files, schema.file, ref);
    // What cannot be resolved was reported while loading; it restricts nothing here.
    const reference = resolution && 'target' in resolution ? { $ref: options.prefix + nameOf(resolution.target) } : {};
    if (ref !== undefined && isOpenApi30) return reference;
    const copy: JsonObject = {};
    for (const [keyword, child] of members(schema)) {
      if (keyword === '$ref' || LEFT_OUT.has(keyword)) continue;
      copy[keyword] = copyKeyword(keyword, child);
    }
    const result = { ...reference, ...copy };
    return options.jsonSchema && isOpenApi30 ? modernised(result) : result;
  };

  const copyKeyword = (keyword: string, child: Cursor): Json => {
    if (MAPS.has(keyword)) return Object.fromEntries(members(child).map(([name, schema]) => [name, copyOf(schema)]));
    if (LISTS.has(keyword) || (keyword === 'items' && Array.isArray(child.value))) return elements(child).map(copyOf);
    return SINGLE.has(keyword) ? copyOf(child) : child.value;
  };

  return { definitions, nameOf, copyOf, originOf: name => origins.get(name) };
}

function componentsOf(contract: Contract | undefined): [string, Cursor][] {
  return contract ? members(down(rootOf(contract.file), 'components', 'schemas')) : [];
}

/** The name of a component of the home contract. */
function ownName({ file, path }: Cursor, home: Contract | undefined): string | undefined {
  const isComponent = path.length === 3 && path[0] === 'components' && path[1] === 'schemas';
  return home?.file === file && isComponent ? String(path[2]) : undefined;
}

/** `supplier_TaxProfile` for `…/supplier.schema.yaml#/$defs/TaxProfile`. */
function wantedName({ file, path }: Cursor): string {
  const base = posix.basename(file.path).replace(/(\.(schema|openapi|asyncapi))?\.(ya?ml|json)$/, '');
  const steps = path.filter(step => !['$defs', 'definitions', 'components', 'schemas'].includes(String(step)));
  return [base, ...steps].join('_').replace(/[^A-Za-z0-9._-]+/g, '-');
}

function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 8);
}

/** `nullable` and boolean exclusive limits (OpenAPI 3.0 §4.7.24) in the words of JSON Schema 2020-12. */
function modernised(schema: JsonObject): JsonObject {
  const { nullable, ...rest } = schema;
  const result: JsonObject = { ...rest };
  for (const [flag, limit] of [
    ['exclusiveMinimum', 'minimum'],
    ['exclusiveMaximum', 'maximum'],
  ] as const) {
    if (typeof result[flag] !== 'boolean') continue;
    const bound = result[limit];
    if (result[flag] === true && bound !== undefined) {
      result[flag] = bound;
      delete result[limit];
    } else {
      delete result[flag];
    }
  }
  if (nullable === true && typeof result['type'] === 'string') {
    result['type'] = [result['type'], 'null'];
    if (Array.isArray(result['enum'])) result['enum'] = [...result['enum'], null];
  }
  return result;
}

export interface DocumentBundle {
  readonly document: JsonObject;
  /** Where the value at a path of the bundled document was read. */
  originOf(path: Path): Cursor | undefined;
}

/** Children of these are named by the document's author, so a child called `schema` is no schema. */
const NAMED = new Set([
  'paths',
  'parameters',
  'responses',
  'requestBodies',
  'headers',
  'examples',
  'content',
  'encoding',
  'callbacks',
  'links',
  'pathItems',
  'securitySchemes',
  'variables',
  'scopes',
]);

/** An OpenAPI contract as one document: the only references left are those to its own `components/schemas`. */
export function bundle(estate: Files, contract: Contract): DocumentBundle {
  const prefix = '#/components/schemas/';
  const schemas = schemaBundle(estate, { prefix, jsonSchema: false, home: contract });
  const mounts = new Map<string, Cursor>();

  const copy = (cursor: Cursor, path: Path, parent: string | undefined, open: readonly string[]): Json => {
    if (Array.isArray(cursor.value)) {
      return elements(cursor).map((child, index) => copy(child, [...path, index], undefined, open));
    }
    if (!isObject(cursor.value)) return cursor.value;
    if (refOf(cursor) !== undefined) {
      const target = deref(estate.files, cursor);
      // A path item or callback that contains itself cannot be written out.
      if (!target || open.includes(nodeKey(target))) return {};
      mounts.set(formatPointer(path), target);
      return copy(target, path, parent, [...open, nodeKey(target)]);
    }
    const isMap = parent !== undefined && NAMED.has(parent);
    return Object.fromEntries(
      members(cursor).map(([key, child]) => {
        if (!isMap && key === 'schema') return [key, schemas.copyOf(child)];
        if (!isMap && (key === 'example' || key === 'value' || key.startsWith('x-'))) return [key, child.value];
        return [key, copy(child, [...path, key], isMap ? undefined : key, open)];
      }),
    );
  };

  const root = rootOf(contract.file)!;
  mounts.set('', root);
  const document: JsonObject = {};
  for (const [key, child] of members(root)) {
    if (key !== 'components') document[key] = key.startsWith('x-') ? child.value : copy(child, [key], key, []);
  }
  for (const [, schema] of componentsOf(contract)) schemas.nameOf(schema);
  const security = down(root, 'components', 'securitySchemes');
  document['components'] = {
    ...(security ? { securitySchemes: copy(security, ['components', 'securitySchemes'], 'securitySchemes', []) } : {}),
    schemas: schemas.definitions,
  };

  const originOf = (path: Path): Cursor | undefined => {
    if (path[0] === 'components' && path[1] === 'schemas' && path.length > 2) {
      const origin = schemas.originOf(String(path[2]));
      return down(origin, ...path.slice(3));
    }
    for (let length = path.length; length >= 0; length -= 1) {
      const mount = mounts.get(formatPointer(path.slice(0, length)));
      if (mount) return down(mount, ...path.slice(length));
    }
    return undefined;
  };
  return { document, originOf };
}
