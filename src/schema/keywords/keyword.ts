import { isObject, type Json, type JsonObject } from '../../model/json.ts';
import { Unsupported } from '../budget.ts';
import type { Case } from '../evaluated.ts';
import type { Algebra, Formula } from '../formula.ts';
import type { StringSet, Strings } from '../text/string-set.ts';

/** What `format` means: an annotation, or an assertion that these formats make, by name. */
export type Formats = 'annotation' | { readonly [format: string]: { readonly pattern?: string } };

/** The schema object that a keyword stands in, and the means to read it. */
export interface Site {
  readonly schema: JsonObject;
  readonly algebra: Algebra;
  readonly strings: Strings;
  readonly formats: Formats;
  /** A schema for a part of the value: of a property, an item, a name. */
  readonly below: (schema: Json) => Formula;
  /** Strings that do not satisfy the formula. */
  readonly namesOutside: (formula: Formula) => StringSet;
  /** A schema for the same value. */
  readonly here: (schema: Json) => Formula;
  /** What a schema for the same value evaluates, where it holds. */
  readonly cases: (schema: Json) => readonly Case[];
  /** What the schema object itself evaluates, without its `unevaluated` keywords. */
  readonly ownCases: () => readonly Case[];
  /** The schema that a reference leads to, for the same value. */
  readonly follow: (reference: string, how: 'static' | 'dynamic' | 'recursive') => Followed;
}

export interface Followed {
  readonly formula: () => Formula;
  readonly cases: () => readonly Case[];
}

/** Which part of the value the schemas in a keyword are about. */
export type Reach = 'here' | 'below';

/** Where a keyword holds schemas. */
export type Holds = 'schema' | 'schemas' | 'schema or schemas' | 'map' | 'map of schemas or names';

export interface Keyword {
  readonly name: string;
  /** The values that the keyword accepts. Throws {@link Unsupported} where it is malformed. */
  readonly formula: (value: Json, site: Site) => Formula;
  /** What it evaluates; nothing where absent. */
  readonly cases?: (value: Json, site: Site) => readonly Case[];
  readonly holds?: Holds;
  readonly reach?: Reach;
}

export function count(value: Json, keyword: string): number {
  if (typeof value === 'number' && Number.isInteger(value) && value >= 0) return value;
  throw malformed(keyword, 'a count');
}

export function number(value: Json, keyword: string): number {
  if (typeof value === 'number' && Number.isFinite(value)) return value;
  throw malformed(keyword, 'a number');
}

export function text(value: Json, keyword: string): string {
  if (typeof value === 'string') return value;
  throw malformed(keyword, 'a text');
}

export function list(value: Json, keyword: string): readonly Json[] {
  if (Array.isArray(value)) return value;
  throw malformed(keyword, 'a list');
}

export function names(value: Json, keyword: string): readonly string[] {
  return list(value, keyword).map(name => text(name, keyword));
}

export function map(value: Json, keyword: string): readonly (readonly [string, Json])[] {
  if (isObject(value)) return Object.entries(value);
  throw malformed(keyword, 'an object');
}

export function malformed(keyword: string, wanted: string): Unsupported {
  return new Unsupported(`"${keyword}" is not ${wanted}`);
}
