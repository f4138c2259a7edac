/** From a place in a document to the id of what stands there. Ids survive moving, reordering and reformatting. */
import type { Contract, SourceFile } from '../model/estate.ts';
import { contentHash } from '../model/hash.ts';
import { extend, ITEMS, segment, VALUES } from '../model/id.ts';
import { asString, canonicalJson, get, getIn, isObject, type Json, type Path } from '../model/json.ts';
import { fileOf } from './refs.ts';

export interface Subject {
  readonly id: string;
  /** What the id does not say about the place, in a form that does not depend on the order of lists. */
  readonly rest: readonly string[];
}

const METHODS = new Set(['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace', 'query']);

type Files = ReadonlyMap<string, SourceFile>;

/**
 * The most precise id for the value at `path`, and what remains. `files` are those of the estate: with them what remains
 * does not depend on where the files that it refers to lie.
 */
export function subjectAt(contract: Contract, path: Path, files?: Files): Subject {
  const { segments, used } = SHAPES[contract.dialect.name](contract, path);
  return {
    id: extend(contract.id, ...segments),
    rest: stableSegments(contract.document, path, ref => referenceName(ref, contract.file, files)).slice(used),
  };
}

/** The id alone, without the work of naming what remains. */
export function subjectIdAt(contract: Contract, path: Path): string {
  return extend(contract.id, ...SHAPES[contract.dialect.name](contract, path).segments);
}

/** A `$ref` by the id of what it leads into, so that it is the same when files are moved; otherwise by the file's name. */
export function referenceName(ref: string, from: SourceFile, files: Files | undefined): string {
  const hash = ref.indexOf('#');
  const address = hash < 0 ? ref : ref.slice(0, hash);
  if (address === '') return ref;
  const document = files && fileOf(files, from, address)?.value;
  const id = asString(getIn(document, ['x-governance', 'id'])) ?? asString(get(document, 'id'));
  return `${id ?? address.split('/').at(-1)!}${hash < 0 ? '' : ref.slice(hash)}`;
}

interface Reading {
  readonly segments: readonly string[];
  /** How many steps of the path the segments stand for. */
  readonly used: number;
}
const NOTHING: Reading = { segments: [], used: 0 };

const SHAPES: Record<Contract['dialect']['name'], (contract: Contract, path: Path) => Reading> = {
  openapi: readOpenApi,
  asyncapi: readAsyncApi,
  arazzo: readArazzo,
  'json-schema': (_, path) =>
    path[0] === '$defs' && path.length > 1 ? readSchema(path, 2, ['$defs', name(path[1])]) : readSchema(path, 0, []),
  mapping: (_, path) =>
    path[0] === 'toVendor' || path[0] === 'toCanonical'
      ? { segments: path.map(step => name(step)), used: path.length }
      : NOTHING,
  layout: readLayout,
};

function readOpenApi(contract: Contract, path: Path): Reading {
  if (path[0] === 'components' && path.length > 2) return readComponent(path);
  const [root, template, method] = path;
  if (root === 'webhooks' && typeof template === 'string') {
    if (typeof method !== 'string' || !METHODS.has(method))
      return { segments: ['webhooks', segment(template)], used: 2 };
    const place = readExchange(contract.document, path, 3);
    return { segments: ['webhooks', segment(template), method, ...place.segments], used: place.used };
  }
  if (root !== 'paths' || typeof template !== 'string') return NOTHING;
  if (typeof method !== 'string' || !METHODS.has(method)) return { segments: ['paths', segment(template)], used: 2 };
  const operation = segment(operationName(contract.document, template, method));
  const place = readExchange(contract.document, path, 3);
  return { segments: [operation, ...place.segments], used: place.used };
}

/** Request and response parts below an operation. */
function readExchange(document: Json, path: Path, at: number): Reading {
  const [part, key, third] = path.slice(at);
  if (part === 'parameters' && key !== undefined) {
    const parameter = getIn(document, path.slice(0, at + 2));
    const names = [asString(get(parameter, 'in')), asString(get(parameter, 'name'))];
    const known = names.every(text => text !== undefined);
    return known
      ? { segments: ['request', names[0]!, segment(names[1]!)], used: at + 2 }
      : { segments: ['request'], used: at };
  }
  if (part === 'callbacks' && key !== undefined) return readCallback(document, path, at);
  if (part === 'requestBody') return readContent(path, at + 1, ['request', 'body']);
  if (part === 'responses' && key !== undefined) {
    const response = ['response', name(key)];
    if (third === 'headers' && path.length > at + 3) {
      return { segments: [...response, 'header', name(path[at + 3])], used: at + 4 };
    }
    return third === 'content'
      ? readContent(path, at + 2, [...response, 'body'])
      : { segments: response, used: at + 2 };
  }
  return { segments: [], used: at };
}

/** `callbacks`, a name, an expression, a method and the parts below it. */
function readCallback(document: Json, path: Path, at: number): Reading {
  const segments = ['callback', name(path[at + 1])];
  const method = path[at + 3];
  if (typeof method !== 'string' || !METHODS.has(method)) return { segments, used: at + 2 };
  const place = readExchange(document, path, at + 4);
  return { segments: [...segments, method, ...place.segments], used: place.used };
}

/** `content`, a media type, `schema` and the schema's own steps. */
function readContent(path: Path, at: number, segments: readonly string[]): Reading {
  if (path[at] !== 'content' || path[at + 2] !== 'schema') return { segments, used: at };
  return readSchema(path, at + 3, segments);
}

function readComponent(path: Path): Reading {
  const start = ['components', name(path[1]), name(path[2])];
  if (path[1] === 'schemas') return readSchema(path, 3, start);
  if ((path[1] === 'responses' || path[1] === 'requestBodies') && path[3] === 'content') {
    return readContent(path, 3, [...start, 'body']);
  }
  if (path[1] === 'responses' && path[3] === 'headers' && path.length > 4) {
    return { segments: [...start, 'header', name(path[4])], used: 5 };
  }
  return { segments: start, used: 3 };
}

/** Steps into a schema that lead to a field; branches of allOf, oneOf and anyOf are the same field. */
function readSchema(path: Path, from: number, segments: readonly string[]): Reading {
  const found = [...segments];
  let at = from;
  while (at < path.length) {
    const keyword = path[at];
    const next = path[at + 1];
    if (keyword === 'properties' && next !== undefined) {
      found.push(name(next));
      at += 2;
    } else if (keyword === 'items') {
      found.push(ITEMS);
      at += 1;
    } else if (keyword === 'additionalProperties') {
      found.push(VALUES);
      at += 1;
    } else if ((keyword === 'allOf' || keyword === 'oneOf' || keyword === 'anyOf') && next !== undefined) {
      at += 2;
    } else {
      break;
    }
  }
  return { segments: found, used: at };
}

function readAsyncApi(_: Contract, path: Path): Reading {
  const [root, first, second, third] = path;
  if (root === 'operations' && first !== undefined) return { segments: [name(first)], used: 2 };
  if (root === 'channels' && second === 'messages' && third !== undefined) return readMessage(path, 4, name(third));
  if (root === 'components' && first === 'messages' && second !== undefined) return readMessage(path, 3, name(second));
  if (root === 'components' && path.length > 2) return readComponent(path);
  if (root === 'channels' && first !== undefined) return { segments: ['channels', name(first)], used: 2 };
  return NOTHING;
}

function readMessage(path: Path, at: number, message: string): Reading {
  if (path[at] === 'payload') return readSchema(path, at + 1, [message, 'payload']);
  return { segments: [message], used: at };
}

function readArazzo(contract: Contract, path: Path): Reading {
  const step = path[2] === 'steps' && getIn(contract.document, path.slice(0, 4));
  const stepId = step ? asString(get(step, 'stepId')) : undefined;
  return stepId === undefined ? NOTHING : { segments: [segment(stepId)], used: 4 };
}

/** `record/field`, and `structure/invoice/lines` for a node: a field is the same wherever its record stands. */
function readLayout(contract: Contract, path: Path): Reading {
  const [root, first, second, third] = path;
  if (root === 'structure') {
    const nodes = path.slice(1).filter((_, index) => index % 2 === 0);
    return { segments: ['structure', ...nodes.map(node => name(node))], used: path.length };
  }
  if (root !== 'records' || first === undefined) return NOTHING;
  const field = second === 'fields' && asString(getIn(contract.document, [...path.slice(0, 4), 'name']));
  if (third === undefined || !field) return { segments: [name(first)], used: 2 };
  return { segments: [name(first), segment(field)], used: 4 };
}

/** The operationId, or method and path where there is none. */
export function operationName(document: Json, template: string, method: string): string {
  const stated = asString(getIn(document, ['paths', template, method, 'operationId']));
  return stated ?? `${method.toUpperCase()} ${template}`;
}

const NAMING = ['$ref', 'operationId', 'workflowId', 'stepId', 'name', 'url', 'id', 'title'] as const;

/** The path with list indices replaced by what the item is called, or by a hash of it. */
export function stableSegments(document: Json, path: Path, nameOf: (ref: string) => string = ref => ref): string[] {
  let parent: Json | undefined = document;
  return path.map(step => {
    const value: Json | undefined = get(parent, step);
    const stable = Array.isArray(parent) ? itemName(value, nameOf) : String(step);
    parent = value;
    return stable;
  });
}

function itemName(item: Json | undefined, nameOf: (ref: string) => string): string {
  if (item === undefined) return '?';
  if (!isObject(item)) return Array.isArray(item) ? hashOf(essence(item, nameOf)) : String(item);
  for (const key of NAMING) {
    const stated = asString(get(item, key));
    if (stated === undefined) continue;
    const value = key === '$ref' ? nameOf(stated) : stated;
    const qualifier = asString(get(item, 'in'));
    return qualifier === undefined ? value : `${qualifier} ${value}`;
  }
  return hashOf(essence(item, nameOf));
}

/** Text that only people read. */
const PROSE = new Set(['description', 'summary']);

/** What a value says, whatever the order of its lists, the words of its descriptions and the places of files. */
function essence(value: Json, nameOf: (ref: string) => string): Json {
  if (Array.isArray(value)) {
    const items = value.map(item => essence(item, nameOf));
    return items.map(canonicalJson).sort();
  }
  if (!isObject(value)) return value;
  const kept = Object.entries(value).filter(([key, child]) => !(PROSE.has(key) && typeof child === 'string'));
  return Object.fromEntries(
    kept.map(([key, child]) => [
      key,
      key === '$ref' && typeof child === 'string' ? nameOf(child) : essence(child, nameOf),
    ]),
  );
}

function hashOf(value: Json): string {
  return contentHash(value).slice(0, 12);
}

function name(step: string | number | undefined): string {
  return segment(String(step));
}
