import { type Direction, isObject, type Json, type JsonObject, type Mapping, type Template } from '../model/index.ts';
import { createExpressions, type Expressions, type Place, type Result } from './expressions.ts';

export { TransformError } from './expressions.ts';

/**
 * Applies one direction of a mapping. An expression without a result leaves its property out, and so does an object
 * none of whose properties has one. Throws {@link TransformError}.
 */
export async function transform(
  mapping: Pick<Mapping, Direction>,
  direction: Direction,
  source: Json,
  expressions?: Expressions,
): Promise<Json | undefined> {
  const run = { source, expressions: expressions ?? (await expressionsOf(mapping)) };
  return await apply(mapping[direction], source, run, undefined);
}

const known = new WeakMap<object, Promise<Expressions>>();

/** The compiled expressions of a mapping, kept as long as the mapping. */
export function expressionsOf(mapping: Pick<Mapping, Direction>): Promise<Expressions> {
  const found = known.get(mapping) ?? createExpressions();
  known.set(mapping, found);
  return found;
}

interface Run {
  readonly source: Json;
  readonly expressions: Expressions;
}

function apply(template: Template, context: Json, run: Run, at: Place | undefined): Result {
  if (typeof template === 'string') return run.expressions.evaluate(template, context, run.source, at);
  const { $each: each, $item: item } = template;
  if (typeof each === 'string' && item !== undefined) return applyEach(each, item, context, run, at);
  const names = Object.keys(template);
  const result: JsonObject = {};
  const from = (start: number): Result => {
    for (let index = start; index < names.length; index += 1) {
      const name = names[index]!;
      const value = apply(template[name]!, context, run, { name, within: at });
      if (value instanceof Promise) {
        return value.then(found => {
          define(result, name, found);
          return from(index + 1);
        });
      }
      define(result, name, value);
    }
    return Object.keys(result).length === 0 ? undefined : result;
  };
  return from(0);
}

function applyEach(each: string, item: Template, context: Json, run: Run, at: Place | undefined): Result {
  const place: Place = { name: '$item', within: at };
  const mapped: Json[] = [];
  const from = (elements: readonly Json[], start: number): Result => {
    for (let index = start; index < elements.length; index += 1) {
      const value = apply(item, elements[index]!, run, place);
      if (value instanceof Promise) {
        return value.then(found => {
          if (found !== undefined) mapped.push(found);
          return from(elements, index + 1);
        });
      }
      if (value !== undefined) mapped.push(value);
    }
    return mapped;
  };
  const all = (found: Json | undefined): Result =>
    found === undefined ? undefined : from(Array.isArray(found) ? found : [found], 0);
  const found = run.expressions.evaluate(each, context, run.source, { name: '$each', within: at });
  return found instanceof Promise ? found.then(all) : all(found);
}

function define(target: JsonObject, name: string, value: Json | undefined): void {
  if (value === undefined) return;
  // `__proto__` is a legal name of a field.
  if (name !== '__proto__') target[name] = value;
  else Object.defineProperty(target, name, { value, enumerable: true, writable: true, configurable: true });
}

/** Whether two values are the same JSON, whatever the order of their properties. */
export function sameJson(a: Json | undefined, b: Json | undefined): boolean {
  if (Array.isArray(a) && Array.isArray(b))
    return a.length === b.length && a.every((item, index) => sameJson(item, b[index]));
  if (!isObject(a) || !isObject(b)) return a === b;
  const names = Object.keys(a);
  return (
    names.length === Object.keys(b).length && names.every(name => Object.hasOwn(b, name) && sameJson(a[name], b[name]))
  );
}
