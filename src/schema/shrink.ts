import { isObject, type Json } from '../model/json.ts';

/** How many smaller values are tried, at most. */
const MOST_TRIES = 400;

/** A smaller value of which the same is true: nothing can be left out of it, and no part made simpler, one at a time. */
export function shrink(value: Json, stillTrue: (smaller: Json) => boolean): Json {
  let smallest = value;
  let tries = 0;
  for (let again = true; again; ) {
    again = false;
    for (const smaller of smallerThan(smallest)) {
      tries += 1;
      if (tries > MOST_TRIES) return smallest;
      if (!stillTrue(smaller)) continue;
      smallest = smaller;
      again = true;
      break;
    }
  }
  return smallest;
}

function* smallerThan(value: Json): Generator<Json> {
  if (Array.isArray(value)) {
    for (const index of value.keys()) yield value.toSpliced(index, 1);
    for (const [index, item] of value.entries())
      for (const smaller of smallerThan(item)) yield value.with(index, smaller);
  } else if (isObject(value)) {
    const members = Object.entries(value);
    for (const [name] of members) yield Object.fromEntries(members.filter(([other]) => other !== name));
    for (const [name, member] of members) {
      for (const smaller of smallerThan(member)) {
        yield Object.fromEntries(members.map(([other, kept]) => [other, other === name ? smaller : kept]));
      }
    }
  } else yield* simpler(value);
}

function* simpler(value: Json): Generator<Json> {
  if (typeof value === 'string' && value.length > 0) {
    yield '';
    const characters = [...value];
    if (characters.length > 2) yield characters.slice(0, characters.length >> 1).join('');
    if (characters.length > 1) yield characters.slice(0, -1).join('');
  }
  if (typeof value === 'number' && value !== 0) {
    yield 0;
    if (!Number.isInteger(value)) yield Math.trunc(value);
  }
}
