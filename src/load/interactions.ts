/** The interactions of a pact file (Pact specification 2 to 4), in one shape. */
import type { Cursor, PactFile } from '../model/estate.ts';
import { asString, entries, get, getIn, isObject, items, type Json, type Path } from '../model/json.ts';
import { down, elements, rootOf } from './cursor.ts';

export interface HttpPart {
  /** Names as written, each with its values. */
  readonly headers: ReadonlyMap<string, readonly string[]>;
  readonly body: PactBody | undefined;
}

export interface PactBody {
  readonly value: Json;
  readonly contentType: string | undefined;
  /** Where the value stands in the pact file; where it is encoded, the encoded text. */
  readonly cursor: Cursor;
  readonly encoded: boolean;
  /** Paths that matching rules name, as steps; `*` stands for any item or key. */
  readonly rules: readonly Path[];
}

interface InteractionBase {
  readonly pact: PactFile;
  readonly cursor: Cursor;
  readonly description: string;
  readonly states: readonly { readonly name: string; readonly parameters: Json }[];
  /**
   * Id of the contract it is about, whether that exists or not. Pacts name their provider by the contract's name and
   * version: HTTP interactions with `suppliers@2` are about `api:suppliers@2`, messages about `event:suppliers@2`.
   */
  readonly contractId: string;
}

export interface HttpInteraction extends InteractionBase {
  readonly kind: 'http';
  readonly method: string;
  /** As sent, without query. */
  readonly path: string;
  readonly query: ReadonlyMap<string, readonly string[]>;
  readonly request: HttpPart;
  readonly status: number;
  readonly response: HttpPart;
}

export interface MessageInteraction extends InteractionBase {
  readonly kind: 'message';
  readonly metadata: ReadonlyMap<string, Json>;
  readonly payload: PactBody | undefined;
}

export type Interaction = HttpInteraction | MessageInteraction;

/** Synchronous messages and interactions of plugins are left out: nothing in an estate describes them. */
export function interactionsOf(pact: PactFile): Interaction[] {
  const root = rootOf(pact.file);
  const version = pactVersion(pact.document);
  const listed = [...elements(down(root, 'interactions')), ...elements(down(root, 'messages'))];
  return listed.flatMap((cursor): Interaction[] => {
    const type = asString(get(cursor.value, 'type'))?.toLowerCase();
    const base = {
      pact,
      cursor,
      description: asString(get(cursor.value, 'description')) ?? '',
      states: statesOf(cursor.value),
    };
    if (down(cursor, 'contents') && (type === undefined || type === 'asynchronous/messages')) {
      const metadata = get(cursor.value, 'metadata') ?? get(cursor.value, 'metaData');
      const payload = bodyOf(cursor, 'contents', version, new Map());
      return [
        {
          ...base,
          kind: 'message',
          contractId: `event:${pact.provider}`,
          metadata: new Map(entries(metadata)),
          payload,
        },
      ];
    }
    if (type !== undefined && type !== 'synchronous/http') return [];
    return [{ ...base, kind: 'http', contractId: `api:${pact.provider}`, ...httpParts(cursor, version) }];
  });
}

function pactVersion(document: Json): number {
  const stated =
    getIn(document, ['metadata', 'pactSpecification', 'version']) ??
    getIn(document, ['metadata', 'pact-specification', 'version']) ??
    getIn(document, ['metadata', 'pactSpecificationVersion']);
  return Number.parseInt(String(stated ?? '2'), 10) || 2;
}

function statesOf(interaction: Json): { name: string; parameters: Json }[] {
  const single = asString(get(interaction, 'providerState'));
  if (single !== undefined) return [{ name: single, parameters: {} }];
  return items(get(interaction, 'providerStates')).map(state => ({
    name: asString(get(state, 'name')) ?? '',
    parameters: get(state, 'params') ?? {},
  }));
}

function httpParts(cursor: Cursor, version: number) {
  const request = down(cursor, 'request');
  const response = down(cursor, 'response');
  const partOf = (part: Cursor | undefined): HttpPart => {
    const headers = listsOf(get(part?.value, 'headers'));
    return { headers, body: part && bodyOf(part, 'body', version, headers) };
  };
  return {
    method: (asString(get(request?.value, 'method')) ?? 'GET').toLowerCase(),
    path: asString(get(request?.value, 'path')) ?? '/',
    query: queryOf(get(request?.value, 'query')),
    request: partOf(request),
    status: Number(get(response?.value, 'status') ?? 200),
    response: partOf(response),
  };
}

function listsOf(value: Json | undefined): Map<string, string[]> {
  return new Map(
    entries(value).map(([name, listed]) => [name, (Array.isArray(listed) ? listed : [listed]).map(String)]),
  );
}

function queryOf(query: Json | undefined): Map<string, string[]> {
  if (typeof query !== 'string') return listsOf(query);
  const found = new Map<string, string[]>();
  for (const [name, value] of new URLSearchParams(query)) found.set(name, [...(found.get(name) ?? []), value]);
  return found;
}

function bodyOf(
  part: Cursor,
  key: string,
  version: number,
  headers: ReadonlyMap<string, readonly string[]>,
): PactBody | undefined {
  const cursor = down(part, key);
  if (!cursor) return undefined;
  const stated = [...headers].find(([name]) => name.toLowerCase() === 'content-type')?.[1][0];
  const rules = rulesOf(get(part.value, 'matchingRules'));
  if (version < 4) return { value: cursor.value, contentType: stated, cursor, encoded: false, rules };
  // Specification 4 wraps every body: {content, contentType, encoded}.
  const content = down(cursor, 'content');
  if (!content) return undefined;
  // The header is what is sent; builders of pacts call every JSON body application/json.
  const contentType = stated ?? asString(get(cursor.value, 'contentType'));
  const encoding = get(cursor.value, 'encoded');
  const encoded = typeof encoding === 'string' || encoding === true;
  return {
    value: encoded ? decoded(content.value, encoding) : content.value,
    contentType,
    cursor: content,
    encoded,
    rules,
  };
}

function decoded(content: Json, encoding: Json): Json {
  const text =
    String(encoding).toLowerCase() === 'json' ? String(content) : Buffer.from(String(content), 'base64').toString();
  try {
    return JSON.parse(text) as Json;
  } catch {
    return text;
  }
}

function rulesOf(rules: Json | undefined): Path[] {
  if (!isObject(rules)) return [];
  const grouped = Object.keys(get(rules, 'body') ?? {});
  // Specification 2 keeps the rules of all parts in one map.
  const flat = Object.keys(rules).flatMap(path =>
    path.startsWith('$.body') ? [`$${path.slice('$.body'.length)}`] : [],
  );
  return [...grouped, ...flat].map(stepsOf);
}

/** The JSON Path that Pact writes: `$.lines[*].id`, `$['a b'][0]`, `$.map.*`. */
function stepsOf(path: string): Path {
  const steps = path.matchAll(/\.([^.[\]]+)|\['((?:[^'\\]|\\.)*)'\]|\[(\d+|\*)\]/g);
  return [...steps].map(([, name, quoted, index]) => name ?? quoted ?? (index === '*' ? '*' : Number(index)));
}
