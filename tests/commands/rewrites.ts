/** Edits of a contract for tests: faults that change what it says, and rewrites that do not. */
import { posix } from 'node:path';
import * as yaml from 'js-yaml';
import { isObject, type Json, type JsonObject } from '../../src/model/index.ts';

/** Numbers from 0 up to, but without, the given one; the same ones for the same seed (mulberry32). */
export type Dice = (below: number) => number;

export function diceOf(seed: number): Dice {
  let state = seed >>> 0;
  return below => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * below) | 0;
  };
}

/** Text that only people read. */
const PROSE = new Set(['description', 'summary']);
/** Lists in which the order says nothing. */
const UNORDERED = new Set([
  ...['required', 'enum', 'type', 'tags', 'parameters', 'allOf', 'anyOf', 'oneOf', 'security', 'servers'],
  ...['covers', 'examples', 'successors', 'messages', 'tests', 'assumes', 'lost', 'steps', 'workflows'],
]);
/** Below these stand data, in which nothing may be shuffled: it would be another example. */
const DATA = new Set(['example', 'examples', 'default', 'const', 'value', 'input', 'output']);

/** A document with one or more faults: at random places, something is missing, renamed, of another type, or too much. */
export function withFaults(document: JsonObject, count: number, dice: Dice): JsonObject {
  const copy = structuredClone(document);
  for (let at = 0; at < count; at += 1) {
    const [parent, key] = anyPlace(copy, dice);
    spoil(parent, key, dice);
  }
  return copy;
}

/** Walks down by chance, so that what stands near the root is hit as often as the many leaves. */
function anyPlace(root: JsonObject, dice: Dice): [parent: JsonObject | Json[], key: string | number] {
  let parent: JsonObject | Json[] = root;
  for (;;) {
    const keys: (string | number)[] = Array.isArray(parent) ? [...parent.keys()] : Object.keys(parent);
    // The id names the contract: with another one it is another contract.
    const eligible = keys.filter(
      key => !(parent === root && ['x-governance', 'countersign', 'id'].includes(String(key))),
    );
    const key = eligible[dice(eligible.length)]!;
    const value: Json = (parent as JsonObject)[key]!;
    const canDescend = typeof value === 'object' && value !== null && Object.keys(value).length > 0;
    if (!canDescend || dice(7) === 0) return [parent, key];
    parent = value as JsonObject | Json[];
  }
}

function spoil(parent: JsonObject | Json[], key: string | number, dice: Dice): void {
  const value = (parent as JsonObject)[key]!;
  const set = (to: Json) => {
    (parent as JsonObject)[key] = to;
  };
  switch (dice(5)) {
    case 0:
      if (Array.isArray(parent)) parent.splice(Number(key), 1);
      else delete parent[key];
      return;
    case 1:
      set(typeof value === 'string' ? 7 : `was ${typeof value}`);
      return;
    case 2:
      if (Array.isArray(parent)) parent.push(structuredClone(value));
      else {
        delete parent[key];
        parent[`${key}X`] = value;
      }
      return;
    case 3:
      if (isObject(value)) value['unknownKey'] = 'too much';
      else set([value]);
      return;
    default:
      set(typeof value === 'string' ? `${value}~x` : null);
  }
}

/** The same content in another order of keys, and of those lists whose order says nothing. */
export function reordered(value: Json, dice: Dice, name = '', isData = false): Json {
  if (Array.isArray(value)) {
    const items = value.map(item => reordered(item, dice, '', isData));
    return UNORDERED.has(name) && !isData ? shuffled(items, dice) : items;
  }
  if (!isObject(value)) return value;
  const members = Object.entries(value).map(([key, child]): [string, Json] => [
    key,
    // A list of examples may be shuffled, the examples may not.
    reordered(child, dice, key, isData || (DATA.has(key) && key !== 'examples') || name === 'examples'),
  ]);
  return Object.fromEntries(isOrderedObject(name) ? members : shuffled(members, dice));
}

/** Steps of a structure in a file layout are read in their order. */
function isOrderedObject(name: string): boolean {
  return name === 'structure' || name === 'content';
}

function shuffled<T>(list: readonly T[], dice: Dice): T[] {
  const copy = [...list];
  for (let at = copy.length - 1; at > 0; at -= 1) {
    const other = dice(at + 1);
    [copy[at], copy[other]] = [copy[other]!, copy[at]!];
  }
  return copy;
}

/** What people read, in other words. */
export function reworded(value: Json, name = '', parent = ''): Json {
  // A name in a schema, or in data, may be called like that too.
  if (DATA.has(name) || DATA.has(parent)) return value;
  if (Array.isArray(value)) return value.map(item => reworded(item));
  if (isObject(value)) {
    const own = name === 'properties' ? '' : name;
    return Object.fromEntries(
      Object.entries(value).map(([key, child]) => [key, reworded(child, name === 'properties' ? '' : key, own)]),
    );
  }
  return typeof value === 'string' && PROSE.has(name) ? `${value} As the handbook says.` : value;
}

/** The document as text, in one of several styles that mean the same. */
export function written(document: Json, dice: Dice): string {
  if (dice(4) === 0) return JSON.stringify(document, null, dice(3) * 2);
  const text = yaml.dump(document, {
    indent: 2 + dice(3),
    lineWidth: [60, 120, -1][dice(3)]!,
    flowLevel: [-1, 3, 6][dice(3)]!,
    quoteStyle: dice(2) === 0 ? 'single' : 'double',
    forceQuotes: dice(3) === 0,
    noRefs: true,
  } as yaml.DumpOptions);
  const commented = dice(2) === 0 ? `# Reviewed.\n\n${text}# The end.\n` : text;
  return dice(4) === 0 ? commented.replaceAll('\n', '\r\n') : commented;
}

/**
 * The files with one of them elsewhere, and with the references that led to it or out of it corrected. `all` are the files
 * there are, where not all of them are given.
 */
export function moved(
  documents: ReadonlyMap<string, Json>,
  from: string,
  to: string,
  all: ReadonlyMap<string, unknown> = documents,
): Map<string, { path: string; value: Json; isChanged: boolean }> {
  const place = (path: string) => (path === from ? to : path);
  return new Map(
    [...documents].map(([path, value]) => {
      let isChanged = path === from;
      const follow = (ref: string): string => {
        const [target = '', fragment] = split(ref);
        if (target === '' || /^[a-z]+:/.test(target)) return ref;
        const absolute = posix.join(posix.dirname(path), target);
        // One that leads nowhere is left alone by whoever moves a file.
        if (!all.has(absolute) || (path !== from && absolute !== from)) return ref;
        isChanged = true;
        return `${posix.relative(posix.dirname(place(path)), place(absolute))}${fragment}`;
      };
      const walk = (node: Json): Json => {
        if (Array.isArray(node)) return node.map(walk);
        if (!isObject(node)) return node;
        return Object.fromEntries(
          Object.entries(node).map(([key, child]) => [
            key,
            (key === '$ref' || key === 'url') && typeof child === 'string' ? follow(child) : walk(child),
          ]),
        );
      };
      const corrected = walk(value);
      return [path, { path: place(path), value: isChanged ? corrected : value, isChanged }];
    }),
  );
}

function split(ref: string): [string, string] {
  const hash = ref.indexOf('#');
  return hash < 0 ? [ref, ''] : [ref.slice(0, hash), ref.slice(hash)];
}
