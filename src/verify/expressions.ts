/** The JSONata expressions of a mapping: compiled once, evaluated within limits. */
import jsonata from 'jsonata';
import { parseExpression } from '../graph/index.ts';
import { BoundedSearch } from '../load/bounded-regexp.ts';
import type { Json, JsonObject } from '../model/index.ts';
import { compileFast, type FastExpression, GAVE_UP, nativeFunctions } from './fast-expression.ts';

/**
 * A mapping is a table of look-ups; what needs more than this is a program, or an attack. The time is that of the wall,
 * so evaluations take turns.
 */
const LIMITS = { timeout: 5000, stack: 200, sequence: 100_000, RegexEngine: BoundedSearch as RegExpConstructor };

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

/** A place in the template, from the inside out: only an error asks for the names. */
export interface Place {
  readonly name: string;
  readonly within: Place | undefined;
}

function placeOf(at: Place | undefined): string[] {
  const names: string[] = [];
  for (let place = at; place; place = place.within) names.unshift(place.name);
  return names;
}

/** A promise only where JSONata itself has to be asked: most documents need none. */
export type Result = Json | undefined | Promise<Json | undefined>;

export interface Expressions {
  /** `at` is the expression's place, for errors. Throws {@link TransformError}. */
  readonly evaluate: (expression: string, context: Json, source: Json, at: Place | undefined) => Result;
  /** From now on the name stands for the expression with this syntax tree. */
  readonly define: (name: string, tree: object) => void;
}

interface Compiled {
  readonly fast: FastExpression | undefined;
  /** Compiled when it is needed first. */
  readonly exact: () => jsonata.Expression;
}

export async function createExpressions(): Promise<Expressions> {
  const functions = await nativeFunctions();
  const known = new Map<string, Compiled>();
  const compiled = (expression: string): Compiled => {
    const found = known.get(expression) ?? {
      fast: compileFast(parseExpression(expression), functions),
      exact: lazily(() => jsonata(expression, LIMITS)),
    };
    known.set(expression, found);
    return found;
  };
  const exactly = async (expression: string, context: Json, source: Json, at: Place | undefined) => {
    try {
      return jsonOf(await compiled(expression).exact().evaluate(context, { source }));
    } catch (error) {
      throw transformError(error, at);
    }
  };
  return {
    evaluate(expression, context, source, at) {
      let found: unknown;
      try {
        const { fast } = compiled(expression);
        found = fast ? fast(context, source) : GAVE_UP;
      } catch (error) {
        throw transformError(error, at);
      }
      return found === GAVE_UP ? exactly(expression, context, source, at) : jsonOf(found);
    },
    define(name, tree) {
      known.set(name, { fast: compileFast(tree, functions), exact: lazily(() => expressionOf(tree)) });
    },
  };
}

function treeOf(expression: jsonata.Expression): object {
  return expression.ast();
}

/** JSONata evaluates the very tree that it hands out, so an expression becomes another one in place. */
function expressionOf(tree: object): jsonata.Expression {
  const expression = jsonata('()', LIMITS);
  const own = treeOf(expression) as Record<string, unknown>;
  for (const key of Object.keys(own)) delete own[key];
  Object.assign(own, tree);
  return expression;
}

function lazily<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

function transformError(error: unknown, at: Place | undefined): TransformError {
  const message = (error as { message?: unknown } | undefined)?.message;
  return new TransformError(placeOf(at), typeof message === 'string' ? message : String(error));
}

/** JSONata marks arrays with extra properties, even those of the document, and a lambda is no data: only a copy is JSON. */
function jsonOf(value: unknown): Json | undefined {
  if (value === undefined) return undefined;
  const copy = copyOf(value);
  return copy === undefined ? (JSON.parse(JSON.stringify(value) ?? 'null') as Json) : copy;
}

/** What JSON would make of plain data, in a fraction of the time; undefined where there is anything else in it. */
function copyOf(value: unknown): Json | undefined {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return value;
  if (typeof value === 'number') return Number.isFinite(value) ? (value === 0 ? 0 : value) : undefined;
  if (Array.isArray(value)) {
    const copy: Json[] = [];
    for (const item of value) {
      const own = copyOf(item);
      if (own === undefined) return undefined;
      copy.push(own);
    }
    return copy;
  }
  if (typeof value !== 'object' || Object.getPrototypeOf(value) !== Object.prototype) return undefined;
  const copy: JsonObject = {};
  for (const name of Object.keys(value)) {
    const own = copyOf((value as JsonObject)[name]);
    if (own === undefined || name === '__proto__') return undefined;
    copy[name] = own;
  }
  return copy;
}
