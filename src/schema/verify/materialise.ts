import { canonicalJson, isObject, type Json, type JsonObject } from '../../model/json.ts';
import { Unsupported } from '../budget.ts';
import type { DialectName } from '../dialects/dialect.ts';
import { indexResources, type Place, type Resources, type SchemaDocument, type Side } from '../document.ts';
import type { Formats, Keyword } from '../keywords/keyword.ts';
import { unicodePattern } from '../text/pattern.ts';

/**
 * The schema at a pointer as a document of its own, for validators that know nothing of where it comes from: all that
 * it refers to is in it, transformations are applied, annotations and what the dialect ignores are left out. Throws
 * {@link Unsupported} where references depend on the way to them.
 */
export function materialise(
  document: SchemaDocument,
  pointer: string,
  formats: Formats,
  readPattern = unicodePattern,
): { readonly schema: JsonObject; readonly dialect: DialectName } {
  const resources = resourcesOf(document);
  if (resources.dynamic()) throw new Unsupported('dynamic references cannot be made static');
  const root = resources.at(pointer);
  const names = new Map<Json, string>();
  const queue: Place[] = [];
  const copier = createCopier(document, resources, { formats, readPattern }, target => {
    const known = names.get(target.schema);
    if (known !== undefined) return known;
    const name = `#/definitions/${names.size}`;
    names.set(target.schema, name);
    queue.push(target);
    return name;
  });
  const schema = copier.copy(root);
  const definitions: JsonObject = {};
  for (let place = queue.shift(); place; place = queue.shift()) {
    definitions[names.get(place.schema)!.slice('#/definitions/'.length)] = copier.copy(place);
  }
  const dialect = root.dialect.name;
  if (names.size === 0) return { schema: isObject(schema) ? schema : schema === true ? {} : { not: {} }, dialect };
  // Before 2019-09 a reference hides what stands beside it.
  const whole = isObject(schema) && !('$ref' in schema) ? schema : { allOf: [schema] };
  return { schema: { ...whole, definitions }, dialect };
}

/**
 * Whether two schemas say the same in the same words, annotations and formats apart. False where that cannot be seen.
 */
export function isSameSchema(a: Side, b: Side): boolean {
  const textOf = ({ document, pointer }: Side) => {
    const { schema, dialect } = materialise(document, pointer, 'annotation', pattern => pattern);
    return `${dialect} ${canonicalJson(schema)}`;
  };
  try {
    return textOf(a) === textOf(b);
  } catch (error) {
    if (error instanceof Unsupported || error instanceof RangeError) return false;
    throw error;
  }
}

const indexed = new WeakMap<SchemaDocument, Resources>();

/** Many schemas of few documents are asked for. */
function resourcesOf(document: SchemaDocument): Resources {
  const resources = indexed.get(document) ?? indexResources(document);
  indexed.set(document, resources);
  return resources;
}

function createCopier(
  document: SchemaDocument,
  resources: Resources,
  { formats, readPattern }: { readonly formats: Formats; readonly readPattern: (pattern: string) => string },
  nameOf: (target: Place) => string,
) {
  function copy(outer: Place): Json {
    const place = resources.entered(outer);
    if (!isObject(place.schema)) return place.schema;
    const schema = document.transform?.(place.schema) ?? place.schema;
    const { dialect } = place;
    const alone = dialect.referenceAlone && typeof schema['$ref'] === 'string';
    const copied: JsonObject = {};
    for (const keyword of dialect.keywords) {
      const value = schema[keyword.name];
      if (value === undefined || (alone && keyword.name !== '$ref')) continue;
      Object.assign(copied, keywordOf(keyword, value, schema, place));
    }
    return apartFromTuple(copied);
  }

  function keywordOf(keyword: Keyword, value: Json, schema: JsonObject, place: Place): JsonObject {
    const inside = (sub: Json) => copy({ ...place, schema: sub });
    switch (keyword.name) {
      case '$ref':
        return { $ref: nameOf(resources.resolve(String(value), place)) };
      case 'pattern':
        return { pattern: typeof value === 'string' ? readPattern(value) : value };
      case 'patternProperties':
        return { patternProperties: mapped(value, inside, readPattern) };
      case 'format':
        return formats !== 'annotation' && typeof value === 'string' && Object.hasOwn(formats, value)
          ? { format: value }
          : {};
      case 'nullable':
        return {};
      // In draft 4 they say something of the bound beside them, and nothing without it; ajv refuses them then.
      case 'exclusiveMinimum':
      case 'exclusiveMaximum':
        return typeof value !== 'boolean' || boundBeside(keyword.name) in schema ? { [keyword.name]: value } : {};
      case 'type':
        return { type: place.dialect.name === 'openapi-3.0' && schema['nullable'] === true ? withNull(value) : value };
      default:
        return { [keyword.name]: copiedValue(keyword, value, inside) };
    }
  }

  return { copy };
}

const boundBeside = (exclusive: string) => (exclusive === 'exclusiveMinimum' ? 'minimum' : 'maximum');

function copiedValue({ holds }: Keyword, value: Json, inside: (schema: Json) => Json): Json {
  switch (holds) {
    case 'schema':
      return inside(value);
    case 'schemas':
    case 'schema or schemas':
      return Array.isArray(value) ? value.map(inside) : inside(value);
    case 'map':
      return mapped(value, inside);
    case 'map of schemas or names':
      return mapped(value, sub => (Array.isArray(sub) ? sub : inside(sub)));
    default:
      return value;
  }
}

function mapped(value: Json, inside: (schema: Json) => Json, rename = (name: string) => name): Json {
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, schema]) => [rename(name), inside(schema)]));
}

const withNull = (type: Json): Json => (Array.isArray(type) ? [...type, 'null'] : [type, 'null']);

const COUNTING = ['contains', 'minContains', 'maxContains'];

/** ajv 8.20 takes `contains` for satisfied where a tuple beside it is; in a schema of its own it is checked. */
function apartFromTuple(schema: JsonObject): JsonObject {
  if (!('contains' in schema) || !(Array.isArray(schema['items']) || 'prefixItems' in schema)) return schema;
  const [counting, others] = [true, false].map(wanted =>
    Object.fromEntries(Object.entries(schema).filter(([name]) => COUNTING.includes(name) === wanted)),
  ) as [JsonObject, JsonObject];
  const allOf = Array.isArray(others['allOf']) ? others['allOf'] : [];
  return { ...others, allOf: [...allOf, counting] };
}
