import { canonicalJson, isObject, type Json } from '../model/json.ts';
import type { Type } from './formula.ts';
import type { Reading } from './reading.ts';

/** What tells the alternatives of a schema apart, so that a value is meant for one of them. */

/** A member that tells alternatives apart, and the values that each of them lists for it: no value twice. */
export interface Tags {
  readonly name: string;
  /** Of an alternative that lists none, nothing. */
  readonly values: readonly (readonly Json[])[];
}

/** The member that tells most of them apart. */
export function tagsOf(alternatives: readonly Reading[]): Tags | undefined {
  const members = alternatives.map(listedMembers);
  const names = new Set(members.flatMap(listed => [...listed.keys()]));
  const apart = [...names].flatMap((name): Tags[] => {
    const values = members.map(listed => listed.get(name) ?? []);
    const texts = values.flat().map(canonicalJson);
    return new Set(texts).size === texts.length ? [{ name, values }] : [];
  });
  const told = ({ values }: Tags) => values.filter(list => list.length > 0).length;
  return apart.reduce<Tags | undefined>((best, tags) => (best && told(best) >= told(tags) ? best : tags), undefined);
}

/** The members whose values the schema lists, in its properties or in those of a schema that applies with it. */
function listedMembers(alternative: Reading): ReadonlyMap<string, readonly Json[]> {
  const found = new Map<string, readonly Json[]>();
  const seen = new Set<unknown>();
  const visit = (reading: Reading): void => {
    if (seen.has(reading.schema)) return;
    seen.add(reading.schema);
    for (const { keyword, value } of reading.keywords()) {
      if (keyword.name === '$ref') visit(reading.follow(String(value)));
      if (keyword.name === 'allOf' && Array.isArray(value)) {
        for (const index of value.keys()) visit(reading.inside(['allOf', index], 'here'));
      }
      if (keyword.name === 'properties' && isObject(value)) {
        for (const name of Object.keys(value)) note(name, listed(reading.inside(['properties', name], 'below')));
      }
    }
  };
  const note = (name: string, values: readonly Json[] | undefined): void => {
    if (!values) return;
    const texts = new Set(values.map(canonicalJson));
    found.set(name, found.get(name)?.filter(value => texts.has(canonicalJson(value))) ?? values);
  };
  visit(alternative);
  return found;
}

function listed(member: Reading, depth = 0): readonly Json[] | undefined {
  for (const { keyword, value } of member.keywords()) {
    if (keyword.name === 'const') return [value];
    if (keyword.name === 'enum' && Array.isArray(value)) return value;
    if (keyword.name === '$ref' && depth < DEEPEST) return listed(member.follow(String(value)), depth + 1);
  }
  return undefined;
}

const DEEPEST = 16;

/** The JSON types that a schema says its values are of; undefined where it does not say. */
export function statedTypes(reading: Reading): readonly Type[] | undefined {
  return typesWithin(reading, 0);
}

function typesWithin(alternative: Reading, depth: number): readonly Type[] | undefined {
  for (const { keyword, value } of alternative.keywords()) {
    if (keyword.name === 'type') return [...new Set([value].flat().map(typeNamed)), ...nullOf(alternative)];
    if (keyword.name === 'const') return [typeOf(value)];
    if (keyword.name === 'enum' && Array.isArray(value)) return [...new Set(value.map(typeOf))];
    if (keyword.name === '$ref' && depth < DEEPEST) {
      const followed = typesWithin(alternative.follow(String(value)), depth + 1);
      if (followed) return followed;
    }
    if (keyword.name === 'allOf' && Array.isArray(value) && depth < DEEPEST) {
      const parts = value.map((_, index) => typesWithin(alternative.inside(['allOf', index], 'here'), depth + 1));
      const stated = parts.find(types => types !== undefined);
      if (stated) return stated;
    }
  }
  return undefined;
}

/** OpenAPI 3.0: null is one of the types, too. */
const nullOf = ({ schema }: Reading): Type[] => (isObject(schema) && schema['nullable'] === true ? ['null'] : []);
const typeNamed = (name: Json): Type => (name === 'integer' ? 'number' : (name as Type));

function typeOf(value: Json): Type {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'array' : (typeof value as Type);
}
