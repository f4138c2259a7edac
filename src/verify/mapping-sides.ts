/** The two sides of a mapping: their schemas, their fields, and whether a document is one of theirs. */

import { homeOf, schemaBehind } from '../graph/index.ts';
import { boundedRegExp } from '../load/bounded-regexp.ts';
import {
  contractById,
  deref,
  down,
  type FieldTable,
  fieldsOf,
  rootOf,
  type Violation,
  validatorFor,
} from '../load/index.ts';
import {
  asString,
  type Contract,
  type Cursor,
  type Direction,
  type Entry,
  type Estate,
  get,
  ITEMS,
  type Json,
  type Mapping,
  segment,
} from '../model/index.ts';
import { decimal, isSameMoment, type SameText } from './round-trip.ts';

export interface Side {
  readonly cursor: Cursor;
  /** The files that its references resolve in. */
  readonly home: Pick<Estate, 'files'>;
  readonly table: FieldTable;
  /** The contract that the schema stands in. */
  readonly contract: Contract | undefined;
  /** What is wrong with a document of this side. */
  readonly violations: (value: Json) => readonly Violation[];
}

/** The two sides of one direction. */
export interface Sides {
  readonly source: Side;
  readonly target: Side;
}

/** A side that leads into a file layout, but to nothing that has a schema. */
export interface SideWithoutSchema {
  readonly without: 'canonical' | 'vendor';
}

/** Undefined where a reference leads nowhere, which was reported while loading. */
export function sidesOf(
  estate: Estate,
  mapping: Entry<Mapping>,
): Record<Direction, Sides> | SideWithoutSchema | undefined {
  const root = rootOf(mapping.file);
  const [canonicalAt, vendorAt] = [down(root, 'canonical'), down(root, 'vendor')].map(at => deref(estate.files, at));
  if (!contractById(estate, mapping.id) || !canonicalAt || !vendorAt) return undefined;
  const [canonical, vendor] = [schemaBehind(estate, canonicalAt), schemaBehind(estate, vendorAt)];
  if (!canonical) return { without: 'canonical' };
  if (!vendor) return { without: 'vendor' };
  const [ours, theirs] = [sideOf(estate, canonical), sideOf(estate, vendor)];
  return { toVendor: { source: ours, target: theirs }, toCanonical: { source: theirs, target: ours } };
}

function sideOf(estate: Estate, cursor: Cursor): Side {
  const contract = estate.contracts.find(({ file }) => file === cursor.file);
  const home = homeOf(estate, cursor);
  const validator = validatorFor(home, contract?.dialect ?? { name: 'json-schema', version: '2020-12' });
  return {
    cursor,
    home,
    contract,
    table: fieldsOf(estate, cursor),
    violations: value => validator.check(cursor, value),
  };
}

/** The field that a violation is about: segments with `[]` for items, the missing or superfluous property included. */
export function fieldOf({ path, property }: Violation): string[] {
  const steps = path.map(step => (/^\d+$/.test(step) ? ITEMS : segment(step)));
  return property === undefined ? steps : [...steps, segment(property)];
}

/** A request may leave out what only the server sets. */
export function isServersOwn({ table, contract }: Side, violation: Violation): boolean {
  if (contract?.kind !== 'api' || violation.keyword !== 'required') return false;
  return get(table.fields.get(fieldOf(violation).join('/'))?.cursor.value, 'readOnly') === true;
}

/** Texts that the schema calls timestamps mean moments; texts whose pattern is that of a decimal number mean numbers. */
export function sameTextOn({ table }: Side): SameText {
  const meanings = new Map<string, 'moment' | 'decimal' | 'text'>();
  return (path, a, b) => {
    if (a === b) return true;
    const name = path.join('/');
    const meaning = meanings.get(name) ?? meaningOf(table.fields.get(name)?.cursor.value);
    meanings.set(name, meaning);
    if (meaning === 'moment') return isSameMoment(a, b);
    return meaning === 'decimal' && decimal(a) === decimal(b);
  };
}

function meaningOf(schema: Json | undefined): 'moment' | 'decimal' | 'text' {
  if (get(schema, 'format') === 'date-time') return 'moment';
  const pattern = asString(get(schema, 'pattern'));
  if (pattern === undefined) return 'text';
  try {
    const expression = boundedRegExp(pattern, 'u');
    const isDecimal =
      expression.test('7.1') && expression.test('7.10') && !expression.test('x') && !expression.test('7-1');
    return isDecimal ? 'decimal' : 'text';
  } catch {
    return 'text';
  }
}
