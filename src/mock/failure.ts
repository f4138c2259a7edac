/** Failures in the shape that the contract, the dialect or, last, RFC 9457 gives them. */
import { STATUS_CODES } from 'node:http';
import { isJson } from '../load/media-types.ts';
import { get, isObject, type Json } from '../model/json.ts';
import type { Dialect } from './dialects/dialect.ts';
import type { Failure, MockResponse } from './exchange.ts';
import type { PlannedContent, PlannedOperation, PlannedResponse } from './planned.ts';

/** `instance` names the occurrence; a count keeps runs reproducible. */
export function failureResponse(
  failure: Failure,
  operation: PlannedOperation | undefined,
  dialect: Dialect | undefined,
  occurrence: number,
): MockResponse {
  const declared = operation && plannedResponse(operation, failure.status);
  const content = declared?.content.find(({ mediaType }) => isJson(mediaType));
  const example = content?.examples[0]?.value;
  const headers = { ...declared?.headers, ...failure.headers };
  if (dialect?.errorBody) {
    const { contentType, body } = dialect.errorBody(failure, example);
    return { status: failure.status, headers: { ...headers, 'content-type': contentType }, body };
  }
  const body = (content && fitted(content, failure, occurrence)) ?? example ?? problemOf(failure, occurrence);
  const contentType = content?.mediaType ?? 'application/problem+json';
  return { status: failure.status, headers: { ...headers, 'content-type': contentType }, body };
}

export function plannedResponse(operation: PlannedOperation, status: number): PlannedResponse | undefined {
  const keys = [String(status), `${Math.floor(status / 100)}XX`, 'DEFAULT'];
  for (const key of keys) {
    const found = operation.responses.find(response => response.status.toUpperCase() === key);
    if (found) return found;
  }
  return undefined;
}

/** The contract's example with what happened this time, as far as its schema lets that be said. */
function fitted(content: PlannedContent, failure: Failure, occurrence: number): Json | undefined {
  const example = content.examples.find(({ value }) => get(value, 'status') === failure.status) ?? content.examples[0];
  const template = example && isObject(example.value) ? example.value : {};
  const { errors: _, ...rest } = template;
  const full = { ...problemOf(failure, occurrence), ...rest, ...particulars(failure, occurrence) };
  return [full, { ...rest, detail: failure.detail }].find(
    body => isProblem(body) && (content.validate?.(body) ?? []).length === 0,
  );
}

function isProblem(value: Json): boolean {
  return typeof get(value, 'title') === 'string' && get(value, 'status') !== undefined;
}

function particulars({ status, detail, errors }: Failure, occurrence: number) {
  return {
    status,
    detail,
    instance: `urn:uuid:00000000-0000-4000-8000-${String(occurrence).padStart(12, '0')}`,
    ...(errors && errors.length > 0 ? { errors: errors.map(error => ({ ...error })) } : {}),
  };
}

function problemOf(failure: Failure, occurrence: number): { [key: string]: Json } {
  const title = STATUS_CODES[failure.status] ?? 'Error';
  return {
    type: 'about:blank',
    title,
    code: title.toLowerCase().replace(/[^a-z]+/g, '-'),
    retryable: failure.status === 429 || failure.status >= 500,
    ...particulars(failure, occurrence),
  };
}
