/**
 * Whether a value is surely valid by a schema, told without generating code for the schema: where a schema is used once
 * or twice, compiling it with ajv costs a hundred times what it is worth. What is not surely valid is not said to be
 * invalid: ajv decides, and words the errors. So everything here either follows ajv to the letter or is in doubt, also
 * about schemas that ajv would refuse. tests/load/quick.test.ts holds the two together.
 */
import { isObject, type Json, type JsonObject } from '../../model/json.ts';
import { Doubt } from './doubt.ts';
import type { Format, Keyword, Test } from './keyword.ts';
import { KEYWORDS } from './keywords.ts';

export type { Format } from './keyword.ts';

/** A schema, and whatever its references resolve against. */
export interface Place<Base> {
  readonly schema: Json;
  readonly base: Base;
}

export interface QuickOptions<Base> {
  /** Where a `$ref` leads; undefined where that is in doubt. */
  readonly resolve: (ref: string, base: Base) => Place<Base> | undefined;
  /** Keywords that mean something else in the dialect, or nothing at all. */
  readonly inDoubt?: ReadonlySet<string>;
  /** Draft 4, where `exclusiveMinimum` and `exclusiveMaximum` are flags. */
  readonly hasExclusiveFlags?: boolean;
  /** Drafts before 2020-12, where `items` may be a list. */
  readonly hasTuples?: boolean;
  /** Undefined where formats are not checked; the function returns undefined for a format that nobody knows. */
  readonly formatOf?: (name: string) => Format | undefined;
  /** Throws where the pattern is none. */
  readonly patternOf: (pattern: string) => { readonly test: (text: string) => boolean };
}

export interface QuickValidator<Base> {
  /** False means that ajv has to be asked. Never throws. */
  readonly isSurelyValid: (place: Place<Base>, value: Json) => boolean;
}

export function quickValidator<Base>(options: QuickOptions<Base>): QuickValidator<Base> {
  const tests = new Map<object, Test>();
  const doubtful = new Set<object>();
  /** What was added since the outermost schema was begun: it may lean on something that turns out to be in doubt. */
  let fresh: object[] = [];

  const compile = ({ schema, base }: Place<Base>): Test => {
    if (typeof schema === 'boolean') return () => schema;
    if (!isObject(schema)) throw new Doubt('a schema is an object or a boolean');
    const known = tests.get(schema);
    if (known) return known;
    let test: Test | undefined;
    // A schema may refer to itself, so it must be known before it is read.
    tests.set(schema, value => test!(value));
    fresh.push(schema);
    test = allOf(partsOf(schema, base));
    tests.set(schema, test);
    return test;
  };

  const partsOf = (schema: JsonObject, base: Base): Test[] => {
    const context = {
      schema,
      hasExclusiveFlags: options.hasExclusiveFlags ?? false,
      hasTuples: options.hasTuples ?? false,
      formatOf: options.formatOf,
      patternOf: options.patternOf,
      compile: (inner: Json) => compile({ schema: inner, base }),
      resolve: (ref: string) => {
        const target = options.resolve(ref, base);
        if (!target) throw new Doubt(`${ref} may lead nowhere`);
        return once(compile(target));
      },
      evaluated: evaluatedBy(base),
    };
    return Object.entries(schema).flatMap(([name, argument]) => {
      if (options.inDoubt?.has(name)) throw new Doubt(`${name} means something else here`);
      const keyword: Keyword | undefined = KEYWORDS.get(name);
      const part = keyword?.(argument, context);
      return part ? [part] : [];
    });
  };

  /** Adds the names of the properties that a schema, by which `value` is valid, has looked at (JSON Schema §11.3). */
  const evaluatedBy =
    (base: Base) =>
    (schema: Json, value: JsonObject, names: Set<string>): void => {
      if (!isObject(schema)) return;
      const inside = evaluatedBy(base);
      const isValid = (inner: Json) => compile({ schema: inner, base })(value);
      const isComplete = 'additionalProperties' in schema || 'unevaluatedProperties' in schema;
      if (isComplete) for (const name of Object.keys(value)) names.add(name);
      for (const name of keysOf(schema['properties'])) names.add(name);
      for (const pattern of keysOf(schema['patternProperties'])) {
        const expression = options.patternOf(pattern);
        for (const name of Object.keys(value)) if (expression.test(name)) names.add(name);
      }
      for (const branch of listOf(schema['allOf'])) inside(branch, value, names);
      for (const branch of [...listOf(schema['anyOf']), ...listOf(schema['oneOf'])]) {
        if (isValid(branch)) inside(branch, value, names);
      }
      for (const name of keysOf(schema['dependentSchemas'])) {
        if (Object.hasOwn(value, name)) inside((schema['dependentSchemas'] as JsonObject)[name]!, value, names);
      }
      const [condition, then, otherwise] = [schema['if'], schema['then'], schema['else']];
      if (condition !== undefined && (then !== undefined || otherwise !== undefined)) {
        const holds = isValid(condition);
        if (holds) inside(condition, value, names);
        inside((holds ? then : otherwise) ?? true, value, names);
      }
      const target = typeof schema['$ref'] === 'string' ? options.resolve(schema['$ref'], base) : undefined;
      if (target) evaluatedBy(target.base)(target.schema, value, names);
    };

  return {
    isSurelyValid(place, value) {
      const { schema } = place;
      if (!isObject(schema) || doubtful.has(schema)) return false;
      fresh = [];
      try {
        compile(place);
      } catch {
        for (const started of fresh) tests.delete(started);
        doubtful.add(schema);
        return false;
      }
      try {
        return tests.get(schema)!(value);
      } catch {
        // In doubt, a pattern that never ends, or a schema that refers to itself without end.
        return false;
      }
    },
  };
}

/** What is shared by many places of a document, as a schema that is referred to, is looked at once. */
function once(test: Test): Test {
  const valid = new WeakSet<object>();
  return value => {
    if (typeof value !== 'object' || value === null) return test(value);
    if (valid.has(value)) return true;
    const isValid = test(value);
    if (isValid) valid.add(value);
    return isValid;
  };
}

function allOf(tests: readonly Test[]): Test {
  const [first, second] = tests;
  if (!first) return () => true;
  if (!second) return first;
  return value => {
    for (const test of tests) if (!test(value)) return false;
    return true;
  };
}

function keysOf(map: Json | undefined): string[] {
  return isObject(map) ? Object.keys(map) : [];
}

function listOf(list: Json | undefined): readonly Json[] {
  return Array.isArray(list) ? list : [];
}
