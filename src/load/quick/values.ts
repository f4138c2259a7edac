/** Keywords about values that hold no others, and about all of a value. */
import { canonicalJson, isObject, type Json } from '../../model/json.ts';
import { assertPlain, numberIn, textIn } from './arguments.ts';
import { Doubt } from './doubt.ts';
import { type Keyword, ofLists, ofNumbers, ofObjects, ofTexts, type Test } from './keyword.ts';

const TYPES: Readonly<Record<string, Test>> = {
  null: value => value === null,
  boolean: value => typeof value === 'boolean',
  // To ajv, what YAML writes as .nan is a number, and .inf an integer as well.
  number: value => typeof value === 'number',
  integer: value => typeof value === 'number' && !Number.isNaN(value) && !(value % 1),
  string: value => typeof value === 'string',
  array: value => Array.isArray(value),
  object: value => isObject(value),
};

export const type: Keyword = (argument, { schema }) => {
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

export const nullable: Keyword = (argument, { schema }) => {
  if (typeof argument !== 'boolean' || schema['type'] === undefined) throw new Doubt('nullable without a type');
  return undefined;
};

export function limit(
  flag: string,
  isWithin: (value: number, bound: number, isExclusive: boolean) => boolean,
): Keyword {
  return (argument, { schema, hasExclusiveFlags }) => {
    const bound = numberIn(argument);
    const isExclusive = hasExclusiveFlags && schema[flag] === true;
    return ofNumbers(value => isWithin(value, bound, isExclusive));
  };
}

/** A limit of its own, or in draft 4 a flag of the limit beside it. */
export function exclusiveLimit(beside: string, isWithin: (value: number, bound: number) => boolean): Keyword {
  return (argument, { schema, hasExclusiveFlags }) => {
    if (hasExclusiveFlags) {
      if (typeof argument !== 'boolean' || schema[beside] === undefined) throw new Doubt('a flag without its limit');
      return undefined;
    }
    const bound = numberIn(argument);
    return ofNumbers(value => isWithin(value, bound));
  };
}

export const multipleOf: Keyword = argument => {
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

export function count(
  of: (test: (size: number) => boolean) => Test,
  isWithin: (size: number, bound: number) => boolean,
): Keyword {
  return argument => {
    const bound = numberIn(argument);
    return of(size => isWithin(size, bound));
  };
}
export const texts = (test: (size: number) => boolean) => ofTexts(value => test(lengthOf(value)));
export const lists = (test: (size: number) => boolean) => ofLists(value => test(value.length));
export const objects = (test: (size: number) => boolean) => ofObjects(value => test(Object.keys(value).length));
export const atLeast = (size: number, bound: number) => size >= bound;
export const atMost = (size: number, bound: number) => size <= bound;

export const pattern: Keyword = (argument, { patternOf }) => {
  const expression = patternOf(textIn(argument));
  return ofTexts(value => expression.test(value));
};

export const format: Keyword = (argument, { formatOf }) => {
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

export const enumeration: Keyword = argument => {
  if (!Array.isArray(argument) || argument.length === 0) throw new Doubt('no list of values');
  const tests = argument.map(equals);
  return value => tests.some(test => test(value));
};

export function equals(expected: Json): Test {
  if (typeof expected !== 'object' || expected === null) return value => value === expected;
  assertPlain(expected);
  const text = canonicalJson(expected);
  return value => {
    if (typeof value !== 'object' || value === null) return false;
    assertPlain(value);
    return canonicalJson(value) === text;
  };
}
