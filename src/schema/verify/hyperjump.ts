import type { Json, JsonObject } from '../../model/json.ts';
import type { DialectName } from '../dialects/dialect.ts';
import { DIALECTS } from '../dialects/index.ts';

type Register = (schema: object, uri: string, dialect: string) => void;
type Compile = (uri: string) => Promise<(value: Json) => { readonly valid: boolean }>;

interface Hyperjump {
  readonly registerSchema: Register;
  readonly unregisterSchema: (uri: string) => void;
  readonly validate: Compile;
}

/** Loaded when first needed, one dialect at a time. What is materialised from OpenAPI 3.0 is draft 4. */
const LOAD: { readonly [dialect in DialectName]: () => Promise<unknown> } = {
  'draft-04': () => import('@hyperjump/json-schema/draft-04'),
  'openapi-3.0': () => import('@hyperjump/json-schema/draft-04'),
  'draft-06': () => import('@hyperjump/json-schema/draft-06'),
  'draft-07': () => import('@hyperjump/json-schema/draft-07'),
  '2019-09': () => import('@hyperjump/json-schema/draft-2019-09'),
  '2020-12': () => import('@hyperjump/json-schema/draft-2020-12'),
};

/** Nothing is fetched: the URI is only what the schema is registered under. */
const URI = 'https://schema.example/';
let registered = 0;

/** Validates with @hyperjump/json-schema; the schema must be self-contained. */
export async function hyperjumpValidator(dialect: DialectName, schema: JsonObject): Promise<(value: Json) => boolean> {
  const hyperjump = (await LOAD[dialect]()) as Hyperjump;
  const uri = `${URI}${registered++}`;
  const name = dialect === 'openapi-3.0' ? 'draft-04' : dialect;
  hyperjump.registerSchema(schema, uri, `${DIALECTS[name].uri}${name.startsWith('draft') ? '#' : ''}`);
  try {
    const validate = await hyperjump.validate(uri);
    return value => validate(value).valid;
  } finally {
    hyperjump.unregisterSchema(uri);
  }
}
