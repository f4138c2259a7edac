/**
 * How the schemas of a contract are read before they are compared: what OpenAPI says of them beyond JSON Schema, how a
 * parameter looks on the wire, and what authors mean by a list of alternatives that overlap.
 */
import { down } from '../../load/index.ts';
import {
  type Contract,
  type Cursor,
  canonicalJson,
  type Estate,
  formatPointer,
  get,
  getIn,
  isObject,
  type Json,
  type JsonObject,
  parsePointer,
  type SourceFile,
} from '../../model/index.ts';
import { DIALECTS, type Dialect, dialectOf, type Options, type SchemaDocument, type Side } from '../../schema/index.ts';
import { type Direction, elsewhereFlag } from '../surface.ts';
import { addressOf, fileOf } from './address.ts';
import { overlapping } from './overlap.ts';
import { type Polymorphism, polymorphismOf } from './polymorphism.ts';

/** What a place makes of a schema. */
export interface View {
  /** Properties with this flag do not go that way. */
  readonly drops: 'readOnly' | 'writeOnly' | undefined;
  /** Whether values are written as text, as parameters and headers are. */
  readonly asText: boolean;
  readonly role: 'sender' | 'taker';
  /** Whether a sender's open object may hold what it does not name. */
  readonly contentModel: 'open' | 'closed';
}

export interface Reader {
  readonly estate: Estate;
  readonly located: (contract: Contract, schema: Cursor, view: View) => Side;
  /** The lists of alternatives in a file that are read as "any of", by JSON pointer. */
  readonly overlaps: (contract: Contract, file: SourceFile) => ReadonlyMap<string, JsonObject>;
}

type Transform = NonNullable<SchemaDocument['transform']>;

/** `earlier` reads the version before: a list of alternatives that only now overlaps is a change, and no habit. */
export function createReader(estate: Estate, options: Options, earlier?: Reader): Reader {
  const polymorphisms = new Map<SourceFile, Polymorphism>();
  const overlaps = new Map<SourceFile, ReadonlyMap<string, JsonObject>>();
  const documents = new Map<string, SchemaDocument>();

  function meaningIn({ dialect, file }: Contract): Polymorphism {
    if (dialect.name !== 'openapi') return NOTHING;
    const known = polymorphisms.get(file) ?? polymorphismOf(estate, file);
    polymorphisms.set(file, known);
    return known;
  }

  function overlapsIn(contract: Contract, file: SourceFile): ReadonlyMap<string, JsonObject> {
    const known = overlaps.get(file) ?? overlapping(documentFor(contract, file, meant(contract)), options);
    overlaps.set(file, known);
    return known;
  }

  /** Those that the version before has too, or in a place where it has no list at all. */
  function habitsIn(contract: Contract, file: SourceFile): ReadonlySet<JsonObject> {
    const found = [...overlapsIn(contract, file)];
    const before = earlier?.estate.files.get(file.path) ?? earlier?.estate.contracts[0]?.file;
    if (!earlier || !before || found.length === 0) return new Set(found.map(([, schema]) => schema));
    const known = earlier.overlaps(contract, before);
    const isHabit = (pointer: string) =>
      known.has(pointer) || getIn(before.value, [...(parsePointer(pointer) ?? []), 'oneOf']) === undefined;
    return new Set(found.flatMap(([pointer, schema]) => (isHabit(pointer) ? [schema] : [])));
  }

  function meant(contract: Contract): Transform {
    const meaning = meaningIn(contract);
    return schema => tidy(meaning.get(schema) ?? schema);
  }

  function documentFor(contract: Contract, file: SourceFile, transform: Transform): SchemaDocument {
    return {
      // Where nothing is said, anything goes.
      root: file.value ?? true,
      dialect: dialectFor(contract, file),
      uri: addressOf(file),
      resolve: address => fileOf(estate, address)?.value,
      transform,
    };
  }

  function located(contract: Contract, schema: Cursor, view: View): Side {
    const { file, path, value } = schema;
    const isWritten = down({ file, path: [], value: file.value ?? null }, ...path)?.value === value;
    const key = [
      contract.id,
      file.path,
      isWritten || canonicalJson(value),
      view.drops,
      view.asText,
      view.role,
      view.contentModel,
    ].join(' ');
    // What is not written anywhere is any value at all.
    const document = documents.get(key) ?? documentIn(contract, file, view, isWritten ? file.value : value);
    documents.set(key, document);
    return { document, pointer: isWritten ? formatPointer(path) : '' };
  }

  function documentIn(contract: Contract, file: SourceFile, view: View, root: Json = true): SchemaDocument {
    const habits = habitsIn(contract, file);
    const read = meant(contract);
    const transform = (raw: JsonObject) => seen(habits.has(raw) ? anyOf(read(raw)) : read(raw), view);
    const contentModel = view.role === 'sender' ? view.contentModel : 'open';
    return { ...documentFor(contract, file, transform), root, contentModel };
  }

  return { estate, located, overlaps: overlapsIn };
}

const NOTHING: Polymorphism = new Map();

/** What only the other direction carries does not count in this one (OpenAPI 3.0, Schema Object; 3.1 says the same). */
export function dropsOf({ dialect }: Contract, direction: Direction): View['drops'] {
  return dialect.name === 'openapi' ? elsewhereFlag(direction) : undefined;
}

function dialectFor({ dialect: { name, version } }: Contract, file: SourceFile): Dialect {
  const stated = dialectOf(file.value ?? true);
  if (stated) return stated;
  if (name === 'openapi') return version.startsWith('3.0') ? DIALECTS['openapi-3.0'] : DIALECTS['2020-12'];
  return name === 'asyncapi' ? DIALECTS['draft-07'] : DIALECTS['2020-12'];
}

/**
 * Before draft 6 an empty list is no list of names; many write one, and mean nothing by it. A name that an object both
 * requires and rules out was forgotten in the list: nothing would satisfy the schema.
 */
function tidy(schema: JsonObject): JsonObject {
  const { required, ...rest } = schema;
  if (!Array.isArray(required)) return schema;
  const kept = required.filter(name => !isRuledOut(schema, name));
  if (kept.length === required.length && kept.length > 0) return schema;
  return kept.length === 0 ? rest : { ...rest, required: kept };
}

function isRuledOut({ additionalProperties, patternProperties, properties }: JsonObject, name: Json): boolean {
  if (additionalProperties !== false || patternProperties !== undefined || typeof name !== 'string') return false;
  return get(properties, name) === undefined;
}

function anyOf({ oneOf, ...rest }: JsonObject): JsonObject {
  if (oneOf === undefined) return rest;
  return 'anyOf' in rest ? { allOf: [rest, { anyOf: oneOf }] } : { ...rest, anyOf: oneOf };
}

function seen(schema: JsonObject, { drops, asText, role }: View): JsonObject {
  if (asText) return role === 'taker' ? lenient(schema) : schema;
  return drops === undefined ? schema : without(schema, drops);
}

/** Every number and flag is a text on the wire: where any text will do, they will. */
function lenient(schema: JsonObject): JsonObject {
  const isAnyText =
    schema['type'] === 'string' && !['enum', 'const', 'pattern', 'format'].some(keyword => keyword in schema);
  return isAnyText ? { ...schema, type: ['string', 'number', 'boolean'] } : schema;
}

function without(schema: JsonObject, flag: 'readOnly' | 'writeOnly'): JsonObject {
  const properties = schema['properties'];
  if (!isObject(properties)) return schema;
  const dropped = Object.entries(properties).flatMap(([name, child]) =>
    isObject(child) && child[flag] === true ? [name] : [],
  );
  if (dropped.length === 0) return schema;
  const kept = Object.fromEntries(Object.entries(properties).filter(([name]) => !dropped.includes(name)));
  const required = Array.isArray(schema['required'])
    ? schema['required'].filter(name => !dropped.includes(String(name)))
    : undefined;
  return { ...schema, properties: kept, ...(required ? { required } : {}) };
}
