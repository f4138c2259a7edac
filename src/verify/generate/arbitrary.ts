/**
 * Instances of a JSON Schema (2020-12), by fast-check: seeded, shrinking, and drawn to the edges: shortest and longest,
 * least and greatest, all that is optional and none of it. What a schema says about structure is built; what it forbids
 * (`not`, the "one" of oneOf, conditions) is generated and then filtered by ajv.
 */
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import fc from 'fast-check';
import { ajvRegExp } from '../../load/bounded-regexp.ts';
import {
  canonicalJson,
  entries,
  get,
  IDENTIFIER_FORMATS,
  ITEMS,
  isObject,
  items,
  type Json,
  type JsonObject,
  segment,
  VALUES,
} from '../../model/index.ts';
import { GenerationError, patient } from './error.ts';
import { numberOf } from './numbers.ts';
import {
  asNumber,
  type Conjunction,
  conjunctionOf,
  type Definitions,
  type Part,
  range,
  texts,
  typesOf,
  valuesOf,
} from './parts.ts';
import { FORMATS, isTidy, textMatching, textWithin } from './text.ts';

export { GenerationError } from './error.ts';

export interface Generation {
  /** Schemas by name, for references `#/$defs/<name>`. */
  readonly definitions: Readonly<JsonObject>;
  /** Properties marked so are left out: what a client never sends, or what a server never answers. */
  readonly omit?: 'readOnly' | 'writeOnly';
  /** Values that matter, by field (segments as in ids, without `[]`): every other text is one of them where it can be. */
  readonly hints?: ReadonlyMap<string, readonly Json[]>;
  /** Where the pools of texts that match patterns start. */
  readonly seed?: number;
}

/** Schemas larger than this, with all their references followed, are not generated from. */
const MAX_NODES = 20_000;
/** Lists within lists hold at most this many items together. */
const MAX_VOLUME = 100_000;
/** Lists without a limit do not get longer than this beyond what they must have. */
const MORE_ITEMS = 4;

type Entered = Conjunction['entered'];
type Built = fc.Arbitrary<Json> | undefined;

interface Builder extends Definitions {
  readonly omit: Generation['omit'];
  readonly seed: number;
  readonly hints: ReadonlyMap<string, readonly Json[]>;
  readonly isValid: (schemas: readonly Json[]) => (value: Json) => boolean;
  nodes: number;
  /** How many items the lists around the present place may hold together. */
  volume: number;
}

/** Throws a {@link GenerationError} where the schema admits nothing, or says what is not understood. */
export function arbitraryOf(
  schema: Json,
  { definitions, omit, hints = new Map(), seed = 1 }: Generation,
): fc.Arbitrary<Json> {
  const builder: Builder = {
    definitions,
    prefix: '#/$defs/',
    omit,
    hints,
    seed,
    nodes: 0,
    volume: 1,
    isValid: validity(definitions),
  };
  const built = build(builder, [schema], new Map(), '');
  if (!built) throw new GenerationError('the schema admits no instance');
  return built;
}

function validity(definitions: Readonly<JsonObject>): Builder['isValid'] {
  const ajv = new Ajv2020({
    strict: false,
    validateSchema: false,
    logger: false,
    code: { optimize: false, regExp: ajvRegExp },
    inlineRefs: false,
  });
  (formats as unknown as (ajv: Ajv2020) => void)(ajv);
  for (const [name, validate] of Object.entries(IDENTIFIER_FORMATS)) ajv.addFormat(name, validate);
  return schemas => {
    let validate: ValidateFunction | undefined;
    return value => {
      validate ??= ajv.compile({ allOf: [...schemas], $defs: definitions });
      return validate(value);
    };
  };
}

/** An instance of all the schemas; undefined where there is none. */
function build(builder: Builder, schemas: readonly Json[], entered: Entered, at: string): Built {
  builder.nodes += 1;
  if (builder.nodes > MAX_NODES) throw new GenerationError('the schema is too large, or refers to itself too often');
  const conjunction = conjunctionOf(builder, schemas, entered);
  if (!conjunction) return undefined;
  const choices = alternatives(conjunction.parts);
  const built = choices
    ? oneOf(choices.map(choice => build(builder, choice, entered, at)))
    : buildParts(builder, conjunction, at);
  if (!built || !needsCheck(conjunction.parts)) return built;
  return built.filter(patient(builder.isValid(schemas), `is valid${at === '' ? '' : ` at ${at}`}`));
}

/**
 * The ways in which the first part with alternatives can be met, each as schemas that apply together. The part itself
 * goes on without them; that exactly one holds, or that a condition fails, is left to the filter.
 */
function alternatives(parts: readonly Part[]): Json[][] | undefined {
  for (const [index, part] of parts.entries()) {
    const others = parts.filter((_, other) => other !== index) as Json[];
    const {
      anyOf,
      oneOf: exactlyOne,
      if: condition,
      then = true,
      else: otherwise = true,
      dependentSchemas,
      ...own
    } = part;
    const rest = (kept: JsonObject) => (Object.keys(kept).length > 0 ? [kept] : []);
    for (const [keyword, branches] of [
      ['oneOf', exactlyOne],
      ['anyOf', anyOf],
    ] as const) {
      if (!Array.isArray(branches)) continue;
      const { [keyword]: _, ...kept } = part;
      return branches.map(branch => [...others, ...rest(kept), branch]);
    }
    const conditions = condition === undefined ? [] : [[condition, then], [otherwise]];
    const dependent = entries(dependentSchemas).map(([, schema]) => schema);
    if (conditions.length === 0 && dependent.length === 0) continue;
    const ways = conditions.length > 0 ? conditions : [[]];
    return ways.flatMap(way => [
      [...others, ...rest(own), ...way],
      ...(dependent.length > 0 ? [[...others, ...rest(own), ...way, ...dependent]] : []),
    ]);
  }
  return undefined;
}

/** What is said in ways that building does not heed. */
const FILTERED = [
  'not',
  'oneOf',
  'if',
  'dependentSchemas',
  'contains',
  'propertyNames',
  'minProperties',
  'maxProperties',
  'patternProperties',
  'unevaluatedProperties',
  'unevaluatedItems',
];

function needsCheck(parts: readonly Part[]): boolean {
  return parts.some(part => FILTERED.some(keyword => keyword in part));
}

function oneOf(branches: readonly Built[]): Built {
  const possible = branches.filter(branch => branch !== undefined);
  if (possible.length < 2) return possible[0];
  return fc.oneof({ withCrossShrink: true }, ...possible);
}

function buildParts(builder: Builder, conjunction: Conjunction, at: string): Built {
  const { parts } = conjunction;
  const values = valuesOf(parts);
  if (values) {
    const valid = values.filter(builder.isValid(parts as Json[]));
    return valid.length > 0 ? fc.constantFrom(...valid) : undefined;
  }
  // A value that may be null mostly is not.
  const types = typesOf(parts).flatMap(type => {
    const built = buildType(builder, conjunction, type, at);
    return built ? [{ arbitrary: built, weight: type === 'null' ? 1 : 4 }] : [];
  });
  if (types.length < 2) return types[0]?.arbitrary;
  return fc.oneof({ withCrossShrink: true }, ...types);
}

function buildType(builder: Builder, conjunction: Conjunction, type: string, at: string): Built {
  const { parts } = conjunction;
  switch (type) {
    case 'null':
      return fc.constant(null);
    case 'boolean':
      return fc.boolean();
    case 'integer':
    case 'number':
      return located(at, () => number(builder, parts, type === 'integer'));
    case 'string':
      return located(at, () => hinted(builder, parts, at, text(builder, parts)));
    case 'array':
      return list(builder, conjunction, at);
    case 'object':
      return record(builder, conjunction, at);
    default:
      return undefined;
  }
}

function located<T>(at: string, make: () => T): T {
  try {
    return make();
  } catch (cause) {
    if (!(cause instanceof GenerationError) || at === '') throw cause;
    throw new GenerationError(`${at}: ${cause.message}`, { cause });
  }
}

/** Chance alone never finds the codes that an expression looks for. */
function hinted(
  { hints, isValid }: Builder,
  parts: readonly Part[],
  at: string,
  found: fc.Arbitrary<Json>,
): fc.Arbitrary<Json> {
  const known = hints.get(withoutItems(at)) ?? [];
  const valid = known.length > 0 ? known.filter(value => isTidy(String(value))).filter(isValid(parts as Json[])) : [];
  return valid.length === 0 ? found : fc.oneof({ withCrossShrink: true }, found, fc.constantFrom(...valid));
}

/** How a hint names a field: as an expression does, in which lists do not show. */
export function withoutItems(path: string): string {
  return path
    .split('/')
    .filter(name => name !== ITEMS)
    .join('/');
}

/** Whether 0.5487 is a multiple of 0.0001 is for ajv to say, which divides in binary. */
function number({ isValid }: Builder, parts: readonly Part[], isInteger: boolean): fc.Arbitrary<Json> {
  const found = numberOf(parts, isInteger);
  const isFraction = parts.some(({ multipleOf }) => multipleOf !== undefined && !Number.isInteger(multipleOf));
  return isFraction ? found.filter(patient(isValid(parts as Json[]), 'is a multiple')) : found;
}

function text({ isValid, seed }: Builder, parts: readonly Part[]): fc.Arbitrary<Json> {
  const limits = range(parts, 'minLength', 'maxLength');
  const patterns = texts(parts, 'pattern');
  const named = texts(parts, 'format').filter(format => Object.hasOwn(FORMATS, format));
  const [format] = named;
  if (format === undefined) {
    return patterns.length > 0 ? textMatching(patterns, limits, seed) : textWithin(limits);
  }
  const words = [...named, ...patterns.map(pattern => `/${pattern}/`)].join(' and ');
  const isFree = named.length === 1 && patterns.length === 0 && limits.min === 0 && limits.max === undefined;
  const found = FORMATS[format]!;
  if (isFree) return found;
  const accepts = isValid(parts as Json[]);
  // A pattern may be so narrow that no text of the format meets it by chance, such as days at noon; or so wide the other
  // way round, such as an ending.
  const meets = patterns.length === 0 || fc.sample(found, { numRuns: 100, seed }).some(accepts);
  const origin = meets ? found : textMatching(patterns, limits, seed);
  return origin.filter(patient(accepts, `is a text of ${words} within its length`));
}

function list(builder: Builder, { parts, entered }: Conjunction, at: string): Built {
  const { min, max } = range(parts, 'minItems', 'maxItems');
  if (max !== undefined && min > max) return undefined;
  const heads = parts.map(({ prefixItems }) => items(prefixItems));
  const fixed = Math.min(max ?? Number.MAX_SAFE_INTEGER, Math.max(0, ...heads.map(({ length }) => length)));
  const schemasAt = (index: number) => parts.flatMap((part, which) => heads[which]![index] ?? part['items'] ?? []);
  const place = at === '' ? ITEMS : `${at}/${ITEMS}`;
  const least = Math.max(0, min - fixed);
  const most = Math.max(least, Math.min(max === undefined ? Number.MAX_SAFE_INTEGER : max - fixed, least + MORE_ITEMS));
  const wanted = parts.flatMap(({ contains, minContains }) =>
    contains === undefined ? [] : [{ contains, count: asNumber(minContains) ?? 1 }],
  );
  const volume = builder.volume;
  builder.volume *= Math.max(1, fixed + most, ...wanted.map(({ count }) => count));
  if (builder.volume > MAX_VOLUME) throw new GenerationError(`${place}: the lists would hold too many items`);
  const inside = (schemas: readonly Json[]) => build(builder, schemas, entered, place);
  const item = inside(schemasAt(fixed));
  const isUnique = parts.some(({ uniqueItems }) => uniqueItems === true);
  const limits = { minLength: least, maxLength: item ? most : 0 };
  const tail = item ?? fc.constant<Json>(null);
  const others = isUnique
    ? fc
        .uniqueArray(tail, { ...limits, selector: canonicalJson })
        .filter(patient(found => found.length >= least, `has ${least} different items`))
    : fc.array(tail, { ...limits, size: 'max' });
  const first = heads.some(({ length }) => length > 0)
    ? Array.from({ length: fixed }, (_, index) => inside(schemasAt(index)))
    : [];
  const contained = wanted.flatMap(({ contains, count }) =>
    Array.from({ length: count }, () => inside([...schemasAt(fixed), contains])),
  );
  builder.volume = volume;
  if (!item && least > 0) return undefined;
  if (!first.every(built => built !== undefined) || !contained.every(built => built !== undefined)) return undefined;
  if (first.length === 0 && contained.length === 0) return others;
  return fc
    .tuple(fc.tuple(...first), fc.tuple(...contained), others)
    .map(([head, must, rest]) => [...head, ...must, ...rest.slice(0, Math.max(least, most - must.length))]);
}

function record(builder: Builder, { parts, entered }: Conjunction, at: string): Built {
  const required = new Set(parts.flatMap(part => items(part['required']).map(String)));
  const names = new Set([
    ...required,
    ...parts.flatMap(part => Object.keys(isObject(part['properties']) ? part['properties'] : {})),
  ]);
  const fields = new Map<string, fc.Arbitrary<Json>>();
  for (const name of names) {
    const schemas = propertySchemas(parts, name);
    if (!schemas || isOmitted(builder, schemas, entered)) {
      required.delete(name);
      if (!schemas && parts.some(part => items(part['required']).includes(name))) return undefined;
      continue;
    }
    const built = build(builder, schemas, entered, at === '' ? segment(name) : `${at}/${segment(name)}`);
    if (built) fields.set(name, built);
    else if (required.has(name)) return undefined;
  }
  const dependent = dependencies(parts);
  const named = presences(fields, required).map(value =>
    dependent.length > 0 ? withoutOrphans(value, dependent) : value,
  );
  const others = additional(builder, parts, entered, at, names);
  return others ? fc.tuple(others, named).map(([more, value]) => ({ ...more, ...value })) : named;
}

/** All schemas for a property; undefined where one of the parts does not let it through. */
function propertySchemas(parts: readonly Part[], name: string): Json[] | undefined {
  const schemas: Json[] = [];
  for (const part of parts) {
    const own = get(part['properties'], name);
    const matching = entries(part['patternProperties']).filter(([pattern]) => ajvRegExp(pattern, 'u').test(name));
    if (own !== undefined) schemas.push(own);
    schemas.push(...matching.map(([, schema]) => schema));
    if (own !== undefined || matching.length > 0) continue;
    const rest = part['additionalProperties'];
    if (rest === false) return undefined;
    if (isObject(rest)) schemas.push(rest);
  }
  return schemas;
}

function isOmitted(builder: Builder, schemas: readonly Json[], entered: Entered): boolean {
  const { omit } = builder;
  return (
    omit !== undefined && (conjunctionOf(builder, schemas, entered)?.parts.some(part => part[omit] === true) ?? false)
  );
}

/** Only what is required, anything between, everything; in this order when shrunk. */
function presences(
  fields: ReadonlyMap<string, fc.Arbitrary<Json>>,
  required: ReadonlySet<string>,
): fc.Arbitrary<JsonObject> {
  const only = (names: Iterable<string>) => Object.fromEntries([...names].map(name => [name, fields.get(name)!]));
  const musts = [...fields.keys()].filter(name => required.has(name));
  const all = only(fields.keys());
  const options = { noNullPrototype: true } as const;
  if (musts.length === fields.size) return fc.record(all, options);
  return fc.oneof(
    { withCrossShrink: true },
    { weight: 1, arbitrary: fc.record(only(musts), options) },
    { weight: 5, arbitrary: fc.record(all, { ...options, requiredKeys: musts }) },
    { weight: 3, arbitrary: fc.record(all, options) },
  );
}

type Dependency = readonly [name: string, needs: readonly string[]];

function dependencies(parts: readonly Part[]): Dependency[] {
  return parts.flatMap(part =>
    entries(part['dependentRequired']).map(([name, needs]): Dependency => [name, items(needs).map(String)]),
  );
}

/** A property goes when one that it needs is not there. */
function withoutOrphans(value: JsonObject, dependent: readonly Dependency[]): JsonObject {
  const kept = { ...value };
  for (;;) {
    const orphan = dependent.find(
      ([name, needs]) => Object.hasOwn(kept, name) && needs.some(need => !Object.hasOwn(kept, need)),
    );
    if (!orphan) return kept;
    delete kept[orphan[0]];
  }
}

/** Members of a map: properties that no part names but one describes. */
function additional(
  builder: Builder,
  parts: readonly Part[],
  entered: Entered,
  at: string,
  names: ReadonlySet<string>,
): fc.Arbitrary<JsonObject> | undefined {
  const patterns = parts.flatMap(part =>
    Object.keys(isObject(part['patternProperties']) ? part['patternProperties'] : {}),
  );
  const isMap = parts.some(part => isObject(part['additionalProperties'])) || patterns.length > 0;
  const least = range(parts, 'minProperties', 'maxProperties').min;
  if (!isMap && least <= names.size) return undefined;
  if (least > 1000) throw new GenerationError(`objects of ${least} properties are too large to be generated`);
  const nameSchemas = parts.flatMap(part => part['propertyNames'] ?? []);
  const keys = build(
    builder,
    [
      { type: 'string', minLength: 1, maxLength: 20 },
      ...nameSchemas,
      ...patterns.slice(0, 1).map(pattern => ({ pattern })),
    ],
    entered,
    `${at}/${VALUES}`,
  ) as fc.Arbitrary<string> | undefined;
  const sample = patterns[0] === undefined ? '\u0000' : undefined;
  const schemas = sample === undefined ? patternSchemas(parts, patterns[0]!) : propertySchemas(parts, sample);
  const values = schemas && build(builder, schemas, entered, `${at}/${VALUES}`);
  if (!keys || !values) return undefined;
  return fc.dictionary(keys.filter(patient(key => !names.has(key), 'is a name of its own')), values, {
    minKeys: Math.max(0, least - names.size),
    maxKeys: Math.max(3, least),
    noNullPrototype: true,
  });
}

function patternSchemas(parts: readonly Part[], pattern: string): Json[] {
  return parts.flatMap(part => get(part['patternProperties'], pattern) ?? []);
}
