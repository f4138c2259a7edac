import type { Json } from '../../model/json.ts';

/** Whether a formula has a value, and one that it has. */
export type Outcome =
  | { readonly kind: 'value'; readonly value: Json }
  /**
   * No value. Where the answer rests on the assumption that a question still being worked on has none either, `relies`
   * is the depth of the outermost such question.
   */
  | { readonly kind: 'empty'; readonly relies: number }
  | { readonly kind: 'unknown'; readonly reason: string };

export const EMPTY: Outcome = { kind: 'empty', relies: Number.POSITIVE_INFINITY };
export const unknown = (reason: string): Outcome => ({ kind: 'unknown', reason });
export const found = (value: Json): Outcome => ({ kind: 'value', value });

/** Collects what alternatives came to. */
export interface Tally {
  /** The outcome, after it has been taken into account. */
  readonly note: (outcome: Outcome) => Outcome;
  /** Empty if all alternatives were, with what they rely on; unknown if any was. */
  readonly total: () => Outcome;
}

export function tally(): Tally {
  let reason: string | undefined;
  let relies = Number.POSITIVE_INFINITY;
  return {
    note(outcome) {
      if (outcome.kind === 'unknown') reason ??= outcome.reason;
      if (outcome.kind === 'empty') relies = Math.min(relies, outcome.relies);
      return outcome;
    },
    total: () => (reason === undefined ? { kind: 'empty', relies } : unknown(reason)),
  };
}
