/** Which kind of document a parsed file holds, told by its content and never by its name. */
import type { ContractKind, Dialect, SourceFile } from '../model/estate.ts';
import { asString, get, isObject, type JsonObject } from '../model/json.ts';

export type Recognised =
  | { readonly type: 'contract'; readonly kind: ContractKind; readonly dialect: Dialect; readonly document: JsonObject }
  | { readonly type: 'team' | 'system' | 'consumer' | 'waiver' | 'domain' | 'baseline'; readonly document: JsonObject }
  | { readonly type: 'pact'; readonly document: JsonObject };

export function recognise(file: SourceFile): Recognised | undefined {
  const document = file.value;
  if (!isObject(document)) return undefined;
  const contract = (kind: ContractKind, name: Dialect['name'], version: string): Recognised => ({
    type: 'contract',
    kind,
    dialect: { name, version },
    document,
  });

  const openapi = versionText(document, 'openapi') ?? versionText(document, 'swagger');
  if (openapi !== undefined) return contract('api', 'openapi', openapi);
  const asyncapi = versionText(document, 'asyncapi');
  if (asyncapi !== undefined) return contract('event', 'asyncapi', asyncapi);
  const arazzo = versionText(document, 'arazzo');
  if (arazzo !== undefined) return contract('workflow', 'arazzo', arazzo);

  const own = get(document, 'countersign');
  if (own === 'mapping') return contract('mapping', 'mapping', '1');
  if (own === 'layout') return contract('file', 'layout', '1');
  if (own === 'team' || own === 'system' || own === 'consumer' || own === 'waiver') return { type: own, document };
  // A baseline is named on the command line or in the configuration; it may lie among the contracts.
  if (own === 'domain' || own === 'baseline') return { type: own, document };

  const isPact = Array.isArray(get(document, 'interactions')) || Array.isArray(get(document, 'messages'));
  if (isPact && isObject(get(document, 'consumer')) && isObject(get(document, 'provider'))) {
    return { type: 'pact', document };
  }
  const schema = asString(get(document, '$schema'));
  if (schema?.includes('json-schema.org')) return contract('schema', 'json-schema', schema);
  return undefined;
}

const SCHEMA_KEYWORDS = [
  'type',
  'properties',
  'items',
  '$ref',
  '$defs',
  'definitions',
  'allOf',
  'anyOf',
  'oneOf',
  'enum',
  'const',
];

/** A document that was named as one and says nothing of its kind: where it could be a JSON Schema, it is one of today. */
export function recogniseNamed(file: SourceFile): Recognised | undefined {
  const document = file.value;
  if (!isObject(document) || !SCHEMA_KEYWORDS.some(keyword => keyword in document)) return undefined;
  const version = 'https://json-schema.org/draft/2020-12/schema';
  return { type: 'contract', kind: 'schema', dialect: { name: 'json-schema', version }, document };
}

/** `openapi: 3.1` is a number in YAML; it still says which specification is meant. */
function versionText(document: JsonObject, key: string): string | undefined {
  const value = get(document, key);
  return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;
}
