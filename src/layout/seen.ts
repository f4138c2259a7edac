/** Keys that were seen before, in a few bytes each: a file may hold millions. */

/** Keys of a table that takes 48 MB when it is full. */
export const MAX_KEYS = 2_000_000;

export interface Seen {
  /** The number under which the key was first added; 0 where it is new; undefined where there is no more room. */
  readonly add: (key: string, number: number) => number | undefined;
}

/**
 * Keeps 64 bits of each key, so that two of two million different keys are taken for the same with a probability of one
 * in ten million.
 */
export function seenKeys(): Seen {
  // Three numbers a slot: two halves of the hash, and the number; 0 where the slot is free.
  let slots = new Uint32Array(3 * 16);
  let count = 0;

  const find = (high: number, low: number): number => {
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
    for (let at = 0; at < old.length; at += 3) {
      if (old[at + 2] === 0) continue;
      const slot = find(old[at]!, old[at + 1]!);
      slots.set(old.subarray(at, at + 3), slot);
    }
  };
  return {
    add(key, number) {
      const high = hash(key, 0x811c9dc5);
      const low = hash(key, 0x9e3779b9);
      const slot = find(high, low);
      if (slots[slot + 2] !== 0) return slots[slot + 2]!;
      if (count >= MAX_KEYS) return undefined;
      slots[slot] = high;
      slots[slot + 1] = low;
      slots[slot + 2] = number;
      count += 1;
      if (count * 2 > slots.length / 3) grow();
      return 0;
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
