/** The arguments of keywords, where they are as ajv wants them. All throw a {@link Doubt} where they are not. */
import { isObject, type Json } from '../../model/json.ts';
import { Doubt } from './doubt.ts';

export function numberIn(argument: Json): number {
  if (typeof argument !== 'number' || !Number.isFinite(argument)) throw new Doubt('no number');
  return argument;
}

export function textIn(argument: Json): string {
  if (typeof argument !== 'string') throw new Doubt('no text');
  return argument;
}

export function schemasIn(argument: Json): readonly Json[] {
  if (!Array.isArray(argument) || argument.length === 0) throw new Doubt('no list of schemas');
  return argument;
}

export function mapIn(argument: Json): [string, Json][] {
  if (!isObject(argument)) throw new Doubt('no map');
  const entries = Object.entries(argument);
  for (const [name] of entries) ordinary(name);
  return entries;
}

export function namesIn(argument: Json): string[] {
  if (!Array.isArray(argument)) throw new Doubt('no list of names');
  return argument.map(name => ordinary(textIn(name)));
}

/** Ajv takes what every object inherits for a property of the value. */
function ordinary(name: string): string {
  if (name in Object.prototype) throw new Doubt('a name that every object has');
  return name;
}

/** Ajv's comparison is misled by properties that every object has, and by objects without them. */
export function assertPlain(value: Json): void {
  if (typeof value === 'number' && !Number.isFinite(value)) throw new Doubt('not a number');
  if (typeof value !== 'object' || value === null) return;
  if (isObject(value) && (value.constructor as unknown) !== Object) throw new Doubt('no plain object');
  for (const [name, child] of Object.entries(value)) {
    ordinary(name);
    assertPlain(child);
  }
}
