/** A schema taken apart: everything that applies to one place of an instance, with references and allOf resolved. */
import { asString, canonicalJson, get, isObject, items, type Json, type JsonObject } from '../../model/index.ts';
import { GenerationError } from './error.ts';

/** A schema object's own keywords, without `$ref` and allOf. */
export type Part = Readonly<JsonObject>;

export interface Definitions {
  readonly definitions: Readonly<JsonObject>;
  /** What stands before a name in a reference, e.g. `#/$defs/`. */
  readonly prefix: string;
}

export interface Conjunction {
  readonly parts: readonly Part[];
  /** How often each definition was entered on the way here. */
  readonly entered: ReadonlyMap<string, number>;
}

/** How often a definition may lie within itself. */
const RECURSION = 2;

/** Undefined where nothing is valid, or where the schema has been within itself often enough. */
export function conjunctionOf(
  { definitions, prefix }: Definitions,
  schemas: readonly Json[],
  entered: ReadonlyMap<string, number>,
): Conjunction | undefined {
  const parts: Part[] = [];
  const path = new Map(entered);
  const taken = new Set<string>();
  const take = (schema: Json): boolean => {
    if (schema === true) return true;
    if (!isObject(schema)) return false;
    const { $ref, allOf, ...own } = schema;
    if (Object.keys(own).length > 0) parts.push(own);
    if (typeof $ref === 'string' && !taken.has($ref)) {
      taken.add($ref);
      const name = $ref.slice(prefix.length);
      const target = $ref.startsWith(prefix) ? get(definitions as JsonObject, name) : undefined;
      if (target === undefined) throw new GenerationError(`the reference ${$ref} leads nowhere`);
      const count = (entered.get(name) ?? 0) + 1;
      if (count > RECURSION) return false;
      path.set(name, count);
      if (!take(target)) return false;
    }
    return items(allOf).every(take);
  };
  return schemas.every(take) ? { parts, entered: path } : undefined;
}

export type JsonType = 'object' | 'array' | 'string' | 'number' | 'integer' | 'boolean' | 'null';

const TELLING: readonly [JsonType, readonly string[]][] = [
  [
    'object',
    ['properties', 'required', 'additionalProperties', 'patternProperties', 'minProperties', 'dependentRequired'],
  ],
  ['array', ['items', 'prefixItems', 'minItems', 'maxItems', 'contains']],
  ['string', ['pattern', 'minLength', 'maxLength', 'format']],
  ['number', ['minimum', 'maximum', 'multipleOf', 'exclusiveMinimum', 'exclusiveMaximum']],
];

/** Types that all parts allow; where none states one, what the other keywords are about. */
export function typesOf(parts: readonly Part[]): JsonType[] {
  const stated = parts.flatMap(({ type }) => {
    if (type === undefined) return [];
    return [new Set((Array.isArray(type) ? type : [type]).map(String))];
  });
  const [first, ...others] = stated;
  if (!first) {
    const told = TELLING.find(([, keywords]) => parts.some(part => keywords.some(keyword => keyword in part)));
    return told ? [told[0]] : ['string', 'integer', 'boolean'];
  }
  const allows = (set: ReadonlySet<string>, type: string) => set.has(type) || (type === 'integer' && set.has('number'));
  const candidates = new Set([...first, ...(first.has('number') ? ['integer'] : [])]);
  const common = [...candidates].filter(type => others.every(set => allows(set, type)));
  return common.filter(type => type !== 'integer' || !common.includes('number')) as JsonType[];
}

/** Values that a part lists: const or enum. */
export function valuesOf(parts: readonly Part[]): Json[] | undefined {
  const lists = parts.flatMap(part =>
    'const' in part ? [[part['const']!]] : Array.isArray(part['enum']) ? [part['enum']] : [],
  );
  const [first, ...others] = lists.map(list => new Map(list.map(value => [canonicalJson(value), value])));
  if (!first) return undefined;
  return [...first].flatMap(([text, value]) => (others.every(other => other.has(text)) ? [value] : []));
}

export function asNumber(value: Json | undefined): number | undefined {
  return typeof value === 'number' ? value : undefined;
}

export function texts(parts: readonly Part[], keyword: string): string[] {
  return [...new Set(parts.flatMap(part => asString(part[keyword]) ?? []))];
}

/** The largest lower bound and the smallest upper bound. */
export function range(parts: readonly Part[], low: string, high: string): { min: number; max: number | undefined } {
  const mins = parts.flatMap(part => asNumber(part[low]) ?? []);
  const maxs = parts.flatMap(part => asNumber(part[high]) ?? []);
  return { min: Math.max(0, ...mins), max: maxs.length === 0 ? undefined : Math.min(...maxs) };
}
