import type { Location } from './finding.ts';
import type { Known } from './known.ts';

/** Read as a sentence: `from` *relation* `to`. */
export const RELATIONS = [
  'owned-by',
  'provided-by',
  'records-in',
  'references',
  'calls',
  'reads',
  'writes',
  'subscribes',
  'maps-from',
  'maps-to',
  'succeeded-by',
] as const;
export type Relation = (typeof RELATIONS)[number];

/** One dependency or relation, with its provenance. `from` and `to` are ids. */
export interface Edge {
  readonly from: string;
  readonly relation: Relation;
  readonly to: string;
  readonly known: Known;
  readonly source: Location;
}
