import type { Field } from '../load/index.ts';
import {
  type Cursor,
  extend,
  type Json,
  type JsonObject,
  type Location,
  type Rule,
  type Severity,
  segment,
} from '../model/index.ts';
import type { Difference } from './differences.ts';
import { type Call, type Direction, type Place, type PlacePair, parameterKey, type Surface } from './surface.ts';

export interface ContractPair {
  readonly base: Surface;
  readonly head: Surface;
  /** The day on which the later version is to take effect, `YYYY-MM-DD` in UTC. */
  readonly today: string;
  /** Least number of days between a deprecation and its sunset. */
  readonly noticeDays: number;
  /** What the schemas of the two versions disagree on, proven. */
  readonly differences: readonly Difference[];
}

export interface ChangedPlace {
  /** `api:suppliers@1#createSupplier/request/body/taxId`. */
  readonly id: string;
  readonly location: Location;
}

/** One difference that can hurt someone. */
export interface Change {
  readonly rule: Rule;
  readonly severity: Severity;
  readonly direction: Direction | 'both';
  readonly area: Area;
  readonly action: Action;
  readonly subject: string;
  readonly message: string;
  readonly location: Location;
  readonly facts: JsonObject;
  /** The schema at fault, where several places may share it: then they are one change. */
  readonly node?: Cursor;
  /** Escaped id segments from that schema to what changed in it: a property that is not there any more, say. */
  readonly inside?: readonly string[];
  /** A payload that one version accepts and the other does not. */
  readonly witness?: Json;
  /** Id of the schema at fault, where it has one of its own: whoever relies on that is hit at any place. */
  readonly schema?: string;
  /** Every place at which it shows; the first is where `location` is. */
  readonly places: readonly ChangedPlace[];
}

export type Area =
  | 'contract'
  | 'operation'
  | 'message'
  | 'channel'
  | 'response'
  | 'media-type'
  | 'parameter'
  | 'serialisation'
  | 'property'
  | 'schema'
  | 'value'
  | 'open-value'
  | 'content'
  | 'default'
  | 'discriminator'
  | 'security'
  | 'server'
  | 'callback'
  | 'link'
  | 'binding'
  | 'lifecycle'
  | 'version';

export type Action = 'removed' | 'added' | 'changed' | 'retyped' | 'required' | 'optional';

/** What a kind says of one change; the rest follows from the kind. */
export type Detected = Omit<Change, 'rule' | 'direction' | 'area' | 'action' | 'severity' | 'places'> & {
  readonly severity?: Severity;
};

/** A family of changes: one file each, beside its rule. */
export interface ChangeKind {
  readonly rule: Rule;
  readonly direction: Direction | 'both';
  readonly area: Area;
  readonly action: Action;
  /** Every change of this kind between two versions of one contract. */
  readonly detect: (pair: ContractPair) => Iterable<Detected>;
}

/** Places that both versions have. */
export function* samePlaces(pair: ContractPair, direction: Direction): Iterable<PlacePair> {
  for (const [key, base] of pair.base.places) {
    const head = pair.head.places.get(key);
    if (head && base.direction === direction) yield { base, head };
  }
}

export interface CallPair {
  readonly base: Call;
  readonly head: Call;
}

/** Calls that both versions have. */
export function* sameCalls(pair: ContractPair): Iterable<CallPair> {
  for (const [key, base] of pair.base.calls) {
    const head = pair.head.calls.get(key);
    if (head) yield { base, head };
  }
}

/** Channels that both versions have, by the name of the earlier one. */
export function* sameChannels({ base, head }: ContractPair) {
  for (const [name, channel] of base.channels) {
    const kept = head.channels.get(name);
    if (kept) yield { name, channel, kept };
  }
}

/** Parameters that both versions of a call have, with the id and the name of the earlier one. */
export function* sameParameters({ base, head }: CallPair) {
  const { operation, title } = base;
  for (const parameter of operation.parameters) {
    const key = parameterKey(operation, parameter);
    const kept = head.operation.parameters.find(other => parameterKey(head.operation, other) === key);
    const id = extend(operation.id, 'request', parameter.in, segment(parameter.name));
    if (kept) yield { parameter, kept, id, name: `${parameter.in} parameter "${parameter.name}" of ${title}` };
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
