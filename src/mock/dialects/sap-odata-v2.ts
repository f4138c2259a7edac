/** SAP Gateway as OData V2 services show it. What is known and from where stands in each system's mock.yaml. */
import { asString, get, getIn, isObject, items, type Json, type JsonObject } from '../../model/json.ts';
import type { Failure, MockResponse } from '../exchange.ts';
import type { Dialect, DialectSession, Routed } from './dialect.ts';

const READS = new Set(['GET', 'HEAD', 'OPTIONS']);
const TOKEN_HEADER = 'x-csrf-token';
/** Older sessions are forgotten, so that a long test run does not grow without end. */
const MAX_SESSIONS = 1000;

export const sapODataV2: Dialect = {
  name: 'sap-odata-v2',
  behaviours: ['error-body', 'csrf-token', 'if-match', 'merge-method', 'paging', 'filter-eq', 'select'],
  method({ method, headers }) {
    const meant = method === 'POST' ? (headers.get('x-http-method')?.toUpperCase() ?? method) : method;
    return meant === 'MERGE' ? 'PATCH' : meant;
  },
  needsIfMatch: method => method === 'PATCH' || method === 'PUT' || method === 'DELETE',
  errorBody,
  start,
};

function errorBody(
  { status, detail, errors = [] }: Failure,
  example: Json | undefined,
): { contentType: string; body: Json } {
  const stated = get(example, 'error');
  const error: JsonObject = {
    ...(isObject(stated) ? stated : { code: String(status) }),
    message: { lang: 'en', value: detail },
  };
  if (errors.length > 0) {
    const details = errors.map(({ pointer, message }) => ({
      code: String(status),
      message: `${pointer} ${message}`,
      severity: 'error',
    }));
    error['innererror'] = { transactionid: '00000000000000000000000000000000', errordetails: details };
  }
  return { contentType: 'application/json', body: { error } };
}

function start(): DialectSession {
  /** CSRF token by session cookie. */
  const tokens = new Map<string, string>();
  let issued = 0;

  const sessionOf = (cookies: string | undefined): string | undefined =>
    cookies
      ?.split(';')
      .map(cookie => cookie.trim())
      .find(cookie => tokens.has(cookie));

  const issue = (cookies: string | undefined): { token: string; cookie: string; isNew: boolean } => {
    const known = sessionOf(cookies);
    if (known !== undefined) return { token: tokens.get(known)!, cookie: known, isNew: false };
    issued += 1;
    const cookie = `SAP_SESSIONID_MCK_100=session-${issued}`;
    const token = Buffer.from(`csrf-token-of-session-${issued}`).toString('base64');
    tokens.set(cookie, token);
    if (tokens.size > MAX_SESSIONS) tokens.delete(tokens.keys().next().value!);
    return { token, cookie, isNew: true };
  };

  return {
    gate({ request, operation }) {
      if (READS.has(operation.method)) return undefined;
      const session = sessionOf(request.headers.get('cookie'));
      const token = request.headers.get(TOKEN_HEADER);
      if (session !== undefined && token === tokens.get(session)) return undefined;
      return { status: 403, detail: 'CSRF token validation failed', headers: { [TOKEN_HEADER]: 'Required' } };
    },
    finish(routed, response) {
      const answer = withOptions(routed, response);
      if ('detail' in answer || !READS.has(routed.operation.method)) return answer;
      // The contract's example token belongs to no session.
      const headers = Object.fromEntries(
        Object.entries(answer.headers).filter(([name]) => name.toLowerCase() !== TOKEN_HEADER),
      );
      if (routed.request.headers.get(TOKEN_HEADER)?.toLowerCase() !== 'fetch') return { ...answer, headers };
      const { token, cookie, isNew } = issue(routed.request.headers.get('cookie'));
      const session = isNew ? { 'set-cookie': `${cookie}; path=/; HttpOnly` } : {};
      return { ...answer, headers: { ...headers, [TOKEN_HEADER]: token, ...session } };
    },
    applyState({ session }) {
      if (session) tokens.set(session.cookie, session.token);
    },
  };
}

/** System query options (OData V2 §4) over what the examples hold. */
function withOptions({ query, operation }: Routed, response: MockResponse): MockResponse | Failure {
  const data = get(response.body, 'd');
  const select = query
    .get('$select')
    ?.split(',')
    .map(name => name.trim().split('/')[0]!);
  if (!isObject(data)) return response;
  if (!Array.isArray(data['results'])) return { ...response, body: { d: selected(data, select) } };

  const filter = query.get('$filter');
  const conditions = filter === null ? [] : conditionsOf(filter);
  if (!conditions) {
    return {
      status: 501,
      detail: `This mock understands $filter only as "property eq literal" joined by "and", not: ${filter}`,
    };
  }
  const rows = filter === null ? items(data['results']) : allRows(operation.examples);
  const matching = rows.filter(row => conditions.every(([property, value]) => textOf(get(row, property)) === value));
  const skip = Number(query.get('$skip') ?? 0);
  const page = matching.slice(skip, skip + Number(query.get('$top') ?? matching.length));
  const count = query.get('$inlinecount') === 'allpages' ? { __count: String(matching.length) } : {};
  return {
    ...response,
    body: { d: { ...count, results: page.map(row => (isObject(row) ? selected(row, select) : row)) } },
  };
}

/** Rows of all examples of a collection: a filter looks at all that is known. */
function allRows(examples: readonly { readonly value: Json }[]): Json[] {
  const rows = examples.flatMap(({ value }) => items(getIn(value, ['d', 'results'])));
  return [...new Map(rows.map(row => [JSON.stringify(row), row])).values()];
}

function selected(entity: JsonObject, select: readonly string[] | undefined): JsonObject {
  if (!select || select.includes('*')) return entity;
  return Object.fromEntries(Object.entries(entity).filter(([name]) => name === '__metadata' || select.includes(name)));
}

const CONDITION =
  /^\(?\s*([A-Za-z_][\w/]*)\s+eq\s+('(?:[^']|'')*'|datetime'[^']*'|-?\d+(?:\.\d+)?[mMdDfFlL]?|true|false|null)\s*\)?$/;

/** `A eq 'x' and B eq true` → pairs of property and literal; undefined where it says more. */
function conditionsOf(filter: string): [string, string][] | undefined {
  // Split at "and" outside of quotes: an even number of quotes follows.
  const parts = filter.trim().split(/\s+and\s+(?=(?:[^']*'[^']*')*[^']*$)/);
  const found: [string, string][] = [];
  for (const part of parts) {
    const match = CONDITION.exec(part.trim());
    if (!match) return undefined;
    const literal = match[2]!;
    found.push([match[1]!, literal.startsWith("'") ? literal.slice(1, -1).replaceAll("''", "'") : literal]);
  }
  return found;
}

function textOf(value: Json | undefined): string {
  return asString(value) ?? String(value ?? null);
}
