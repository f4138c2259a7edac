import type { Keyword } from '../keywords/keyword.ts';

/** A version of JSON Schema: which keywords it knows, and how a schema is named and referred to. */
export interface Dialect {
  readonly name: DialectName;
  /** What `$schema` says, without an empty fragment. */
  readonly uri: string;
  readonly keywords: readonly Keyword[];
  readonly id: '$id' | 'id';
  /** Whether all keywords beside a `$ref` are ignored. */
  readonly referenceAlone: boolean;
}

export type DialectName = 'draft-04' | 'draft-06' | 'draft-07' | '2019-09' | '2020-12' | 'openapi-3.0';
