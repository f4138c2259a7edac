/**
 * What a sound schema says about a value, without compiling it: an example touches little of its schema, and Ajv takes
 * milliseconds to compile the whole. `unsure` is always a right answer; then Ajv is asked.
 */
import { formatNames } from 'ajv-formats/dist/formats.js';
import { type Draft, isObject } from './draft.ts';

export type Verdict = 'valid' | 'invalid' | 'unsure';

type Schema = Readonly<Record<string, unknown>>;
type Keyword = (limit: never, value: unknown, schema: Schema, draft: Draft) => Verdict;

/** The schema must be sound (sound.ts). */
export function verdictOn(schema: Schema, value: unknown, draft: Draft): Verdict {
  let verdict: Verdict = ofType(schema, value);
  for (const keyword of Object.keys(schema)) {
    const judge = KEYWORDS.get(keyword);
    if (!judge || verdict === 'invalid') continue;
    verdict = both(verdict, judge(schema[keyword] as never, value, schema, draft));
  }
  return verdict;
}

function both(one: Verdict, other: Verdict): Verdict {
  if (one === 'invalid' || other === 'invalid') return 'invalid';
  return one === 'unsure' ? one : other;
}

function says(isValid: boolean): Verdict {
  return isValid ? 'valid' : 'invalid';
}

function ofType({ type, nullable }: Schema, value: unknown): Verdict {
  if (type === undefined || (value === null && nullable === true)) return 'valid';
  const types = Array.isArray(type) ? type : [type];
  return says(types.some(name => IS_TYPE[name as keyof typeof IS_TYPE](value)));
}

const IS_TYPE = {
  string: isString,
  number: isNumber,
  integer: (value: unknown) => Number.isInteger(value),
  boolean: (value: unknown) => typeof value === 'boolean',
  array: Array.isArray as (value: unknown) => boolean,
  object: isObject as (value: unknown) => boolean,
  null: (value: unknown) => value === null,
};

function isString(value: unknown): value is string {
  return typeof value === 'string';
}

function isNumber(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value);
}

const forStrings = <T>(judge: (limit: T, value: string) => Verdict) => only(isString, judge);
const forNumbers = <T>(judge: (limit: T, value: number, schema: Schema, draft: Draft) => Verdict) =>
  only(isNumber, judge);
const forArrays = <T>(judge: (limit: T, value: readonly unknown[], schema: Schema, draft: Draft) => Verdict) =>
  only(Array.isArray as unknown as (value: unknown) => value is readonly unknown[], judge);
const forObjects = <T>(judge: (limit: T, value: Schema, schema: Schema, draft: Draft) => Verdict) =>
  only(isObject, judge);

/** A keyword says nothing about values of other types. */
function only<V, T>(
  isOne: (value: unknown) => value is V,
  judge: (limit: T, value: V, schema: Schema, draft: Draft) => Verdict,
) {
  return (limit: T, value: unknown, schema: Schema, draft: Draft): Verdict =>
    isOne(value) ? judge(limit, value, schema, draft) : 'valid';
}

const KEYWORDS: ReadonlyMap<string, Keyword> = new Map<string, Keyword>([
  ['enum', (allowed: readonly unknown[], value) => (isScalar(value) ? says(allowed.includes(value)) : 'unsure')],
  ['minLength', forStrings((least: number, value) => says(lengthOf(value) >= least))],
  ['maxLength', forStrings((most: number, value) => says(lengthOf(value) <= most))],
  ['pattern', forStrings((pattern: string, value) => ofPattern(pattern, value))],
  ['format', ofFormat],
  ['minimum', forNumbers(ofMinimum)],
  ['maximum', forNumbers(ofMaximum)],
  // Beside a bound in draft 4, where the bound looks at it.
  ['exclusiveMinimum', forNumbers((limit: unknown, value) => (isNumber(limit) ? says(value > limit) : 'valid'))],
  ['exclusiveMaximum', forNumbers((limit: unknown, value) => (isNumber(limit) ? says(value < limit) : 'valid'))],
  ['multipleOf', forNumbers((step: number, value) => (Number.isInteger(value / step) ? 'valid' : 'unsure'))],
  ['minItems', forArrays((least: number, { length }) => says(length >= least))],
  ['maxItems', forArrays((most: number, { length }) => says(length <= most))],
  ['uniqueItems', forArrays(ofUniqueItems)],
  ['items', forArrays(ofItems)],
  ['minProperties', forObjects((least: number, value) => says(Object.keys(value).length >= least))],
  ['maxProperties', forObjects((most: number, value) => says(Object.keys(value).length <= most))],
  ['required', forObjects(ofRequired)],
  ['properties', forObjects(ofProperties)],
  ['additionalProperties', forObjects(ofAdditionalProperties)],
  ['allOf', (schemas: readonly Schema[], value, _, draft) => verdicts(schemas, value, draft).reduce(both)],
  ['anyOf', ofAnyOf],
  ['oneOf', ofOneOf],
]);

function isScalar(value: unknown): boolean {
  return typeof value !== 'object' || value === null;
}

/** In code points. */
function lengthOf(text: string): number {
  return [...text].length;
}

/** What repeats a group may take for ever: those are not tried here. */
function ofPattern(pattern: string, value: string): Verdict {
  return !/\)[*+{]/.test(pattern) && new RegExp(pattern).test(value) ? 'valid' : 'unsure';
}

const FORMATS = new Set<string>(formatNames);
/** Values that have the format by any reading of it. */
const SURELY: Readonly<Record<string, RegExp>> = {
  date: /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|1\d|2[0-8])$/,
  'date-time': /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|1\d|2[0-8])T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d+)?Z$/,
  email: /^[a-z0-9]+(?:\.[a-z0-9]+)*@[a-z0-9]+(?:\.[a-z0-9]+)+$/,
  hostname: /^[a-z0-9]{1,30}(?:\.[a-z0-9]{1,30}){1,5}$/,
  uri: /^https?:\/\/[a-z0-9]+(?:\.[a-z0-9]+)+(?:\/[\w.-]+)*\/?$/,
  'uri-reference': /^https?:\/\/[a-z0-9]+(?:\.[a-z0-9]+)+(?:\/[\w.-]+)*\/?$/,
  uuid: /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/,
  password: /^/,
  binary: /^/,
};
const OF_NUMBERS = new Set(['int32', 'int64', 'float', 'double']);

/** A format that Ajv does not know asks for nothing. */
function ofFormat(format: string, value: unknown): Verdict {
  if (!FORMATS.has(format)) return 'valid';
  if (isNumber(value)) return !OF_NUMBERS.has(format) || isSmallInteger(value) ? 'valid' : 'unsure';
  if (!isString(value) || OF_NUMBERS.has(format)) return 'valid';
  return Object.hasOwn(SURELY, format) && SURELY[format]!.test(value) ? 'valid' : 'unsure';
}

function isSmallInteger(value: number): boolean {
  return Number.isInteger(value) && Math.abs(value) < 2 ** 31;
}

function ofMinimum(least: number, value: number, { exclusiveMinimum }: Schema): Verdict {
  return says(exclusiveMinimum === true ? value > least : value >= least);
}

function ofMaximum(most: number, value: number, { exclusiveMaximum }: Schema): Verdict {
  return says(exclusiveMaximum === true ? value < most : value <= most);
}

function ofUniqueItems(isWanted: boolean, value: readonly unknown[]): Verdict {
  if (!isWanted || value.length < 2) return 'valid';
  return value.every(isScalar) ? says(new Set(value).size === value.length) : 'unsure';
}

function ofItems(schema: Schema, value: readonly unknown[], _: Schema, draft: Draft): Verdict {
  return value.map(item => verdictOn(schema, item, draft)).reduce(both, 'valid');
}

/** Not surely invalid: Spectral does not ask for what is read-only in a request, nor for what is write-only in a response. */
function ofRequired(names: readonly string[], value: Schema): Verdict {
  return names.every(name => Object.hasOwn(value, name) && value[name] !== undefined) ? 'valid' : 'unsure';
}

function ofProperties(properties: Readonly<Record<string, Schema>>, value: Schema, _: Schema, draft: Draft): Verdict {
  const present = Object.keys(value).filter(name => Object.hasOwn(properties, name));
  return present.map(name => verdictOn(properties[name]!, value[name], draft)).reduce(both, 'valid');
}

function ofAdditionalProperties(rest: boolean | Schema, value: Schema, { properties }: Schema, draft: Draft): Verdict {
  const others = Object.keys(value).filter(name => !Object.hasOwn(Object(properties), name));
  if (typeof rest === 'boolean') return says(rest || others.length === 0);
  return others.map(name => verdictOn(rest, value[name], draft)).reduce(both, 'valid');
}

function verdicts(schemas: readonly Schema[], value: unknown, draft: Draft): Verdict[] {
  return schemas.map(schema => verdictOn(schema, value, draft));
}

function ofAnyOf(schemas: readonly Schema[], value: unknown, _: Schema, draft: Draft): Verdict {
  const found = verdicts(schemas, value, draft);
  if (found.includes('valid')) return 'valid';
  return found.includes('unsure') ? 'unsure' : 'invalid';
}

function ofOneOf(schemas: readonly Schema[], value: unknown, _: Schema, draft: Draft): Verdict {
  const found = verdicts(schemas, value, draft);
  if (found.includes('unsure')) return 'unsure';
  return says(found.filter(verdict => verdict === 'valid').length === 1);
}
