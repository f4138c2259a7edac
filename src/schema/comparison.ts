/** Whether one schema accepts only what another accepts. */
import type { Json } from '../model/json.ts';
import { Exhausted, Unsupported } from './budget.ts';
import { createContext, type Options } from './context.ts';
import type { SchemaDocument } from './document.ts';
import { createSolver } from './solve/solver.ts';

export type { Options };

export type Inclusion =
  | { readonly verdict: 'proved' }
  /** The first schema accepts the witness, the second does not. */
  | { readonly verdict: 'refuted'; readonly witness: Json }
  | { readonly verdict: 'unproven'; readonly reason: string };

export interface Comparison {
  /** Whether all that the schema at a pointer into the first document accepts is accepted by that of the second. */
  readonly included: (pointerA: string, pointerB: string) => Inclusion;
}

/** Many questions about two documents; what one question found out serves the others. */
export function comparison(a: SchemaDocument, b: SchemaDocument, options: Options = {}): Comparison {
  const context = createContext(options);
  const { budget, algebra, compiler } = context;
  const solver = createSolver(context);
  const [sourceA, sourceB] = [compiler.source(a), compiler.source(b)];

  function included(pointerA: string, pointerB: string): Inclusion {
    budget.refill();
    try {
      const formula = algebra.and([compiler.at(sourceA, pointerA), algebra.not(compiler.at(sourceB, pointerB))]);
      const outcome = solver.witness(formula);
      if (outcome.kind === 'empty') return { verdict: 'proved' };
      if (outcome.kind === 'value') return { verdict: 'refuted', witness: outcome.value };
      return { verdict: 'unproven', reason: outcome.reason };
    } catch (error) {
      if (error instanceof Exhausted || error instanceof Unsupported)
        return { verdict: 'unproven', reason: error.message };
      throw error;
    }
  }

  return { included };
}

/** One question about two documents that are schemas. */
export function included(a: SchemaDocument, b: SchemaDocument, options: Options = {}): Inclusion {
  return comparison(a, b, options).included('', '');
}
