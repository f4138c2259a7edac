/** The shape of a keyword, and tests of values of one type: others satisfy them. */
import { isObject, type Json, type JsonObject } from '../../model/json.ts';
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

/** A test of numbers; YAML knows numbers that are none. */
export function ofNumbers(test: (value: number) => boolean): Test {
  return value => {
    if (typeof value !== 'number') return true;
    if (!Number.isFinite(value)) throw new Doubt('not a number');
    return test(value);
  };
}

export function ofTexts(test: (value: string) => boolean): Test {
  return value => typeof value !== 'string' || test(value);
}

export function ofLists(test: (value: Json[]) => boolean): Test {
  return value => !Array.isArray(value) || test(value);
}

export function ofObjects(test: (value: JsonObject) => boolean): Test {
  return value => !isObject(value) || test(value);
}
