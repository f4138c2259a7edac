/** Whether something that claims a row has what the row expects. */
import { type Expectation, extend, get, isObject, items, type Json } from '../model/index.ts';
import type { Claimant } from './claims.ts';
import { accepts, advance, HASH, matches, type Pattern, partsOf, pathParts, type State, start } from './pattern.ts';
import type { Place } from './places.ts';

/** An expectation with its patterns taken apart. */
export interface Expected {
  /** For people: `api:invoices@*#* where layer is system`. */
  readonly text: string;
  readonly ids: readonly Pattern[];
  readonly metadata: Json | undefined;
  readonly uses: readonly Pattern[] | undefined;
}

export function expected(expectation: Expectation): Expected {
  const { id = '**', metadata, uses } = typeof expectation === 'string' ? { id: expectation } : expectation;
  const conditions = metadata === undefined ? '' : ` where ${conditionsOf(metadata as Json).join(' and ')}`;
  const using = uses === undefined ? '' : ` using ${listed(uses).join(' or ')}`;
  return {
    text: `${listed(id).join(' or ')}${conditions}${using}`,
    ids: listed(id).map(partsOf),
    metadata: metadata as Json | undefined,
    uses: uses === undefined ? undefined : listed(uses).map(partsOf),
  };
}

/** The id of what meets the expectation, the claimant itself or the first place in it; undefined where nothing does. */
export function metBy({ ids, metadata, uses }: Expected, claimant: Claimant): string | undefined {
  if (metadata !== undefined && !says(claimant.metadata, metadata)) return undefined;
  if (uses && !claimant.uses.some(used => uses.some(pattern => matches(pattern, used)))) return undefined;
  for (const pattern of ids) {
    const state = advance(pattern, start(pattern), partsOf(claimant.id));
    if (accepts(pattern, state)) return claimant.id;
    if (state.size === 0) continue;
    const found = within(pattern, advance(pattern, state, [HASH]), claimant.id, claimant.places);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Looks only into places that the pattern can still lead to. */
function within(pattern: Pattern, state: State, id: string, places: () => readonly Place[]): string | undefined {
  if (state.size === 0) return undefined;
  for (const { segments, inside } of places()) {
    const next = advance(pattern, state, pathParts(segments));
    if (next.size === 0) continue;
    const here = extend(id, ...segments);
    const found = accepts(pattern, next) ? here : within(pattern, next, here, inside);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Whether `value` says at least what is wanted: `*` is anything but an empty list, a list is met by one of its items. */
function says(value: Json | undefined, wanted: Json): boolean {
  if (value === undefined) return false;
  if (Array.isArray(wanted)) return wanted.every(item => says(value, item));
  if (Array.isArray(value)) return value.some(item => says(item, wanted));
  if (wanted === '*') return true;
  if (!isObject(wanted)) return value === wanted;
  return Object.keys(wanted).every(key => says(get(value, key), get(wanted, key)!));
}

/** `sync.pattern is batch`, `sync.why is stated`. */
function conditionsOf(wanted: Json, path = ''): string[] {
  if (Array.isArray(wanted)) return items(wanted).flatMap(item => conditionsOf(item, path));
  if (wanted === '*') return [`${path} is stated`];
  if (!isObject(wanted)) return [`${path} is ${String(wanted)}`];
  return Object.entries(wanted).flatMap(([key, child]) => conditionsOf(child, path === '' ? key : `${path}.${key}`));
}

function listed(patterns: string | readonly string[]): readonly string[] {
  return typeof patterns === 'string' ? [patterns] : patterns;
}
