/** Answers requests as a plan says. Knows no socket: server.ts does. */
import { contentFor, essence, isJson } from '../load/media-types.ts';
import { matchRoutes, type RouteMatch } from '../load/routes.ts';
import type { Json } from '../model/json.ts';
import type { StateEffect } from './definition.ts';
import { agreeingExample, mentioningExample } from './examples.ts';
import type { Failure, MockRequest, MockResponse } from './exchange.ts';
import { failureResponse, plannedResponse } from './failure.ts';
import { negotiate } from './negotiate.ts';
import { parameterFaults, scalar } from './parameters.ts';
import type { MockPlan } from './plan.ts';
import type { Credential, PlannedContent, PlannedOperation, PlannedResponse } from './planned.ts';
import type { Fault } from './validate.ts';

export interface JournalEntry {
  readonly sequence: number;
  readonly method: string;
  /** Path and query as received. */
  readonly target: string;
  /** Id of the operation, where there was one. */
  readonly operation: string | undefined;
  readonly status: number;
  /** Why the mock refused, where it did. */
  readonly refused: string | undefined;
}

export interface MockEngine {
  handle(request: MockRequest): MockResponse;
  /** Puts the mock into the states with these texts and leaves all former ones; returns those it does not know. */
  setStates(names: readonly string[]): string[];
  /** What was asked and answered, the oldest first; bounded. */
  journal(): readonly JournalEntry[];
}

export const MAX_BODY = 1024 * 1024;
const MAX_JOURNAL = 10_000;

/** Thrown where a request ends; the message is for the client. */
class Refusal extends Error {
  constructor(readonly failure: Failure) {
    super(failure.detail);
  }
}

function refuse(status: number, detail: string, more: Partial<Failure> = {}): never {
  throw new Refusal({ status, detail, ...more });
}

export function createEngine(plan: MockPlan): MockEngine {
  const journal: JournalEntry[] = [];
  const session = plan.dialect?.start();
  let effects: readonly StateEffect[] = [];
  let sequence = 0;

  const handle = (request: MockRequest): MockResponse => {
    sequence += 1;
    let operation: PlannedOperation | undefined;
    let refused: string | undefined;
    let response: MockResponse;
    try {
      const [path, query] = splitTarget(request.target);
      const method = plan.dialect?.method?.(request) ?? request.method;
      const match = route(plan, method, path);
      operation = match.value;
      response = answer({ ...request, method }, match, query);
    } catch (error) {
      const failure =
        error instanceof Refusal
          ? error.failure
          : // A stack overflow in a validator, for example: the request is to blame, and the mock goes on.
            {
              status: 500,
              detail: `The mock failed on this request: ${error instanceof Error ? error.message : error}`,
            };
      refused = failure.detail;
      response = failureResponse(failure, operation, plan.dialect, sequence);
    }
    journal.push({
      sequence,
      method: request.method,
      target: request.target,
      operation: operation?.id,
      status: response.status,
      refused,
    });
    if (journal.length > MAX_JOURNAL) journal.shift();
    return request.method === 'HEAD' ? { ...response, body: undefined } : response;
  };

  const answer = (request: MockRequest, match: RouteMatch<PlannedOperation>, query: URLSearchParams): MockResponse => {
    const operation = match.value;
    const preferred = preferenceOf(request);
    const forced = preferred ?? effects.map(({ force }) => force).find(force => force?.operation === operation.name);
    if (forced) return forcedResponse(request, operation, forced);

    checkCredentials(operation, request, query);
    const gated = session?.gate?.({ request, operation, query });
    if (gated) throw new Refusal(gated);
    const faults = parameterFaults(operation, request, match.parameters, query);
    const precondition = preconditionFailure(plan, operation, request);
    // A missing If-Match has a status of its own (RFC 6585 §3), where the contract knows it.
    const others = faults.filter(
      ({ pointer }) => precondition?.status !== 428 || pointer.toLowerCase() !== '/header/if-match',
    );
    if (others.length > 0) refuse(400, sentence(others), { errors: others });
    const body = readBody(operation, request);
    if (precondition) throw new Refusal(precondition);
    const response = success(request, operation, match.parameters, body);
    const finished = session?.finish?.({ request, operation, query }, response) ?? response;
    if ('detail' in finished) throw new Refusal(finished);
    return finished;
  };

  return {
    handle,
    setStates(names) {
      effects = names.flatMap(name => plan.states.get(name) ?? []);
      for (const effect of effects) session?.applyState?.(effect);
      return names.filter(name => !plan.states.has(name));
    },
    journal: () => journal,
  };
}

/** Path and query of a request target in origin or absolute form (RFC 9112 §3.2). */
function splitTarget(target: string): [string, URLSearchParams] {
  const local = target.replace(/^[a-z][a-z0-9+.-]*:\/\/[^/?#]*/i, '').replace(/#.*$/s, '');
  const mark = local.indexOf('?');
  const path = mark < 0 ? local : local.slice(0, mark);
  return [path === '' ? '/' : path, new URLSearchParams(mark < 0 ? '' : local.slice(mark + 1))];
}

function route(plan: MockPlan, method: string, path: string): RouteMatch<PlannedOperation> {
  const matches = matchRoutes(plan.routes, path);
  if (!matches) refuse(400, 'The path is not correctly percent-encoded.');
  const best = matches[0];
  if (!best) refuse(404, `Nothing of ${plan.target} is offered at this path.`);
  // Operations of less concrete templates do not count: the path is decided before the method.
  const candidates = matches.filter(({ template }) => template === best.template);
  const wanted = candidates.find(({ value }) => value.method === method);
  if (wanted) return wanted;
  // HEAD is what GET would answer (RFC 9110 §9.3.2).
  const read = candidates.find(({ value }) => value.method === 'GET');
  if (method === 'HEAD' && read) return read;
  const methods = candidates.map(({ value }) => value.method);
  const allow = [...new Set([...methods, ...(read ? ['HEAD'] : [])])].sort().join(', ');
  refuse(405, `${method} is not offered here, but ${allow} is.`, { headers: { allow } });
}

interface Preference {
  readonly status?: number;
  readonly example?: string;
}

/** `Prefer: code=404, example=notFound` (RFC 7240, with the preferences that Prism introduced). */
function preferenceOf(request: MockRequest): Preference | undefined {
  const field = request.headers.get('prefer');
  if (field === undefined) return undefined;
  const code = /(?:^|[,;\s])code\s*=\s*"?(\d{3})\b/i.exec(field)?.[1];
  const example = /(?:^|[,;\s])example\s*=\s*"?([^",;\s]+)/i.exec(field)?.[1];
  if (code === undefined && example === undefined) return undefined;
  return { ...(code === undefined ? {} : { status: Number(code) }), ...(example === undefined ? {} : { example }) };
}

function forcedResponse(request: MockRequest, operation: PlannedOperation, wanted: Preference): MockResponse {
  const responses = wanted.status === undefined ? operation.responses : [plannedResponse(operation, wanted.status)];
  const known = operation.responses.map(({ status }) => status).join(', ');
  for (const response of responses) {
    if (!response) refuse(400, `${operation.name} declares no status ${wanted.status}, but ${known}.`);
    const status = wanted.status ?? statusOf(response);
    if (wanted.example === undefined) {
      const content = negotiate(response.content, request.headers.get('accept')) ?? response.content[0];
      return respond(status, response, content, content?.examples[0]?.value);
    }
    for (const content of response.content) {
      const example = content.examples.find(({ name }) => name === wanted.example);
      if (example) return respond(status, response, content, example.value);
    }
  }
  refuse(
    400,
    `${operation.name} has no example "${wanted.example}"${wanted.status === undefined ? '' : ` for status ${wanted.status}`}.`,
  );
}

function checkCredentials(operation: PlannedOperation, request: MockRequest, query: URLSearchParams): void {
  const shows = (credential: Credential): boolean => {
    if (credential.type === 'key') {
      if (credential.in === 'query') return query.has(credential.name);
      if (credential.in === 'cookie') return request.headers.get('cookie')?.includes(`${credential.name}=`) ?? false;
      return request.headers.has(credential.name.toLowerCase());
    }
    const [scheme, ...rest] = (request.headers.get('authorization') ?? '').trim().split(/\s+/);
    if (rest.length === 0 || !scheme) return false;
    return credential.scheme === 'any' || scheme.toLowerCase() === credential.scheme.toLowerCase();
  };
  const { security } = operation;
  if (security.length === 0 || security.some(alternative => alternative.every(shows))) return;
  const schemes = new Set(
    security.flat().map(credential => (credential.type === 'key' ? credential.name : credential.scheme)),
  );
  const wanted = [...schemes].join(' or ');
  const challenge = security.flat().find(({ type }) => type === 'authorization');
  refuse(
    401,
    `The request shows no credentials (${wanted}). This mock accepts any value: it checks that one is sent.`,
    {
      ...(challenge
        ? {
            headers: { 'www-authenticate': 'scheme' in challenge && challenge.scheme === 'Basic' ? 'Basic' : 'Bearer' },
          }
        : {}),
    },
  );
}

/** If-Match against the one ETag the contract shows for the record (RFC 9110 §13.1.1), where it is asked for. */
function preconditionFailure(plan: MockPlan, operation: PlannedOperation, request: MockRequest): Failure | undefined {
  const declared = operation.parameters.find(
    ({ name, in: place }) => place === 'header' && name.toLowerCase() === 'if-match',
  );
  const isDialects = plan.dialect?.needsIfMatch?.(operation.method) ?? false;
  if (!declared && !isDialects) return undefined;
  const sent = request.headers.get('if-match');
  if (sent === undefined) {
    const has428 = isDialects || (declared?.required && plannedResponse(operation, 428)?.status === '428');
    return has428 ? { status: 428, detail: 'The request needs If-Match with the ETag of the record.' } : undefined;
  }
  const { etag } = operation;
  if (etag === undefined || sent.trim() === '*' || sent.split(',').some(tag => tag.trim() === etag)) return undefined;
  return { status: 412, detail: 'If-Match names a state of the record that is not the present one. Read it again.' };
}

function readBody(operation: PlannedOperation, request: MockRequest): Json | undefined {
  const { body } = operation;
  if (!body) return undefined;
  if (request.body.length === 0) {
    if (body.required) refuse(400, 'The request needs a body.');
    return undefined;
  }
  const stated = request.headers.get('content-type');
  const content = stated === undefined ? undefined : contentFor(body.content, stated);
  if (stated === undefined || !content) {
    const known = body.content.map(({ mediaType }) => mediaType).join(', ');
    refuse(415, `The body must be of type ${known}, not ${stated ?? 'of no stated type'}.`, {
      headers: { accept: known },
    });
  }
  const value = parseBody(essence(stated), request.body);
  if (value === undefined) return undefined;
  const faults = content.validate?.(value) ?? [];
  if (faults.length === 0) return value;
  const status = plannedResponse(operation, 422)?.status === '422' ? 422 : 400;
  refuse(status, sentence(faults), { errors: faults });
}

const UTF8 = new TextDecoder('utf-8', { fatal: true });

/** Undefined for media types whose content is not looked into. */
function parseBody(mediaType: string, bytes: Uint8Array): Json | undefined {
  const isForm = mediaType === 'application/x-www-form-urlencoded';
  if (!isJson(mediaType) && !isForm && !mediaType.startsWith('text/')) return undefined;
  try {
    const text = UTF8.decode(bytes);
    if (isJson(mediaType)) return JSON.parse(text) as Json;
    if (!isForm) return text;
    const fields = [...new URLSearchParams(text)];
    return Object.fromEntries(fields.map(([name, value]) => [name, scalar(value, undefined)]));
  } catch (error) {
    refuse(
      400,
      `The body cannot be read as ${mediaType}: ${error instanceof Error ? error.message : 'it is malformed'}`,
    );
  }
}

function success(
  request: MockRequest,
  operation: PlannedOperation,
  path: ReadonlyMap<string, string>,
  body: Json | undefined,
): MockResponse {
  const answers = operation.responses.filter(({ status }) => /^(2..|default)$/i.test(status));
  const accept = request.headers.get('accept');
  const empty = answers.find(({ content }) => content.length === 0);
  const full = answers.filter(({ content }) => content.length > 0);
  for (const response of full) {
    const content = negotiate(response.content, accept);
    if (!content) continue;
    const example = agreeingExample(operation, content.examples, path, body);
    if (example) return respond(statusOf(response), response, content, example.value);
  }
  if (empty && full.length === 0) {
    return known(operation, path) ? respond(statusOf(empty), empty, undefined, undefined) : missing(operation, path);
  }
  if (full.length > 0 && full.every(({ content }) => negotiate(content, accept) === undefined)) {
    const types = full.flatMap(({ content }) => content.map(({ mediaType }) => mediaType)).join(', ');
    refuse(406, `The answer can be ${types}, none of which Accept allows.`);
  }
  if (operation.examples.length > 0 && plannedResponse(operation, 404)?.status === '404')
    return missing(operation, path);
  const first = full[0];
  const content = first && negotiate(first.content, accept);
  if (first && content?.examples[0]) return respond(statusOf(first), first, content, content.examples[0].value);
  refuse(501, `${operation.name} has no example of a success that the mock could answer with.`);
}

/** Whether a record that no body describes is one the contract shows. */
function known(operation: PlannedOperation, path: ReadonlyMap<string, string>): boolean {
  return agreeingExample(operation, [{ name: 'none', value: null }], path, undefined) !== undefined;
}

function missing(operation: PlannedOperation, path: ReadonlyMap<string, string>): MockResponse {
  const response = plannedResponse(operation, 404);
  const content = response?.content[0];
  const example = mentioningExample(content?.examples ?? [], [...path.values()]);
  if (!response || !example) refuse(404, `There is no record with the key ${[...path.values()].join(', ')}.`);
  return respond(404, response, content, example.value);
}

function respond(
  status: number,
  response: PlannedResponse,
  content: PlannedContent | undefined,
  body: Json | undefined,
): MockResponse {
  const type: Record<string, string> = content && body !== undefined ? { 'content-type': content.mediaType } : {};
  return { status, headers: { ...response.headers, ...type }, body };
}

/** `2XX` and `default` stand for their plainest member. */
function statusOf({ status }: PlannedResponse): number {
  return /^\d{3}$/.test(status) ? Number(status) : /^\dXX$/i.test(status) ? Number(status[0]) * 100 : 200;
}

function sentence(faults: readonly Fault[]): string {
  const shown = faults.slice(0, 3).map(({ pointer, message }) => `${pointer === '' ? 'the body' : pointer} ${message}`);
  const rest = faults.length - shown.length;
  return `${faults.length === 1 ? 'One value was' : `${faults.length} values were`} rejected: ${shown.join('; ')}${rest > 0 ? `; and ${rest} more` : ''}.`;
}
