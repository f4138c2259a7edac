/** Which schemas inside a schema apply to which parts of a value. */
import { get, isObject, type Json, type Path } from '../model/json.ts';
import type { KeywordReading, Reading } from './reading.ts';
import type { Strings } from './text/string-set.ts';

export interface Application {
  readonly to: Reading;
  /** The part of the value, from the value on. */
  readonly path: Path;
  readonly value: Json;
  /** Whether the schema must accept its part for the keyword to hold, whatever else does. */
  readonly must: boolean;
}

/** Of one keyword to one value. What a keyword says beyond its schemas, such as a count, is not in here. */
export function* applications(
  { keyword, value: held }: KeywordReading,
  reading: Reading,
  value: Json,
  strings: Strings,
): Generator<Application> {
  const here = (keys: Path, must: boolean): Application => ({
    to: reading.inside(keys, 'here'),
    path: [],
    value,
    must,
  });
  const below = (keys: Path, segment: string | number): Application => ({
    to: reading.inside(keys, 'below'),
    path: [segment],
    value: get(value, segment)!,
    must: true,
  });
  const { name } = keyword;
  const names = isObject(value) ? Object.keys(value) : [];
  const indices = Array.isArray(value) ? [...value.keys()] : [];
  switch (name) {
    case '$ref':
      yield { to: reading.follow(String(held)), path: [], value, must: true };
      return;
    case 'allOf':
    case 'anyOf':
    case 'oneOf':
      for (const index of keysOf(held)) yield here([name, Number(index)], name === 'allOf');
      return;
    case 'if':
      for (const branch of ['then', 'else']) if (get(reading.schema, branch) !== undefined) yield here([branch], false);
      return;
    case 'dependentSchemas':
    case 'dependencies':
      for (const key of keysOf(held))
        if (names.includes(key) && !Array.isArray(get(held, key))) yield here([name, key], true);
      return;
    case 'properties':
      for (const key of names) if (get(held, key) !== undefined) yield below([name, key], key);
      return;
    case 'patternProperties':
      for (const pattern of keysOf(held)) {
        for (const key of names) if (strings.pattern(pattern).has(key) === true) yield below([name, pattern], key);
      }
      return;
    case 'additionalProperties': {
      const [named, patterns] = [get(reading.schema, 'properties'), keysOf(get(reading.schema, 'patternProperties'))];
      for (const key of names) {
        if (get(named, key) === undefined && patterns.every(pattern => strings.pattern(pattern).has(key) === false)) {
          yield below([name], key);
        }
      }
      return;
    }
    case 'prefixItems':
      for (const index of indices) if (get(held, index) !== undefined) yield below([name, index], index);
      return;
    case 'items':
    case 'additionalItems': {
      const tuple = [get(reading.schema, 'prefixItems'), get(reading.schema, 'items')].find(Array.isArray) as
        | Json[]
        | undefined;
      for (const index of indices) {
        if (name === 'items' && Array.isArray(held)) {
          if (index < held.length) yield below([name, index], index);
        } else if (index >= (tuple?.length ?? 0)) yield below([name], index);
      }
      return;
    }
  }
}

const keysOf = (value: Json | undefined): string[] =>
  typeof value === 'object' && value !== null ? Object.keys(value) : [];
