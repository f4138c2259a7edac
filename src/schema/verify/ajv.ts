import { Ajv, type Options } from 'ajv';
import { Ajv2019 } from 'ajv/dist/2019.js';
import { Ajv2020 } from 'ajv/dist/2020.js';
import AjvDraft04 from 'ajv-draft-04';
import formatsPlugin from 'ajv-formats';
import type { Json, JsonObject } from '../../model/json.ts';
import type { DialectName } from '../dialects/dialect.ts';

/** For patterns that others wrote: a RegExp that ends. */
export type RegExpEngine = NonNullable<NonNullable<Options['code']>['regExp']>;

/** Validates with ajv; the schema must be self-contained. Throws what ajv throws of a schema that it refuses. */
export function ajvValidator(dialect: DialectName, schema: JsonObject, formats: boolean, regExp?: RegExpEngine) {
  const options: Options = {
    strict: false,
    validateSchema: false,
    validateFormats: formats,
    ...(regExp ? { code: { regExp } } : {}),
  };
  const ajv = createAjv(dialect, options);
  if (formats) formatsPlugin.default(ajv);
  return ajv.compile(schema) as (value: Json) => boolean;
}

function createAjv(dialect: DialectName, options: Options): Ajv {
  switch (dialect) {
    case 'draft-04':
    case 'openapi-3.0':
      return new AjvDraft04.default(options) as unknown as Ajv;
    case 'draft-06':
    case 'draft-07':
      return new Ajv(options);
    case '2019-09':
      return new Ajv2019(options) as unknown as Ajv;
    case '2020-12':
      return new Ajv2020(options) as unknown as Ajv;
  }
}
