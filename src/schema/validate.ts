import type { Json } from '../model/json.ts';
import { Exhausted, Unsupported } from './budget.ts';
import { createContext, type Options } from './context.ts';
import type { SchemaDocument } from './document.ts';
import { satisfies } from './satisfies.ts';

export type Validity = { readonly valid: boolean } | { readonly valid: undefined; readonly reason: string };

/**
 * A validator that reads the schema instead of compiling it: quick to make, exact with decimals, and honest where it
 * does not know. Returned functions take a JSON pointer to the schema in the document, and a value.
 */
export function validator(document: SchemaDocument, options: Options = {}): (pointer: string, value: Json) => Validity {
  const { budget, compiler, expand } = createContext(options);
  const source = compiler.source(document);
  return (pointer, value) => {
    budget.refill();
    try {
      const valid = satisfies(compiler.at(source, pointer), value, { budget, expand });
      return valid === undefined
        ? { valid, reason: 'it depends on a pattern or a format that is not decided' }
        : { valid };
    } catch (error) {
      if (error instanceof Exhausted || error instanceof Unsupported)
        return { valid: undefined, reason: error.message };
      throw error;
    }
  };
}
