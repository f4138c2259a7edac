/** Validators for the schemas of a plan, in one ajv, each compiled when it is first needed. */
import { Ajv2020, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import { ajvRegExp } from '../load/bounded-regexp.ts';
import { schemaBundle } from '../load/bundle.ts';
import type { Cursor, Estate } from '../model/estate.ts';
import { escapePointer, isObject, type Json } from '../model/json.ts';

export interface Fault {
  /** JSON Pointer into the value. */
  readonly pointer: string;
  readonly message: string;
}

export type Validate = (value: Json) => Fault[];

/** More faults than this help nobody; our Problem schema allows as many. */
const MAX_FAULTS = 100;
const BASE = 'urn:countersign:mock';

export interface Validators {
  /** Must be called for all schemas before the first value is validated. */
  of(schema: Cursor, side: 'request' | 'response'): Validate;
}

export function validatorsFor(estate: Pick<Estate, 'files'>): Validators {
  const bundle = schemaBundle(estate, { prefix: `${BASE}#/$defs/`, jsonSchema: true });
  let ajv: Ajv2020 | undefined;
  const start = (): Ajv2020 => {
    const created = new Ajv2020({
      allErrors: true,
      strict: false,
      verbose: true,
      validateSchema: false,
      code: { regExp: ajvRegExp },
      logger: false,
    });
    // CJS: the function is the module itself and its `default`, depending on who loads it.
    (formats as unknown as { default: typeof formats.default }).default(created);
    return created.addSchema({ $id: BASE, $defs: bundle.definitions });
  };
  return {
    of(schema, side) {
      const name = bundle.nameOf(schema);
      let compiled: ValidateFunction | undefined;
      return value => {
        ajv ??= start();
        compiled ??= ajv.compile({ $ref: `${BASE}#/$defs/${escapePointer(name)}` });
        if (compiled(value)) return [];
        const errors = (compiled.errors ?? []).filter(error => side === 'response' || !isReadOnlyGap(error));
        return errors.slice(0, MAX_FAULTS).map(faultOf);
      };
    },
  };
}

/** A read-only property that is required is required of responses only (OpenAPI 3.0 §4.7.24.2). */
function isReadOnlyGap(error: ErrorObject): boolean {
  if (error.keyword !== 'required') return false;
  const properties = (error.parentSchema?.['properties'] ?? {}) as Json;
  const property = isObject(properties) ? properties[String(error.params['missingProperty'])] : undefined;
  return isObject(property) && property['readOnly'] === true;
}

function faultOf(error: ErrorObject): Fault {
  const inside = (name: unknown) => `${error.instancePath}/${escapePointer(String(name))}`;
  const { params } = error;
  switch (error.keyword) {
    case 'required':
      return { pointer: inside(params['missingProperty']), message: 'is required' };
    case 'additionalProperties':
    case 'unevaluatedProperties':
      return {
        pointer: inside(params['additionalProperty'] ?? params['unevaluatedProperty']),
        message: 'is not a known property',
      };
    case 'enum':
      return {
        pointer: error.instancePath,
        message: `must be one of ${(params['allowedValues'] as unknown[]).join(', ')}`,
      };
    case 'const':
      return { pointer: error.instancePath, message: `must be ${JSON.stringify(params['allowedValue'])}` };
    default:
      return { pointer: error.instancePath, message: error.message ?? 'is not valid' };
  }
}
