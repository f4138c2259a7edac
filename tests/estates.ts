/** Estates made of a few lines, for tests. */
import { load } from '../src/load/index.ts';
import type { Estate } from '../src/model/index.ts';

/** An estate of the given files, by path. */
export function estateOf(files: Readonly<Record<string, string>>): Estate {
  return load({ label: 'test', files: new Map(Object.entries(files)), skipped: [] });
}

/** A small OpenAPI document with one operation; `schema` parts are YAML in flow style. */
export function api({
  parameters = '[]',
  request,
  response = '{}',
  version = '1.0.0',
  extra = '',
}: {
  parameters?: string;
  request?: string;
  response?: string;
  version?: string;
  extra?: string;
}): string {
  const body = request === undefined ? '' : `requestBody: {content: {application/json: {schema: ${request}}}}, `;
  return `openapi: 3.1.0
info: {title: Things, version: ${version}}
x-governance: {id: "api:things@1"}
paths:
  /things/{id}:
    post: {operationId: doThing, parameters: ${parameters}, ${body}responses: {"200": {description: ok, content: {application/json: {schema: ${response}}}}}}
${extra}`;
}
