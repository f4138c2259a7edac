/** What the kinds that are about schemas have in common: naming the part of a payload, and the place that changed. */
import { type Field, isStructural, isUndescribed } from '../load/index.ts';
import {
  type Cursor,
  extend,
  get,
  getIn,
  ITEMS,
  isObject,
  type Json,
  type JsonObject,
  segment,
  segmentName,
  VALUES,
} from '../model/index.ts';
import type { Difference } from './differences.ts';
import type { ContractPair, Detected } from './kind.ts';
import { type Direction, elsewhereFlag, type Place } from './surface.ts';

/** What a difference is about: each has a kind of change of its own in either direction. */
export type Aspect = 'type' | 'value' | 'missing' | 'extra' | 'undescribed' | 'other';

export function* differencesOf(
  { differences }: ContractPair,
  direction: Direction,
  aspect: Aspect,
): Iterable<Difference> {
  for (const difference of differences) {
    if (difference.place.base.direction === direction && aspectOf(difference) === aspect) yield difference;
  }
}

/** The same for those that are about names, name by name. */
export function* namedDifferencesOf(
  pair: ContractPair,
  direction: Direction,
  aspect: 'missing' | 'extra',
): Iterable<{ readonly difference: Difference; readonly name: string }> {
  for (const difference of differencesOf(pair, direction, aspect)) {
    for (const name of namesAtFault(difference)) yield { difference, name };
  }
}

/** Every difference has one, so that none is found and then told by nobody. */
function aspectOf(difference: Difference): Aspect {
  if (undescribedField(difference)) return 'undescribed';
  switch (difference.keyword) {
    case 'type':
    case 'nullable':
      return 'type';
    case 'enum':
    case 'const':
      return 'value';
    case 'required':
      return namesAtFault(difference).length > 0 ? 'missing' : 'other';
    case 'additionalProperties':
    case 'unevaluatedProperties':
      return namesAtFault(difference).length > 0 ? 'extra' : 'other';
    default:
      return 'other';
  }
}

/** Escaped id segments of the part at fault: a property, an item, a value of a map. */
export function segmentsOf(difference: Difference): string[] {
  return segmentsIn(difference.place.base, difference);
}

function segmentsIn({ table: { fields } }: Place, { instance, witness }: Difference): string[] {
  const path: string[] = [];
  for (const [depth, step] of instance.entries()) {
    const parent = getIn(witness, instance.slice(0, depth));
    const named = [...path, segment(String(step))];
    const mapped = [...path, VALUES];
    if (Array.isArray(parent)) path.push(ITEMS);
    else path.push(!fields.has(named.join('/')) && fields.has(mapped.join('/')) ? VALUES : named.at(-1)!);
  }
  return path;
}

/** The part of the payload that is at fault. */
export function partOf({ witness, instance }: Difference): Json | undefined {
  return getIn(witness, instance);
}

/** `"address/city" in the 200 response of GET /suppliers/{supplierId}`, or the place alone for the whole. */
export function describePart(difference: Difference, name?: string): string {
  const steps = segmentsOf(difference).map(step => (step === ITEMS || step === VALUES ? step : segmentName(step)));
  const path = name === undefined ? steps : [...steps, name];
  const { name: place } = difference.place.base;
  return path.length === 0 ? `the ${place}` : `"${path.join('/')}" in the ${place}`;
}

/** The schema of the later version that is at fault: of several that describe the part, the innermost. */
function changedSchema({ place, rejecting, accepting }: Difference): Cursor {
  return place.base.direction === 'request' ? rejecting : (accepting.at(-1) ?? place.head.cursor);
}

/** A change of the part. */
export function changeAt(difference: Difference, message: string, facts: JsonObject): Detected {
  return changeInside(difference, [], message, facts);
}

/** A change of a property inside the part. */
export function changeOfName(difference: Difference, name: string, message: string, facts: JsonObject = {}): Detected {
  return changeInside(difference, [segment(name)], message, { property: name, ...facts });
}

function changeInside(difference: Difference, inside: readonly string[], message: string, facts: JsonObject): Detected {
  const schema = changedSchema(difference);
  // That a sender may add what it likes says little about what it does.
  const severity = isNamed(difference) ? {} : { severity: 'warn' as const };
  const at = difference.place.base.direction === 'request' ? [...schema.path, difference.keyword] : schema.path;
  return {
    ...severity,
    subject: extend(difference.place.base.id, ...segmentsOf(difference), ...inside),
    message,
    location: schema.file.locate(at, 'key'),
    facts,
    node: schema,
    inside,
    witness: difference.witness,
  };
}

/** The field of a response that is demanded still, and of which nobody says any more what it is. */
export function undescribedField(difference: Difference): Field | undefined {
  const { base, head } = difference.place;
  if (base.direction !== 'response') return undefined;
  const field = head.table.fields.get(segmentsOf(difference).join('/'));
  return field && isUndescribed(field) ? field : undefined;
}

/**
 * Whether the part is what the sender says that it sends: a property that it names, or one of an object that names none.
 * What it may add to those that it names, by `additionalProperties: true`, is nothing that anyone knows of.
 */
function isNamed(difference: Difference): boolean {
  if (difference.accepting.length > 0) return true;
  const { base, head } = difference.place;
  const sender = base.direction === 'request' ? base : head;
  const { fields, recursive, truncated } = sender.table;
  if (truncated || recursive.length > 0) return true;
  const path = segmentsIn(sender, difference);
  const depth = path.findIndex((_, index) => !fields.has(path.slice(0, index + 1).join('/')));
  if (depth < 0) return true;
  const parent = path.slice(0, depth);
  const siblings = [...fields.values()].filter(
    ({ path: other }) => other.length === depth + 1 && parent.every((step, index) => other[index] === step),
  );
  return siblings.every(({ path: other }) => isStructural(other.at(-1)));
}

/** Names that the part lacks, or should not have. */
function namesAtFault(difference: Difference): string[] {
  const part = partOf(difference);
  const { keyword, rejecting } = difference;
  const said = get(rejecting.value, keyword);
  if (!isObject(part)) return [];
  if (keyword === 'required') {
    return Array.isArray(said) ? said.map(String).filter(name => !Object.hasOwn(part, name)) : [];
  }
  if (said !== false) return [];
  const { base, head } = difference.place;
  const { fields } = (base.direction === 'request' ? head : base).table;
  return Object.keys(part).filter(name => {
    const field = fields.get([...segmentsOf(difference), segment(name)].join('/'));
    return !field || isUndescribed(field);
  });
}

/** Whether the other version describes the property as one that goes this way, though it may be left out. */
export function isDescribed({ accepting, place }: Difference, name: string): boolean {
  const elsewhere = elsewhereFlag(place.base.direction);
  return accepting.some(({ value }) => {
    const property = get(get(value, 'properties'), name);
    return property !== undefined && get(property, elsewhere) !== true;
  });
}
