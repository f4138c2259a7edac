import type { Budget } from '../budget.ts';
import type { Algebra, Atom, Formula } from '../formula.ts';
import type { Strings } from '../text/string-set.ts';
import type { Outcome } from './outcome.ts';

/** An atom that is to be true or false of a value of its type. */
export interface Literal<A extends Atom = Atom> {
  readonly atom: A;
  readonly holds: boolean;
}

/** What the theories of arrays and objects need for the values inside. */
export interface Means {
  readonly algebra: Algebra;
  readonly strings: Strings;
  readonly budget: Budget;
  /** A value of the formula. */
  readonly witness: (formula: Formula) => Outcome;
}
