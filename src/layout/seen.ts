/** Keys that were seen before, in a few bytes each: a file may hold millions. */

/** In three numbers of 32 bits each, in tables of which at most three quarters are full: 48 MB. */
export const MAX_KEYS = 2_000_000;
/** Tables that grow one after the other: while one large one grew, two of them would be alive. */
const TABLES = 256;

export interface Seen {
  /** The number under which the key was first added; 0 where it is new; undefined where there is no more room. */
  readonly add: (key: string, number: number) => number | undefined;
}

/**
 * Keeps 64 bits of each key, so that two of two million different keys are taken for the same with a probability of one
 * in ten million.
 */
export function seenKeys(): Seen {
  const tables = Array.from({ length: TABLES }, tableOf);
  let count = 0;
  return {
    add(key, number) {
      const high = hash(key, 0x811c9dc5);
      const low = hash(key, 0x9e3779b9);
      // The highest bits choose the table, the lowest ones the slot in it.
      const table = tables[high >>> 24]!;
      const known = table.find(high, low);
      if (known > 0) return known;
      if (count >= MAX_KEYS) return undefined;
      table.put(high, low, number);
      count += 1;
      return 0;
    },
  };
}

interface Table {
  /** 0 where the hash is not in it. */
  readonly find: (high: number, low: number) => number;
  readonly put: (high: number, low: number, number: number) => void;
}

function tableOf(): Table {
  // Three numbers a slot: two halves of the hash, and the number; 0 where the slot is free.
  let slots = new Uint32Array(3 * 16);
  let count = 0;

  const at = (high: number, low: number): number => {
    const size = slots.length / 3;
    let slot = low & (size - 1);
    while (slots[slot * 3 + 2] !== 0 && (slots[slot * 3] !== high || slots[slot * 3 + 1] !== low)) {
      slot = (slot + 1) & (size - 1);
    }
    return slot * 3;
  };
  const grow = () => {
    const old = slots;
    slots = new Uint32Array(old.length * 2);
    for (let from = 0; from < old.length; from += 3) {
      if (old[from + 2] === 0) continue;
      const slot = at(old[from]!, old[from + 1]!);
      for (let part = 0; part < 3; part += 1) slots[slot + part] = old[from + part]!;
    }
  };
  return {
    find: (high, low) => slots[at(high, low) + 2]!,
    put(high, low, number) {
      const slot = at(high, low);
      slots[slot] = high;
      slots[slot + 1] = low;
      slots[slot + 2] = number;
      count += 1;
      // Where more than three quarters are full, searches get long.
      if (count * 4 > slots.length) grow();
    },
  };
}

/** FNV-1a with a final mix (that of MurmurHash3), so that keys that differ in one digit spread. */
function hash(text: string, seed: number): number {
  let value = seed;
  for (let at = 0; at < text.length; at += 1) value = Math.imul(value ^ text.charCodeAt(at), 0x01000193);
  value = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
  value = Math.imul(value ^ (value >>> 13), 0xc2b2ae35);
  return (value ^ (value >>> 16)) >>> 0;
}
