/** What each keyword of JSON Schema asks of a value, as ajv 8 reads it with `strict: false`. */
import { schemasIn, textIn } from './arguments.ts';
import {
  additionalItems,
  additionalProperties,
  contains,
  dependentRequired,
  dependentSchemas,
  items,
  patternProperties,
  prefixItems,
  properties,
  propertyNames,
  required,
  unevaluatedProperties,
  uniqueItems,
} from './containers.ts';
import { Doubt } from './doubt.ts';
import type { Keyword } from './keyword.ts';
import {
  atLeast,
  atMost,
  count,
  enumeration,
  equals,
  exclusiveLimit,
  format,
  limit,
  lists,
  multipleOf,
  nullable,
  objects,
  pattern,
  texts,
  type,
} from './values.ts';

const allOf: Keyword = (argument, { compile }) => {
  const tests = schemasIn(argument).map(compile);
  return value => tests.every(test => test(value));
};

const anyOf: Keyword = (argument, { compile }) => {
  const tests = schemasIn(argument).map(compile);
  return value => tests.some(test => test(value));
};

const oneOf: Keyword = (argument, { compile }) => {
  const tests = schemasIn(argument).map(compile);
  return value => tests.filter(test => test(value)).length === 1;
};

const not: Keyword = (argument, { compile }) => {
  const test = compile(argument);
  return value => !test(value);
};

const conditional: Keyword = (argument, { schema, compile }) => {
  const [condition, then, otherwise] = [argument, schema['then'] ?? true, schema['else'] ?? true].map(compile);
  return value => (condition!(value) ? then!(value) : otherwise!(value));
};

const reference: Keyword = (argument, { resolve }) => resolve(textIn(argument));

const doubtful: Keyword = () => {
  throw new Doubt('not followed here');
};

export const KEYWORDS: ReadonlyMap<string, Keyword> = new Map(
  Object.entries({
    type,
    nullable,
    minimum: limit('exclusiveMinimum', (value, bound, isExclusive) => (isExclusive ? value > bound : value >= bound)),
    maximum: limit('exclusiveMaximum', (value, bound, isExclusive) => (isExclusive ? value < bound : value <= bound)),
    exclusiveMinimum: exclusiveLimit('minimum', (value, bound) => value > bound),
    exclusiveMaximum: exclusiveLimit('maximum', (value, bound) => value < bound),
    multipleOf,
    minLength: count(texts, atLeast),
    maxLength: count(texts, atMost),
    minItems: count(lists, atLeast),
    maxItems: count(lists, atMost),
    minProperties: count(objects, atLeast),
    maxProperties: count(objects, atMost),
    pattern,
    format,
    uniqueItems,
    items,
    prefixItems,
    contains,
    required,
    properties,
    patternProperties,
    additionalProperties,
    unevaluatedProperties,
    propertyNames,
    dependentRequired,
    dependentSchemas,
    enum: enumeration,
    const: equals,
    allOf,
    anyOf,
    oneOf,
    not,
    if: conditional,
    $ref: reference,
    $dynamicRef: doubtful,
    $recursiveRef: doubtful,
    $async: doubtful,
    unevaluatedItems: doubtful,
    additionalItems,
    dependencies: doubtful,
    formatMinimum: doubtful,
    formatMaximum: doubtful,
    formatExclusiveMinimum: doubtful,
    formatExclusiveMaximum: doubtful,
  }),
);
