import { asString, get, type Json } from '../../model/json.ts';
import * as array from '../keywords/array.ts';
import * as combination from '../keywords/combination.ts';
import { companion } from '../keywords/companion.ts';
import * as contains from '../keywords/contains.ts';
import * as enumeration from '../keywords/enumeration.ts';
import * as items from '../keywords/items.ts';
import type { Keyword } from '../keywords/keyword.ts';
import * as number from '../keywords/number.ts';
import * as object from '../keywords/object.ts';
import * as properties from '../keywords/properties.ts';
import * as reference from '../keywords/reference.ts';
import * as string from '../keywords/string.ts';
import * as type from '../keywords/type.ts';
import * as unevaluated from '../keywords/unevaluated.ts';
import type { Dialect, DialectName } from './dialect.ts';

/** What all dialects share. */
const COMMON: readonly Keyword[] = [
  reference.reference,
  enumeration.enumeration,
  number.multipleOf,
  string.minLength,
  string.maxLength,
  string.pattern,
  string.format,
  array.minItems,
  array.maxItems,
  array.uniqueItems,
  properties.properties,
  properties.additionalProperties,
  object.required,
  object.minProperties,
  object.maxProperties,
  combination.allOf,
  combination.anyOf,
  combination.oneOf,
  combination.not,
];

const DRAFT_4: readonly Keyword[] = [
  ...COMMON,
  type.type,
  number.minimumWithFlag,
  number.maximumWithFlag,
  companion('exclusiveMinimum'),
  companion('exclusiveMaximum'),
  items.itemsOrTuple,
  items.additionalItems,
  properties.patternProperties,
  object.dependencies,
];

const DRAFT_6: readonly Keyword[] = [
  ...without(DRAFT_4, 'minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum'),
  number.minimum,
  number.maximum,
  number.exclusiveMinimum,
  number.exclusiveMaximum,
  enumeration.constant,
  contains.contains,
  properties.propertyNames,
];

const DRAFT_7: readonly Keyword[] = [
  ...DRAFT_6,
  combination.conditional,
  companion('then', 'schema'),
  companion('else', 'schema'),
];

const DRAFT_2019: readonly Keyword[] = [
  ...without(DRAFT_7, 'contains', 'dependencies'),
  contains.containsCounted,
  companion('minContains'),
  companion('maxContains'),
  object.dependentRequired,
  object.dependentSchemas,
  reference.recursiveReference,
  unevaluated.unevaluatedItems,
  unevaluated.unevaluatedProperties,
];

const DRAFT_2020: readonly Keyword[] = [
  ...without(DRAFT_2019, 'contains', 'items', 'additionalItems', '$recursiveRef'),
  contains.containsEvaluating,
  items.prefixItems,
  items.items,
  reference.dynamicReference,
];

const OPENAPI_3_0: readonly Keyword[] = [
  ...COMMON,
  type.nullableType,
  companion('nullable'),
  number.minimumWithFlag,
  number.maximumWithFlag,
  companion('exclusiveMinimum'),
  companion('exclusiveMaximum'),
  items.itemsOrTuple,
];

export const DIALECTS: { readonly [name in DialectName]: Dialect } = {
  'draft-04': dialect('draft-04', 'http://json-schema.org/draft-04/schema', DRAFT_4, 'id'),
  'draft-06': dialect('draft-06', 'http://json-schema.org/draft-06/schema', DRAFT_6, '$id'),
  'draft-07': dialect('draft-07', 'http://json-schema.org/draft-07/schema', DRAFT_7, '$id'),
  '2019-09': dialect('2019-09', 'https://json-schema.org/draft/2019-09/schema', DRAFT_2019, '$id', false),
  '2020-12': dialect('2020-12', 'https://json-schema.org/draft/2020-12/schema', DRAFT_2020, '$id', false),
  // Schema objects of OpenAPI 3.0.4, section 4.7.24; they have no `id`, and draft 4's is not looked for among them.
  'openapi-3.0': dialect('openapi-3.0', 'https://spec.openapis.org/oas/3.0/dialect', OPENAPI_3_0, '$id'),
};

/** OpenAPI 3.1 and 3.2 add annotations alone to 2020-12. */
const ALSO_2020 = /^https:\/\/spec\.openapis\.org\/oas\/3\.[12]\/dialect\//;

/** The dialect that a schema's `$schema` names. */
export function dialectOf(schema: Json): Dialect | undefined {
  const uri = asString(get(schema, '$schema'))?.replace(/#$/, '');
  if (uri === undefined) return undefined;
  if (ALSO_2020.test(uri)) return DIALECTS['2020-12'];
  return Object.values(DIALECTS).find(candidate => candidate.uri === uri);
}

function dialect(
  name: DialectName,
  uri: string,
  keywords: readonly Keyword[],
  id: Dialect['id'],
  referenceAlone = true,
): Dialect {
  return { name, uri, keywords, id, referenceAlone };
}

function without(keywords: readonly Keyword[], ...names: string[]): Keyword[] {
  return keywords.filter(({ name }) => !names.includes(name));
}
