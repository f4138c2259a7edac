/** What each keyword of JSON Schema asks of a value, as ajv 8 reads it with `strict: false`. */
import { canonicalJson, isObject, type Json, type JsonObject } from '../../model/json.ts';
import { Doubt } from './doubt.ts';

/** Exact: true for what is valid, false for what is not. Throws a {@link Doubt}, or whatever a pattern throws. */
export type Test = (value: Json) => boolean;

/** As ajv keeps them: `true` stands for a format that anything satisfies. */
export type Format =
  | true
  | RegExp
  | ((text: string) => boolean)
  | { readonly type?: 'string' | 'number'; readonly validate?: unknown; readonly async?: boolean };

interface Context {
  /** The schema that the keyword stands in. */
  readonly schema: JsonObject;
  readonly hasExclusiveFlags: boolean;
  readonly hasTuples: boolean;
  readonly formatOf: ((name: string) => Format | undefined) | undefined;
  readonly patternOf: (pattern: string) => { readonly test: (text: string) => boolean };
  readonly compile: (schema: Json) => Test;
  readonly resolve: (ref: string) => Test;
  readonly evaluated: (schema: Json, value: JsonObject, names: Set<string>) => void;
}

/** Undefined where it asks nothing. Throws a {@link Doubt} where ajv might refuse the argument. */
export type Keyword = (argument: Json, context: Context) => Test | undefined;

const TYPES: Readonly<Record<string, Test>> = {
  null: value => value === null,
  boolean: value => typeof value === 'boolean',
  number: value => typeof value === 'number' && Number.isFinite(value),
  integer: value => typeof value === 'number' && Number.isFinite(value) && value % 1 === 0,
  string: value => typeof value === 'string',
  array: value => Array.isArray(value),
  object: value => isObject(value),
};

const type: Keyword = (argument, { schema }) => {
  const names = Array.isArray(argument) ? [...argument] : [argument];
  if (names.length === 0) throw new Doubt('no type at all');
  if (schema['nullable'] === true) names.push('null');
  else if (schema['nullable'] !== undefined && names.includes('null')) throw new Doubt('null that is not nullable');
  const tests = names.map(name => {
    if (typeof name !== 'string' || !Object.hasOwn(TYPES, name)) throw new Doubt('no type');
    return TYPES[name]!;
  });
  return tests.length === 1 ? tests[0] : value => tests.some(test => test(value));
};

const nullable: Keyword = (argument, { schema }) => {
  if (typeof argument !== 'boolean' || schema['type'] === undefined) throw new Doubt('nullable without a type');
  return undefined;
};

/** A test of numbers; YAML knows numbers that are none. */
function ofNumbers(test: (value: number) => boolean): Test {
  return value => {
    if (typeof value !== 'number') return true;
    if (!Number.isFinite(value)) throw new Doubt('not a number');
    return test(value);
  };
}

function ofTexts(test: (value: string) => boolean): Test {
  return value => typeof value !== 'string' || test(value);
}

function ofLists(test: (value: Json[]) => boolean): Test {
  return value => !Array.isArray(value) || test(value);
}

function ofObjects(test: (value: JsonObject) => boolean): Test {
  return value => !isObject(value) || test(value);
}

function limit(flag: string, isWithin: (value: number, bound: number, isExclusive: boolean) => boolean): Keyword {
  return (argument, { schema, hasExclusiveFlags }) => {
    const bound = numberIn(argument);
    const isExclusive = hasExclusiveFlags && schema[flag] === true;
    return ofNumbers(value => isWithin(value, bound, isExclusive));
  };
}

/** A limit of its own, or in draft 4 a flag of the limit beside it. */
function exclusiveLimit(beside: string, isWithin: (value: number, bound: number) => boolean): Keyword {
  return (argument, { schema, hasExclusiveFlags }) => {
    if (hasExclusiveFlags) {
      if (typeof argument !== 'boolean' || schema[beside] === undefined) throw new Doubt('a flag without its limit');
      return undefined;
    }
    const bound = numberIn(argument);
    return ofNumbers(value => isWithin(value, bound));
  };
}

const multipleOf: Keyword = argument => {
  const divisor = numberIn(argument);
  if (divisor <= 0) throw new Doubt('no divisor');
  return ofNumbers(value => {
    const quotient = value / divisor;
    // Sic: ajv takes what is written as 1e21 for 1.
    return quotient === Number.parseInt(String(quotient), 10);
  });
};

/** In code points. */
function lengthOf(text: string): number {
  let length = text.length;
  for (let at = 0; at < text.length - 1; at += 1) {
    if ((text.charCodeAt(at) & 0xfc00) !== 0xd800 || (text.charCodeAt(at + 1) & 0xfc00) !== 0xdc00) continue;
    length -= 1;
    at += 1;
  }
  return length;
}

function count(
  of: (test: (size: number) => boolean) => Test,
  isWithin: (size: number, bound: number) => boolean,
): Keyword {
  return argument => {
    const bound = numberIn(argument);
    return of(size => isWithin(size, bound));
  };
}
const texts = (test: (size: number) => boolean) => ofTexts(value => test(lengthOf(value)));
const lists = (test: (size: number) => boolean) => ofLists(value => test(value.length));
const objects = (test: (size: number) => boolean) => ofObjects(value => test(Object.keys(value).length));
const atLeast = (size: number, bound: number) => size >= bound;
const atMost = (size: number, bound: number) => size <= bound;

const pattern: Keyword = (argument, { patternOf }) => {
  const expression = patternOf(textIn(argument));
  return ofTexts(value => expression.test(value));
};

const format: Keyword = (argument, { formatOf }) => {
  if (!formatOf) return undefined;
  const found = formatOf(textIn(argument));
  if (found === undefined || found === true) return undefined;
  if (found instanceof RegExp) return ofTexts(value => found.test(value));
  if (typeof found === 'function') return ofTexts(value => found(value));
  const { type: of = 'string', validate, async } = found;
  if (async) throw new Doubt('takes its time');
  if (validate === true) return undefined;
  const test = validate instanceof RegExp ? (value: never) => validate.test(value) : validate;
  if (typeof test !== 'function') throw new Doubt('a format of an unknown form');
  return of === 'number' ? ofNumbers(value => test(value) === true) : ofTexts(value => test(value) === true);
};

const uniqueItems: Keyword = argument => {
  if (typeof argument !== 'boolean') throw new Doubt('no flag');
  if (!argument) return undefined;
  return ofLists(value => {
    assertPlain(value);
    return new Set(value.map(canonicalJson)).size === value.length;
  });
};

const items: Keyword = (argument, { schema, compile, hasTuples }) => {
  if (Array.isArray(argument) && hasTuples) return tuple(argument, schema['additionalItems'] ?? true, compile);
  const prefix = schema['prefixItems'];
  const start = Array.isArray(prefix) ? prefix.length : 0;
  const test = compile(argument);
  return ofLists(value => {
    for (let at = start; at < value.length; at += 1) if (!test(value[at]!)) return false;
    return true;
  });
};

/** Draft 7 and earlier: a list of schemas, and one for what comes after. */
function tuple(schemas: Json[], rest: Json, compile: (schema: Json) => Test): Test {
  const [tests, after] = [schemas.map(compile), compile(rest)];
  return ofLists(value => value.every((item, at) => (tests[at] ?? after)(item)));
}

/** It is read with a list of `items`, and asks nothing by itself. */
const additionalItems: Keyword = argument => {
  if (typeof argument !== 'boolean' && !isObject(argument)) throw new Doubt('no schema');
  return undefined;
};

const prefixItems: Keyword = (argument, { compile }) => {
  const tests = schemasIn(argument).map(compile);
  return ofLists(value => tests.every((test, at) => at >= value.length || test(value[at]!)));
};

const contains: Keyword = (argument, { schema, compile }) => {
  const [min, max] = [schema['minContains'] ?? 1, schema['maxContains'] ?? Number.MAX_SAFE_INTEGER].map(numberIn);
  const test = compile(argument);
  return ofLists(value => {
    const found = value.filter(item => test(item)).length;
    return found >= min! && found <= max!;
  });
};

const required: Keyword = argument => {
  const names = namesIn(argument);
  return ofObjects(value => names.every(name => Object.hasOwn(value, name)));
};

const properties: Keyword = (argument, { compile }) => {
  const tests = mapIn(argument).map(([name, schema]) => [name, compile(schema)] as const);
  return ofObjects(value => {
    for (const [name, test] of tests) if (Object.hasOwn(value, name) && !test(value[name]!)) return false;
    return true;
  });
};

const patternProperties: Keyword = (argument, { compile, patternOf }) => {
  const tests = mapIn(argument).map(([source, schema]) => [patternOf(source), compile(schema)] as const);
  return ofObjects(value =>
    Object.entries(value).every(([name, child]) => tests.every(([known, test]) => !known.test(name) || test(child))),
  );
};

const additionalProperties: Keyword = (argument, { schema, compile, patternOf }) => {
  const named = new Set(mapIn(schema['properties'] ?? {}).map(([name]) => name));
  const patterns = mapIn(schema['patternProperties'] ?? {}).map(([source]) => patternOf(source));
  const test = compile(argument);
  return ofObjects(value =>
    Object.entries(value).every(
      ([name, child]) => named.has(name) || patterns.some(known => known.test(name)) || test(child),
    ),
  );
};

/** Of all that stands beside it, what looked at a property counts; what ajv does not look at neither. */
const unevaluatedProperties: Keyword = (argument, { schema, compile, evaluated }) => {
  const test = compile(argument);
  const { unevaluatedProperties: _, ...beside } = schema;
  return ofObjects(value => {
    const names = new Set<string>();
    evaluated(beside, value, names);
    return Object.entries(value).every(([name, child]) => names.has(name) || test(child));
  });
};

const propertyNames: Keyword = (argument, { compile }) => {
  const test = compile(argument);
  return ofObjects(value => Object.keys(value).every(name => test(name)));
};

const dependentRequired: Keyword = argument => {
  const groups = mapIn(argument).map(([name, needed]) => [name, namesIn(needed)] as const);
  return ofObjects(value =>
    groups.every(([name, needed]) => !Object.hasOwn(value, name) || needed.every(other => Object.hasOwn(value, other))),
  );
};

const dependentSchemas: Keyword = (argument, { compile }) => {
  const tests = mapIn(argument).map(([name, schema]) => [name, compile(schema)] as const);
  return ofObjects(value => tests.every(([name, test]) => !Object.hasOwn(value, name) || test(value)));
};

const enumeration: Keyword = argument => {
  if (!Array.isArray(argument) || argument.length === 0) throw new Doubt('no list of values');
  const tests = argument.map(equals);
  return value => tests.some(test => test(value));
};

function equals(expected: Json): Test {
  if (typeof expected !== 'object' || expected === null) return value => value === expected;
  assertPlain(expected);
  const text = canonicalJson(expected);
  return value => {
    if (typeof value !== 'object' || value === null) return false;
    assertPlain(value);
    return canonicalJson(value) === text;
  };
}

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

function numberIn(argument: Json): number {
  if (typeof argument !== 'number' || !Number.isFinite(argument)) throw new Doubt('no number');
  return argument;
}

function textIn(argument: Json): string {
  if (typeof argument !== 'string') throw new Doubt('no text');
  return argument;
}

function schemasIn(argument: Json): readonly Json[] {
  if (!Array.isArray(argument) || argument.length === 0) throw new Doubt('no list of schemas');
  return argument;
}

function mapIn(argument: Json): [string, Json][] {
  if (!isObject(argument)) throw new Doubt('no map');
  const entries = Object.entries(argument);
  for (const [name] of entries) ordinary(name);
  return entries;
}

function namesIn(argument: Json): string[] {
  if (!Array.isArray(argument)) throw new Doubt('no list of names');
  return argument.map(name => ordinary(textIn(name)));
}

/** Ajv takes what every object inherits for a property of the value. */
function ordinary(name: string): string {
  if (name in Object.prototype) throw new Doubt('a name that every object has');
  return name;
}

/** Ajv's comparison is misled by properties that every object has, and by objects without them. */
function assertPlain(value: Json): void {
  if (typeof value === 'number' && !Number.isFinite(value)) throw new Doubt('not a number');
  if (typeof value !== 'object' || value === null) return;
  if (isObject(value) && (value.constructor as unknown) !== Object) throw new Doubt('no plain object');
  for (const [name, child] of Object.entries(value)) {
    ordinary(name);
    assertPlain(child);
  }
}
