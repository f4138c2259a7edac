import type { Field } from '../load/index.ts';
import { type Cursor, extend, type JsonObject, type Location, type Rule, type Severity } from '../model/index.ts';
import type { Direction, Place, Surface } from './surface.ts';

export interface ContractPair {
  readonly base: Surface;
  readonly head: Surface;
}

/** One difference that can hurt someone. */
export interface Change {
  readonly rule: Rule;
  readonly severity: Severity;
  readonly direction: Direction | 'both';
  readonly subject: string;
  readonly message: string;
  readonly location: Location;
  readonly facts: JsonObject;
}

/** A family of changes: one file each, beside its rule. */
export interface ChangeKind {
  readonly rule: Rule;
  readonly direction: Direction | 'both';
  readonly area: 'contract' | 'operation' | 'message' | 'response' | 'media-type' | 'parameter' | 'property' | 'value';
  readonly action: 'removed' | 'added' | 'retyped' | 'required' | 'optional';
  /** Every change of this kind between two versions of one contract. */
  readonly detect: (
    pair: ContractPair,
  ) => Iterable<Omit<Change, 'rule' | 'direction' | 'severity'> & { severity?: Severity }>;
}

export interface PlacePair {
  readonly base: Place;
  readonly head: Place;
}

/** Places that both versions have. */
export function* samePlaces(pair: ContractPair, direction: Direction): Iterable<PlacePair> {
  for (const [key, base] of pair.base.places) {
    const head = pair.head.places.get(key);
    if (head && base.direction === direction) yield { base, head };
  }
}

export interface FieldPair {
  readonly place: PlacePair;
  readonly base: Field;
  readonly head: Field;
}

/** Fields that both versions of a place have. */
export function* sameFields(pair: ContractPair, direction: Direction): Iterable<FieldPair> {
  for (const place of samePlaces(pair, direction)) {
    for (const [path, base] of place.base.table.fields) {
      const head = place.head.table.fields.get(path);
      if (head) yield { place, base, head };
    }
  }
}

/** The field that holds this one: where something is missing, that is where to point. */
export function parentOf(place: Place, field: Field): Field | undefined {
  return field.path.length === 0 ? undefined : place.table.fields.get(field.path.slice(0, -1).join('/'));
}

export function fieldId(place: Place, field: Field): string {
  return extend(place.id, ...field.path);
}

/** `"address/city" in the 200 response of GET /suppliers/{supplierId}`, or the place alone for its root. */
export function describeField(place: Place, field: Field): string {
  return field.path.length === 0 ? place.name : `"${field.path.join('/')}" in the ${place.name}`;
}

export function placeOf(cursor: Cursor): Location {
  return cursor.file.locate(cursor.path, 'key');
}
