/** The quick look at documents by the schemas of the specifications themselves. */
import { asString, entries, get, getIn, isObject, type Json, type JsonObject, parsePointer } from '../../model/json.ts';
import { quickValidator } from './evaluator.ts';
import { formatsWith } from './formats.ts';

export interface SpecificationOptions {
  /** Schemas that may be referred to by their ids; those among the root's own definitions are found without. */
  readonly others?: readonly JsonObject[];
  readonly isDraft04?: boolean;
  /** Whether formats are checked, and patterns are read without the flag `u`, as Spectral's ajv does. */
  readonly asSpectral?: boolean;
}

/** Whether a document is surely valid by the schema `root`. */
export function quickSpecification(
  root: JsonObject,
  { others = [], isDraft04 = false, asSpectral = false }: SpecificationOptions = {},
): (document: Json) => boolean {
  const parts = [root, ...entries(root['definitions']).map(([, part]) => part), ...others].filter(isObject);
  const byId = new Map(parts.map(part => [addressOf(asString(part['$id']) ?? ''), part]));
  // References inside a part with an id of its own start there.
  const hasStrangeIds = parts.some(part => entries(part).some(([key, child]) => key !== 'definitions' && hasId(child)));
  const validator = quickValidator<JsonObject>({
    resolve(ref, base) {
      const [address = '', fragment = ''] = ref.split('#');
      const resource = address === '' ? base : byId.get(absolute(address, base));
      const pointer = ref.includes('%') ? undefined : parsePointer(fragment);
      const schema = resource && pointer && getIn(resource, pointer);
      return resource && schema !== undefined ? { schema, base: resource } : undefined;
    },
    ...(isDraft04 ? { inDoubt: new Set(['const', 'if', 'contains', 'propertyNames']), hasExclusiveFlags: true } : {}),
    ...(asSpectral ? { formatOf, hasTuples: true } : {}),
    patternOf: pattern => new RegExp(pattern, asSpectral ? '' : 'u'),
  });
  return document => !hasStrangeIds && validator.isSurelyValid({ schema: root, base: root }, document);
}

/** Spectral uses those of ajv-formats as they are. */
const formatOf = formatsWith();

/** Against the id of the part that the reference stands in (RFC 3986). */
function absolute(address: string, base: JsonObject): string {
  return URL.canParse(address, asString(base['$id'])) ? new URL(address, asString(base['$id'])).href : address;
}

function addressOf(id: string): string {
  return id.replace(/#$/, '');
}

/** Whether a schema has an id, or something in it does. */
function hasId(value: Json): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return (!Array.isArray(value) && typeof get(value, '$id') === 'string') || Object.values(value).some(hasId);
}

/**
 * A copy in which `$dynamicRef: '#meta'` is a plain reference to the schema `id`: so it is where that is the outermost
 * of the schemas with this anchor (JSON Schema 2020-12 Core §8.2.3.2).
 */
export function withStaticMeta(schema: Json, id: string): Json {
  if (Array.isArray(schema)) return schema.map(item => withStaticMeta(item, id));
  if (!isObject(schema)) return schema;
  return Object.fromEntries(
    Object.entries(schema).map(([key, child]) =>
      key === '$dynamicRef' && child === '#meta' ? ['$ref', id] : [key, withStaticMeta(child, id)],
    ),
  );
}
