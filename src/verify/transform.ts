import jsonata, { type Expression } from 'jsonata';
import { type Direction, isObject, type Json, type JsonObject, type Mapping, type Template } from '../model/index.ts';

/**
 * A mapping is a table of look-ups; what needs more than this is a program, or an attack. The time is that of the wall,
 * so evaluations take turns.
 */
const LIMITS = { timeout: 5000, stack: 200, sequence: 100_000 };

/** An expression of a mapping failed on a document. */
export class TransformError extends Error {
  override readonly name = 'TransformError';
  constructor(
    /** The expression's place in the template. */
    readonly at: readonly string[],
    message: string,
  ) {
    super(message);
  }
}

/**
 * Applies one direction of a mapping. An expression without a result leaves its property out, and so does an object
 * none of whose properties has one. Throws {@link TransformError}.
 */
export async function transform(mapping: Mapping, direction: Direction, source: Json): Promise<Json | undefined> {
  const parsed = expressions.get(mapping) ?? new Map<string, Expression>();
  expressions.set(mapping, parsed);
  return apply({ source, parsed }, mapping[direction], source, []);
}

/** Parsing costs several times what evaluating does, so it is done once for all tests of a mapping. */
const expressions = new WeakMap<Mapping, Map<string, Expression>>();

interface Transformation {
  readonly source: Json;
  readonly parsed: Map<string, Expression>;
}

async function apply(
  transformation: Transformation,
  template: Template,
  context: Json,
  at: readonly string[],
): Promise<Json | undefined> {
  if (typeof template === 'string') return evaluate(transformation, template, context, at);
  const { $each: each, $item: item } = template;
  if (typeof each === 'string' && item !== undefined) {
    const found = await evaluate(transformation, each, context, [...at, '$each']);
    if (found === undefined) return undefined;
    const elements = Array.isArray(found) ? found : [found];
    const mapped: Json[] = [];
    for (const element of elements) {
      const value = await apply(transformation, item, element, [...at, '$item']);
      if (value !== undefined) mapped.push(value);
    }
    return mapped;
  }
  const result: JsonObject = {};
  for (const [property, child] of Object.entries(template)) {
    const value = await apply(transformation, child, context, [...at, property]);
    if (value !== undefined)
      Object.defineProperty(result, property, { value, enumerable: true, writable: true, configurable: true });
  }
  return Object.keys(result).length === 0 ? undefined : result;
}

async function evaluate(
  { source, parsed }: Transformation,
  expression: string,
  context: Json,
  at: readonly string[],
): Promise<Json | undefined> {
  try {
    const known = parsed.get(expression) ?? jsonata(expression, LIMITS);
    parsed.set(expression, known);
    const result: unknown = await known.evaluate(context, { source });
    // JSONata marks its arrays with extra properties, and a lambda is no data.
    return result === undefined ? undefined : (JSON.parse(JSON.stringify(result) ?? 'null') as Json);
  } catch (error) {
    const message = (error as { message?: unknown } | undefined)?.message;
    throw new TransformError(at, typeof message === 'string' ? message : String(error));
  }
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
