/** Our own documents against our own schemas (model/governance.ts, layout.ts, mapping.ts), by ajv. */
import type { TSchema } from '@sinclair/typebox';
import { Ajv2020, type ErrorObject } from 'ajv/dist/2020.js';
import { Domain } from '../model/domain.ts';
import type { Cursor } from '../model/estate.ts';
import type { Location } from '../model/finding.ts';
import { Consumer, Governance, System, Team, Waiver } from '../model/governance.ts';
import { getIn, type Json, type JsonObject, parsePointer } from '../model/json.ts';
import { Layout } from '../model/layout.ts';
import { Mapping } from '../model/mapping.ts';
import { essential, limitsOf, sentence } from './ajv-errors.ts';
import { place } from './cursor.ts';
import { quickSpecification } from './quick/specifications.ts';
import { stableSegments } from './subject.ts';

export const SCHEMAS = {
  governance: Governance,
  team: Team,
  system: System,
  consumer: Consumer,
  waiver: Waiver,
  domain: Domain,
  mapping: Mapping,
  layout: Layout,
};
export type SchemaName = keyof typeof SCHEMAS;

let ajv: Ajv2020 | undefined;
const quickLooks = new WeakMap<TSchema, (document: Json) => boolean>();

export interface Fault {
  readonly message: string;
  /** The keyword that failed and where, for fingerprints. */
  readonly facts: { readonly path: string; readonly keyword: string; readonly limits: JsonObject };
  readonly location: Location;
}

/** What is wrong with a document of ours; nothing where it has the shape of its schema. */
export function faultsOf(schema: TSchema, document: Cursor): Fault[] {
  // Compiling the schemas takes longer than looking at an estate by them.
  const isSurelySound = quickLooks.get(schema) ?? quickSpecification(schema as unknown as JsonObject);
  quickLooks.set(schema, isSurelySound);
  if (isSurelySound(document.value)) return [];
  ajv ??= new Ajv2020({
    allErrors: true,
    strict: false,
    verbose: true,
    code: { optimize: false },
    schemas: Object.values(SCHEMAS) as TSchema[],
  });
  const validate = ajv.getSchema(schema.$id ?? '') ?? ajv.compile(schema);
  if (validate(document.value)) return [];
  return essential(validate.errors ?? []).map(error => faultOf(error, document));
}

function faultOf(error: ErrorObject, document: Cursor): Fault {
  const at = parsePointer(error.instancePath) ?? [];
  const extra = error.keyword === 'additionalProperties' ? String(error.params['additionalProperty']) : undefined;
  const steps = [...at, ...(extra === undefined ? [] : [extra])];
  const path = [...document.path, ...steps];
  return {
    message: sentence(error, document),
    facts: { path: stableSegments(document.value, steps).join('/'), keyword: error.keyword, limits: limitsOf(error) },
    location: place({ file: document.file, path, value: getIn(document.file.value, path) ?? null }),
  };
}
