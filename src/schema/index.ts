/** JSON Schema algebra: is all that one schema accepts accepted by another, and if not, what is the smallest example. */
export type { Limits } from './budget.ts';
export { type Comparison, comparison, type Inclusion, included, type Options } from './comparison.ts';
export type { Dialect, DialectName } from './dialects/dialect.ts';
export { DIALECTS, dialectOf } from './dialects/index.ts';
export type { Disagreement } from './disagreements.ts';
export type { SchemaDocument, Side } from './document.ts';
export type { Place } from './explain.ts';
export type { Formats } from './keywords/keyword.ts';
export type { Matches } from './text/string-set.ts';
export { type Validity, validator } from './validate.ts';
export { type FormatDifference, formatDifference } from './verify/formats.ts';
export { isSameSchema } from './verify/materialise.ts';
export {
  createVerifier,
  type Verification,
  type Verifier,
  type VerifierOptions,
} from './verify/verifier.ts';
