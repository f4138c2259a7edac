/** The operations of an OpenAPI document, with references resolved and path-level parameters merged in. */
import type { Contract, Cursor, Estate } from '../model/estate.ts';
import { extend, segment } from '../model/id.ts';
import { asString, get, isObject, items, type JsonObject } from '../model/json.ts';
import { down, elements, members, rootOf } from './cursor.ts';
import { deref } from './refs.ts';
import { operationName } from './subject.ts';

export interface Operation {
  /** `api:suppliers@1#createSupplier`. */
  readonly id: string;
  readonly name: string;
  /** Lower case. */
  readonly method: string;
  /** The path template as written. */
  readonly path: string;
  readonly cursor: Cursor;
  readonly deprecated: boolean;
  readonly parameters: readonly Parameter[];
  readonly requestBody: RequestBody | undefined;
  readonly responses: readonly Response[];
}

/** An operation that the owner of the API calls and whoever registered for it serves. */
export interface ReversedOperation extends Operation {
  readonly origin: 'webhook' | 'callback';
  /** What it is called by: the name of the webhook, or the operation, callback and expression that lead to it. */
  readonly key: string;
}

export interface Parameter {
  readonly name: string;
  readonly in: string;
  readonly required: boolean;
  readonly cursor: Cursor;
  readonly schema: Cursor | undefined;
}

export interface RequestBody {
  readonly required: boolean;
  readonly cursor: Cursor;
  readonly content: readonly Content[];
}

export interface Response {
  /** `200`, `4XX` or `default`. */
  readonly status: string;
  readonly cursor: Cursor;
  readonly headers: readonly Header[];
  readonly content: readonly Content[];
}

export interface Header {
  readonly name: string;
  readonly required: boolean;
  readonly cursor: Cursor;
  readonly schema: Cursor | undefined;
}

export interface Content {
  readonly mediaType: string;
  readonly cursor: Cursor;
  readonly schema: Cursor | undefined;
  readonly examples: readonly Example[];
}

export interface Example {
  readonly name: string;
  readonly value: Cursor;
}

const METHODS = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace', 'query'];

/** Edges, pacts, examples and comparisons all ask for them. */
const known = new WeakMap<Estate['files'], Map<Contract, readonly Operation[]>>();

export function operationsOf({ files }: Pick<Estate, 'files'>, contract: Contract): readonly Operation[] {
  if (contract.dialect.name !== 'openapi') return [];
  const ofEstate = known.get(files) ?? new Map<Contract, readonly Operation[]>();
  known.set(files, ofEstate);
  const operations = ofEstate.get(contract) ?? readOperations({ files }, contract);
  ofEstate.set(contract, operations);
  return operations;
}

function readOperations({ files }: Pick<Estate, 'files'>, contract: Contract): Operation[] {
  const follow = (cursor: Cursor | undefined) => deref(files, cursor);
  return members(down(rootOf(contract.file), 'paths')).flatMap(([path, reference]) =>
    operationsIn(follow(reference), path, follow).map(operation => {
      const name = operation.name ?? operationName(contract.document, path, operation.method);
      return { ...operation, name, id: extend(contract.id, segment(name)) };
    }),
  );
}

/** The webhooks of an OpenAPI document (3.1 and later) and the callbacks of its operations. */
export function reversedOperationsOf({ files }: Pick<Estate, 'files'>, contract: Contract): ReversedOperation[] {
  if (contract.dialect.name !== 'openapi') return [];
  const follow = (cursor: Cursor | undefined) => deref(files, cursor);
  const reversed = (item: Cursor, origin: 'webhook' | 'callback', name: string, id: string, key: string) =>
    operationsIn(follow(item), name, follow).map(operation => ({
      ...operation,
      origin,
      name: operation.name ?? `${operation.method.toUpperCase()} ${name}`,
      id: extend(id, operation.method),
      key: `${key} ${operation.method.toUpperCase()}`,
    }));
  const webhooks = members(down(rootOf(contract.file), 'webhooks')).flatMap(([name, item]) =>
    reversed(item, 'webhook', name, extend(contract.id, 'webhooks', segment(name)), `webhook ${name}`),
  );
  const callbacks = operationsOf({ files }, contract).flatMap(operation =>
    members(down(operation.cursor, 'callbacks')).flatMap(([name, callback]) =>
      members(follow(callback)).flatMap(([expression, item]) => {
        const key = `${operation.method.toUpperCase()} ${operation.path} callback ${name} ${expression}`;
        return reversed(item, 'callback', name, extend(operation.id, 'callback', segment(name)), key);
      }),
    ),
  );
  return [...webhooks, ...callbacks];
}

type Follow = (cursor: Cursor | undefined) => Cursor | undefined;

/** The operations of a path item; `name` is undefined where there is no operationId. */
function operationsIn(item: Cursor | undefined, path: string, follow: Follow) {
  const shared = elements(down(item, 'parameters'));
  return METHODS.flatMap(method => {
    const cursor = down(item, method);
    if (!cursor || !isObject(cursor.value)) return [];
    return [
      {
        name: asString(get(cursor.value, 'operationId')),
        method,
        path,
        cursor,
        deprecated: get(cursor.value, 'deprecated') === true,
        parameters: parametersOf([...shared, ...elements(down(cursor, 'parameters'))], follow),
        requestBody: requestBodyOf(down(cursor, 'requestBody'), follow),
        responses: members(down(cursor, 'responses')).flatMap(([status, response]) =>
          responseOf(status, response, follow),
        ),
      },
    ];
  });
}

/** An operation's parameter replaces the path's parameter of the same name and place (OpenAPI 3.1 §4.8.9.1). */
function parametersOf(references: readonly Cursor[], follow: Follow): Parameter[] {
  const found = new Map<string, Parameter>();
  for (const reference of references) {
    const cursor = follow(reference);
    const name = asString(get(cursor?.value, 'name'));
    const place = asString(get(cursor?.value, 'in'));
    if (!cursor || name === undefined || place === undefined) continue;
    const required = get(cursor.value, 'required') === true;
    const schema =
      down(cursor, 'schema') ?? members(down(cursor, 'content')).map(([, media]) => down(media, 'schema'))[0];
    found.set(`${place} ${name}`, { name, in: place, required, cursor, schema });
  }
  return [...found.values()];
}

function requestBodyOf(reference: Cursor | undefined, follow: Follow): RequestBody | undefined {
  const cursor = follow(reference);
  if (!cursor) return undefined;
  return { required: get(cursor.value, 'required') === true, cursor, content: contentOf(cursor, follow) };
}

function responseOf(status: string, reference: Cursor, follow: Follow): Response[] {
  const cursor = follow(reference);
  if (!cursor) return [];
  const headers = members(down(cursor, 'headers')).flatMap(([name, header]) => {
    const target = follow(header);
    if (!target) return [];
    const required = get(target.value, 'required') === true;
    return [{ name, required, cursor: target, schema: down(target, 'schema') }];
  });
  return [{ status, cursor, headers, content: contentOf(cursor, follow) }];
}

function contentOf(from: Cursor, follow: Follow): Content[] {
  return members(down(from, 'content')).map(([mediaType, cursor]) => ({
    mediaType,
    cursor,
    schema: down(cursor, 'schema'),
    examples: examplesOf(cursor, follow),
  }));
}

/** `example` and `examples` of a media type or parameter; `externalValue` is not read. */
export function examplesOf(cursor: Cursor, follow: Follow): Example[] {
  const single = down(cursor, 'example');
  const named = members(down(cursor, 'examples')).flatMap(([name, reference]) => {
    const value = down(follow(reference), 'value');
    return value ? [{ name, value }] : [];
  });
  return single ? [{ name: 'example', value: single }, ...named] : named;
}

/** Scopes by scheme of the first security requirement that applies; undefined where the operation is open. */
export function securityOf(contract: Contract, operation: Operation): JsonObject | undefined {
  const own = get(operation.cursor.value, 'security') ?? get(contract.document, 'security');
  const first = items(own)[0];
  return isObject(first) ? first : undefined;
}
