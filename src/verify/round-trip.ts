/**
 * Whether a document comes back from the other side as it was. Nothing, null, the empty text and what holds nothing
 * count as the same; so do two spellings of a decimal number or of a moment, where the schema says that a text is one.
 */
import { ITEMS, isObject, type Json, type JsonObject, segment } from '../model/index.ts';

/** Whether two texts at a field mean the same. */
export type SameText = (path: readonly string[], a: string, b: string) => boolean;

const exactly: SameText = (_, a, b) => a === b;

/** Fields, as segments with `[]` for items, that differ; the smallest that do. Without those below `lost`. */
export function differences(
  before: Json | undefined,
  after: Json | undefined,
  lost: readonly string[] = [],
  same: SameText = exactly,
): string[] {
  const found = new Set<string>();
  const dropped = new Set(lost);
  const walk = (a: Json | undefined, b: Json | undefined, path: readonly string[]): void => {
    const name = path.join('/');
    if (dropped.has(name)) return;
    if (Array.isArray(a) && Array.isArray(b) && a.length === b.length) {
      for (const [index, item] of a.entries()) walk(item, b[index], [...path, ITEMS]);
      return;
    }
    if (Array.isArray(a) || Array.isArray(b)) {
      if (!isNothing(a, path, dropped) || !isNothing(b, path, dropped)) found.add(name);
      return;
    }
    if (isObject(a) || isObject(b)) {
      if ((a !== undefined && !isObject(a) && a !== null) || (b !== undefined && !isObject(b) && b !== null)) {
        found.add(name);
        return;
      }
      for (const key of new Set([...keysOf(a), ...keysOf(b)])) {
        walk(memberOf(a, key), memberOf(b, key), [...path, segmentOf(key)]);
      }
      return;
    }
    if (a === b || (isNothing(a, path, dropped) && isNothing(b, path, dropped))) return;
    if (typeof a === 'string' && typeof b === 'string' && same(path, a, b)) return;
    found.add(name);
  };
  walk(before, after, []);
  return [...found];
}

/** Lists of different lengths differ as a whole, unless all that they hold is lost. */
function isNothing(value: Json | undefined, path: readonly string[], dropped: ReadonlySet<string>): boolean {
  if (value === undefined || value === null || value === '' || dropped.has(path.join('/'))) return true;
  if (Array.isArray(value)) return value.every(item => isNothing(item, [...path, ITEMS], dropped));
  if (!isObject(value)) return false;
  return Object.entries(value).every(([key, child]) => isNothing(child, [...path, segmentOf(key)], dropped));
}

const segments = new Map<string, string>();

/** Names repeat in every document; a map that grows without end would be a leak. */
function segmentOf(name: string): string {
  const known = segments.get(name);
  if (known !== undefined) return known;
  if (segments.size > 10_000) segments.clear();
  const escaped = segment(name);
  segments.set(name, escaped);
  return escaped;
}

function keysOf(value: Json | undefined): string[] {
  return isObject(value) ? Object.keys(value) : [];
}

function memberOf(value: Json | undefined, key: string): Json | undefined {
  return isObject(value) && Object.hasOwn(value, key) ? value[key] : undefined;
}

/** The values of a field, in order; those that are nothing are left out. */
export function valuesAt(document: Json | undefined, path: readonly string[]): Json[] {
  const step = (values: readonly (Json | undefined)[], name: string): (Json | undefined)[] =>
    name === ITEMS
      ? values.flatMap(value => (Array.isArray(value) ? value : []))
      : values.map(value => (isObject(value) ? (value as JsonObject)[name] : undefined));
  const found = path.reduce(step, [document]);
  return found.filter((value): value is Json => !isNothing(value, [], new Set()));
}

const DECIMAL = /^(-?)0*(\d+?)(?:\.(\d*?)0*)?$/;

/** The one spelling of a decimal number: no zeros that say nothing. */
export function decimal(text: string): string {
  const [, sign = '', whole = text, fraction = ''] = DECIMAL.exec(text) ?? [];
  const value = fraction === '' ? whole : `${whole}.${fraction}`;
  return value === '0' ? '0' : sign + value;
}

/** Whether two RFC 3339 timestamps name the same moment. */
export function isSameMoment(a: string, b: string): boolean {
  const [first, second] = [Date.parse(a), Date.parse(b)];
  return Number.isFinite(first) && first === second;
}
