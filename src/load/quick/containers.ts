/** Keywords about what lists and objects hold. */
import { canonicalJson, isObject, type Json } from '../../model/json.ts';
import { assertPlain, mapIn, namesIn, numberIn, schemasIn } from './arguments.ts';
import { Doubt } from './doubt.ts';
import { type Keyword, ofLists, ofObjects, type Test } from './keyword.ts';

export const uniqueItems: Keyword = argument => {
  if (typeof argument !== 'boolean') throw new Doubt('no flag');
  if (!argument) return undefined;
  return ofLists(value => {
    assertPlain(value);
    return new Set(value.map(canonicalJson)).size === value.length;
  });
};

export const items: Keyword = (argument, { schema, compile, hasTuples }) => {
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
export const additionalItems: Keyword = argument => {
  if (typeof argument !== 'boolean' && !isObject(argument)) throw new Doubt('no schema');
  return undefined;
};

export const prefixItems: Keyword = (argument, { compile }) => {
  const tests = schemasIn(argument).map(compile);
  return ofLists(value => tests.every((test, at) => at >= value.length || test(value[at]!)));
};

export const contains: Keyword = (argument, { schema, compile }) => {
  const [min, max] = [schema['minContains'] ?? 1, schema['maxContains'] ?? Number.MAX_SAFE_INTEGER].map(numberIn);
  const test = compile(argument);
  return ofLists(value => {
    const found = value.filter(item => test(item)).length;
    return found >= min! && found <= max!;
  });
};

export const required: Keyword = argument => {
  const names = namesIn(argument);
  return ofObjects(value => names.every(name => Object.hasOwn(value, name)));
};

export const properties: Keyword = (argument, { compile }) => {
  const tests = mapIn(argument).map(([name, schema]) => [name, compile(schema)] as const);
  return ofObjects(value => {
    for (const [name, test] of tests) if (Object.hasOwn(value, name) && !test(value[name]!)) return false;
    return true;
  });
};

export const patternProperties: Keyword = (argument, { compile, patternOf }) => {
  const tests = mapIn(argument).map(([source, schema]) => [patternOf(source), compile(schema)] as const);
  return ofObjects(value =>
    Object.entries(value).every(([name, child]) => tests.every(([known, test]) => !known.test(name) || test(child))),
  );
};

export const additionalProperties: Keyword = (argument, { schema, compile, patternOf }) => {
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
export const unevaluatedProperties: Keyword = (argument, { schema, compile, evaluated }) => {
  const test = compile(argument);
  const { unevaluatedProperties: _, ...beside } = schema;
  return ofObjects(value => {
    const names = new Set<string>();
    evaluated(beside, value, names);
    return Object.entries(value).every(([name, child]) => names.has(name) || test(child));
  });
};

export const propertyNames: Keyword = (argument, { compile }) => {
  const test = compile(argument);
  return ofObjects(value => Object.keys(value).every(name => test(name)));
};

export const dependentRequired: Keyword = argument => {
  const groups = mapIn(argument).map(([name, needed]) => [name, namesIn(needed)] as const);
  return ofObjects(value =>
    groups.every(([name, needed]) => !Object.hasOwn(value, name) || needed.every(other => Object.hasOwn(value, other))),
  );
};

export const dependentSchemas: Keyword = (argument, { compile }) => {
  const tests = mapIn(argument).map(([name, schema]) => [name, compile(schema)] as const);
  return ofObjects(value => tests.every(([name, test]) => !Object.hasOwn(value, name) || test(value)));
};
