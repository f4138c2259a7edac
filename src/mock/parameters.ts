/** Parameters of a request: found, turned into the types their schemas ask for, and validated. */
import type { Json, JsonObject } from '../model/json.ts';
import type { MockRequest } from './exchange.ts';
import type { PlannedOperation, PlannedParameter } from './planned.ts';
import type { Fault } from './validate.ts';

/** Pointers of faults are `/path/supplierId`, `/query/limit`, `/header/If-Match`. */
export function parameterFaults(
  operation: PlannedOperation,
  request: MockRequest,
  path: ReadonlyMap<string, string>,
  query: URLSearchParams,
): Fault[] {
  return operation.parameters.flatMap(parameter => {
    const pointer = `/${parameter.in}/${parameter.name.replaceAll('~', '~0').replaceAll('/', '~1')}`;
    const value = read(parameter, request, path, query);
    if (value === undefined) return parameter.required ? [{ pointer, message: 'is required' }] : [];
    if (value === BROKEN) return [{ pointer, message: 'must be JSON text' }];
    const faults = parameter.validate?.(value) ?? [];
    return faults.map(fault => ({ pointer: pointer + fault.pointer, message: fault.message }));
  });
}

const BROKEN = Symbol('broken JSON');

function read(
  parameter: PlannedParameter,
  request: MockRequest,
  path: ReadonlyMap<string, string>,
  query: URLSearchParams,
): Json | undefined | typeof BROKEN {
  const raw = rawOf(parameter, request, path, query);
  if (raw === undefined || !parameter.isJson || typeof raw === 'object') {
    return raw === undefined ? undefined : coerce(raw, parameter);
  }
  try {
    return JSON.parse(raw) as Json;
  } catch {
    return BROKEN;
  }
}

/** The text of a parameter, its texts where it is a list, or its members where it is spread over several. */
function rawOf(
  parameter: PlannedParameter,
  request: MockRequest,
  path: ReadonlyMap<string, string>,
  query: URLSearchParams,
): string | string[] | Record<string, string> | undefined {
  const { name, types, style, explode } = parameter;
  const isList = types?.has('array') === true;
  const listOf = (text: string | undefined, separator = ',') =>
    isList && text !== undefined ? text.split(separator) : text;
  switch (parameter.in) {
    case 'path':
      return listOf(path.get(name));
    case 'header':
      return listOf(request.headers.get(name.toLowerCase()));
    case 'cookie':
      return cookie(request.headers.get('cookie'), name);
    case 'query': {
      if (types?.has('object') && style === 'deepObject') return deepObject(name, query);
      if (isList && explode) return query.has(name) ? query.getAll(name) : undefined;
      const separator = style === 'pipeDelimited' ? '|' : style === 'spaceDelimited' ? ' ' : ',';
      return listOf(query.get(name) ?? undefined, separator);
    }
    default:
      return undefined;
  }
}

function cookie(header: string | undefined, name: string): string | undefined {
  const found = header?.split(';').find(part => part.trim().startsWith(`${name}=`));
  return found?.trim().slice(name.length + 1);
}

function deepObject(name: string, query: URLSearchParams): Record<string, string> | undefined {
  const found: [string, string][] = [];
  for (const [key, value] of query) {
    if (key.startsWith(`${name}[`) && key.endsWith(']')) found.push([key.slice(name.length + 1, -1), value]);
  }
  return found.length > 0 ? Object.fromEntries(found) : undefined;
}

function coerce(raw: string | string[] | Record<string, string>, parameter: PlannedParameter): Json {
  if (Array.isArray(raw)) return raw.map(item => scalar(item, parameter.itemTypes));
  if (typeof raw === 'object') return { ...raw } satisfies JsonObject;
  return scalar(raw, parameter.types);
}

const NUMBER = /^-?\d+(\.\d+)?([eE][+-]?\d+)?$/;

/** Text that reads as a value of one of the types becomes one; other text stays, and fails validation by itself. */
export function scalar(text: string, types: ReadonlySet<string> | undefined): Json {
  if (!types || types.has('string')) return text;
  if ((types.has('integer') || types.has('number')) && NUMBER.test(text)) return Number(text);
  if (types.has('boolean') && (text === 'true' || text === 'false')) return text === 'true';
  if (types.has('null') && text === '') return null;
  return text;
}
