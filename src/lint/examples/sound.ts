/**
 * Whether a schema is made of nothing but common keywords, each written as it should be: then Ajv compiles it without
 * complaint and it means what verdict.ts takes it to mean. In doubt it is not.
 */
import { type Draft, isObject } from './draft.ts';

/**
 * `unresolved`: it would be sound, but a reference in it leads nowhere that Ajv would find, so that Ajv gives it up.
 * Spectral finds nothing by such a schema.
 */
export type Soundness = 'sound' | 'unresolved' | 'unknown';

type Check = (value: unknown, draft: Draft) => boolean;

const isString: Check = value => typeof value === 'string';
const isBoolean: Check = value => typeof value === 'boolean';
const isNumber: Check = value => typeof value === 'number' && Number.isFinite(value);
const isCount: Check = value => Number.isInteger(value) && (value as number) >= 0;
const isAnything: Check = () => true;

const TYPES = new Set(['string', 'number', 'integer', 'boolean', 'array', 'object', 'null']);

function isType(value: unknown): boolean {
  const types = Array.isArray(value) ? value : [value];
  return types.length > 0 && new Set(types).size === types.length && types.every(type => TYPES.has(type));
}

/** Unique and not empty, as draft 4 wants it. */
function isNameList(value: unknown): boolean {
  return isFilledList(value) && value.every(isString as (item: unknown) => boolean) && isUnique(value);
}

function isUniqueNames(value: unknown): boolean {
  return Array.isArray(value) && value.every(item => typeof item === 'string') && isUnique(value);
}

function isEnumeration(value: unknown): boolean {
  return isFilledList(value) && value.every(item => typeof item !== 'object' || item === null) && isUnique(value);
}

function isFilledList(value: unknown): value is unknown[] {
  return Array.isArray(value) && value.length > 0;
}

function isUnique(list: readonly unknown[]): boolean {
  return new Set(list).size === list.length;
}

function isPattern(value: unknown): boolean {
  try {
    // Ajv compiles them without the flag that its meta-schemas check them with.
    return typeof value === 'string' && Boolean(new RegExp(value)) && Boolean(new RegExp(value, 'u'));
  } catch {
    return false;
  }
}

/** Of draft 4 a flag beside the bound, later a bound of its own. */
const isExclusiveBound: Check = (value, draft) => (draft === 'draft4' ? isBoolean : isNumber)(value, draft);

const FLAGS = [
  ['exclusiveMinimum', 'minimum'],
  ['exclusiveMaximum', 'maximum'],
] as const;

/** Keywords whose values are no schemas. */
const VALUES: ReadonlyMap<string, Check> = new Map([
  ['type', isType],
  ['nullable', isBoolean],
  ['enum', isEnumeration],
  ['required', isNameList],
  ['minItems', isCount],
  ['maxItems', isCount],
  ['minLength', isCount],
  ['maxLength', isCount],
  ['minProperties', isCount],
  ['maxProperties', isCount],
  ['minimum', isNumber],
  ['maximum', isNumber],
  ['exclusiveMinimum', isExclusiveBound],
  ['exclusiveMaximum', isExclusiveBound],
  ['multipleOf', (value, draft) => isNumber(value, draft) && (value as number) > 0],
  ['uniqueItems', isBoolean],
  ['pattern', isPattern],
  ['format', isString],
  ['title', isString],
  ['description', isString],
  ['deprecated', isBoolean],
  ['readOnly', isBoolean],
  ['writeOnly', isBoolean],
  ['examples', Array.isArray],
  ['default', isAnything],
  ['example', isAnything],
  ['xml', isAnything],
  ['externalDocs', isAnything],
  ['discriminator', isAnything],
  ['contentEncoding', isString],
  ['contentMediaType', isString],
]);

const META = 'https://json-schema.org/draft/2020-12/schema';

/** The same of keywords that draft 4 does not know. */
const LATER_VALUES: ReadonlyMap<string, Check> = new Map([
  ['const', isAnything],
  ['$schema', value => value === META],
  ['dependentRequired', value => isObject(value) && Object.values(value).every(names => isUniqueNames(names))],
]);

/** Keywords that hold one schema, a list of them, or named ones. `additionalProperties` may be a boolean too. */
const ONE = new Set(['items', 'additionalProperties']);
const LATER_ONE = new Set(['if', 'then', 'else']);
const MAPS = new Set(['properties', '$defs']);
const LISTS = new Set(['allOf', 'anyOf', 'oneOf']);

export type SoundnessOf = (schema: unknown) => Soundness;

/** Looks at each schema once, however many refer to it. What was asked about must not change. */
export function soundnessBy(draft: Draft): SoundnessOf {
  const known = new WeakMap<object, Soundness>();

  function soundness(schema: unknown): Soundness {
    if (!isObject(schema)) return 'unknown';
    const earlier = known.get(schema);
    if (earlier) return earlier;
    // One that contains itself is of no use to anyone.
    known.set(schema, 'unknown');
    const found = look(schema);
    known.set(schema, found);
    return found;
  }

  function look(schema: Readonly<Record<string, unknown>>): Soundness {
    if ('$ref' in schema) return isDangling(schema) ? 'unresolved' : 'unknown';
    // Ajv refuses it without a type, or against one.
    if ('nullable' in schema && (!('type' in schema) || [schema['type']].flat().includes('null'))) return 'unknown';
    // Draft 4 has the flag only beside the bound.
    if (draft === 'draft4' && FLAGS.some(([flag, bound]) => flag in schema && !(bound in schema))) return 'unknown';
    const parts = Object.entries(schema).map(([keyword, value]) => ofKeyword(keyword, value));
    return worst(parts);
  }

  function ofKeyword(keyword: string, value: unknown): Soundness {
    if (MAPS.has(keyword)) return isObject(value) ? ofProperties(value) : 'unknown';
    if (draft !== 'draft4' && LATER_ONE.has(keyword)) return soundness(value);
    if (ONE.has(keyword))
      return keyword === 'additionalProperties' && isBoolean(value, draft) ? 'sound' : soundness(value);
    if (LISTS.has(keyword)) return isFilledList(value) ? ofList(value) : 'unknown';
    const check = VALUES.get(keyword) ?? (draft === 'draft4' ? undefined : LATER_VALUES.get(keyword));
    return (check ? check(value, draft) : keyword.startsWith('x-') && keyword !== 'x-nullable') ? 'sound' : 'unknown';
  }

  function ofProperties(properties: Readonly<Record<string, unknown>>): Soundness {
    const names = Object.keys(properties);
    // What every object inherits looks to Ajv as if it were there.
    if (names.some(name => name in Object.prototype)) return 'unknown';
    return worst(names.map(name => soundness(properties[name])));
  }

  /** Ajv leaves a choice alone in which one alternative accepts everything. */
  function ofList(schemas: readonly unknown[]): Soundness {
    const found = worst(schemas.map(soundness));
    return found === 'unresolved' && schemas.length > 1 ? 'unknown' : found;
  }
  return soundness;
}

/** What a circle has left: a reference into the document, which is not there when the schema is looked at alone. */
function isDangling(schema: Readonly<Record<string, unknown>>): boolean {
  const { $ref, ...rest } = schema;
  return (
    typeof $ref === 'string' &&
    /^#\/(?:components|definitions)\/[\w.-]+\//.test(`${$ref}/`) &&
    Object.keys(rest).length === 0
  );
}

function worst(found: readonly Soundness[]): Soundness {
  if (found.includes('unknown')) return 'unknown';
  return found.includes('unresolved') ? 'unresolved' : 'sound';
}
