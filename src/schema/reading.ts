import type { Json } from '../model/json.ts';
import type { Formula } from './formula.ts';
import type { Keyword, Reach } from './keywords/keyword.ts';

/** A schema as it is written, for those who explain it. */
export interface Reading {
  readonly schema: Json;
  /** Where it is: see {@link Resources.locate}. */
  readonly pointer: string;
  readonly formula: () => Formula;
  readonly keywords: () => readonly KeywordReading[];
  /** A schema inside, by the keys that lead to it: for a part of the value, or for the same value. */
  readonly inside: (keys: readonly (string | number)[], reach: Reach) => Reading;
  readonly follow: (reference: string) => Reading;
}

export interface KeywordReading {
  readonly keyword: Keyword;
  readonly value: Json;
  readonly formula: () => Formula;
}
