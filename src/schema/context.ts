import { type Budget, createBudget, LIMITS, type Limits } from './budget.ts';
import { type Compiler, createCompiler } from './compile.ts';
import { type Algebra, createAlgebra } from './formula.ts';
import type { Formats } from './keywords/keyword.ts';
import { stringsOutside } from './names.ts';
import { createStrings, type Matches, type Strings } from './text/string-set.ts';

export interface Options {
  readonly limits?: Partial<Limits>;
  /** Asked now and then: whether the caller's time is over. */
  readonly expired?: () => boolean;
  /** What `format` means; an annotation unless told. */
  readonly formats?: Formats;
  /** Tests texts against patterns that are no regular languages; such questions stay unproven without it. */
  readonly matches?: Matches;
}

/** What all questions about the same documents share. */
export interface Context {
  readonly budget: Budget;
  readonly algebra: Algebra;
  readonly strings: Strings;
  readonly compiler: Compiler;
  readonly expand: (name: string) => ReturnType<Compiler['expand']>;
}

export function createContext(options: Options): Context {
  const budget = createBudget({ ...LIMITS, ...options.limits }, options.expired);
  const algebra = createAlgebra(budget);
  const strings = createStrings(budget, options.matches);
  const expand = (name: string) => compiler.expand(name);
  const compiler = createCompiler({
    algebra,
    strings,
    budget,
    formats: options.formats ?? 'annotation',
    namesOutside: formula => stringsOutside(formula, { strings, budget, expand }),
  });
  return { budget, algebra, strings, compiler, expand };
}
