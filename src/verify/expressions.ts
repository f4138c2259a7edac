/** The JSONata expressions of a mapping: compiled once, evaluated within limits. */
import jsonata from 'jsonata';
import { BoundedSearch } from '../load/bounded-regexp.ts';
import type { Json } from '../model/index.ts';
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

/** A promise only where JSONata itself has to be asked: most documents need none. */
export type Result = Json | undefined | Promise<Json | undefined>;

export interface Expressions {
  /** `at` names the expression's place in errors. Throws {@link TransformError}. */
  readonly evaluate: (expression: string, context: Json, source: Json, at: readonly string[]) => Result;
}

interface Compiled {
  readonly fast: FastExpression | undefined;
  /** Parsed when it is asked for: most expressions never need it. */
  readonly exact: () => jsonata.Expression;
}

export async function createExpressions(): Promise<Expressions> {
  const functions = await nativeFunctions();
  const known = new Map<string, Compiled>();
  const compiled = (expression: string): Compiled => {
    const found = known.get(expression) ?? { fast: compileFast(expression, functions), exact: lazily(expression) };
    known.set(expression, found);
    return found;
  };
  const exactly = async (expression: string, context: Json, source: Json, at: readonly string[]) => {
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
  };
}

function lazily(expression: string): () => jsonata.Expression {
  let parsed: jsonata.Expression | undefined;
  return () => {
    parsed ??= jsonata(expression, LIMITS);
    return parsed;
  };
}

function transformError(error: unknown, at: readonly string[]): TransformError {
  const message = (error as { message?: unknown } | undefined)?.message;
  return new TransformError(at, typeof message === 'string' ? message : String(error));
}

/** JSONata marks its arrays with extra properties, and a lambda is no data. */
function jsonOf(value: unknown): Json | undefined {
  if (value === undefined || value === null) return value;
  if (typeof value === 'string' || typeof value === 'boolean') return value;
  if (typeof value === 'number' && Number.isFinite(value)) return Object.is(value, -0) ? 0 : value;
  return JSON.parse(JSON.stringify(value) ?? 'null') as Json;
}
