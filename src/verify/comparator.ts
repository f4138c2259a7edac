/** One HTTP interaction against one OpenAPI document, by @pactflow/openapi-pact-comparator. */
import * as comparatorPackage from '@pactflow/openapi-pact-comparator';
import type { HttpInteraction } from '../load/interactions.ts';
import { get, isObject, type Json, type JsonObject, type Path } from '../model/json.ts';

export interface Mismatch {
  /** The comparator's name for it, e.g. `response.body.incompatible`. */
  readonly code: string;
  readonly message: string;
  readonly side: 'request' | 'response';
  /** Which part of that side: `body`, `headers`, `query`, `path`, `status`. */
  readonly part: string;
  /** Into the body, where that is the part. */
  readonly steps: Path;
  /** Place and reason without values of the interaction, for fingerprints. */
  readonly detail: string;
}

/** What the package yields; its own types cannot be resolved outside of its sources. */
interface Result {
  readonly type: 'error' | 'warning';
  readonly code: string;
  readonly message: string;
  readonly mockDetails?: { readonly location: string };
}
interface PactComparator {
  compare(pact: JsonObject): AsyncIterable<Result>;
}
const { Comparator } = comparatorPackage as unknown as {
  readonly Comparator: new (document: JsonObject) => PactComparator;
};

/** `path` of the interaction is relative to the document's server. The document is changed: give it its own copy. */
export function compareWithContract(
  document: JsonObject,
): (interaction: HttpInteraction, path: string) => Promise<Mismatch[]> {
  const comparator = new Comparator(structuredClone(document));
  return async (interaction, path) => {
    const { cursor, pact } = interaction;
    const request = get(cursor.value, 'request');
    const relative = {
      ...(cursor.value as JsonObject),
      request: { ...(isObject(request) ? request : {}), path },
    };
    const metadata = get(pact.document, 'metadata') ?? {};
    const found: Mismatch[] = [];
    try {
      for await (const result of comparator.compare({ metadata, interactions: [relative] })) {
        if (result.type === 'error') found.push(mismatchOf(result, interaction));
      }
    } catch (error) {
      // A pact that the comparator cannot read, e.g. without a response.
      const message = error instanceof Error ? error.message : String(error);
      found.push({ code: 'pact.malformed', message, side: 'request', part: '', steps: [], detail: message });
    }
    return found;
  };
}

const LOCATION = /^\[root\]\.interactions\[\d+\]\.(request|response)\.([a-z]+)\.?(.*)$/s;

function mismatchOf({ code, message, mockDetails }: Result, interaction: HttpInteraction): Mismatch {
  const match = LOCATION.exec(mockDetails?.location ?? '');
  const side = match?.[1] === 'response' ? 'response' : 'request';
  const part = match?.[2] ?? '';
  const body = part === 'body' ? interaction[side].body?.value : undefined;
  const extra = /must NOT have (?:additional|unevaluated) properties - (.*)$/s.exec(message)?.[1];
  const steps =
    body === undefined ? [] : [...dottedSteps(body, match?.[3] ?? ''), ...(extra === undefined ? [] : [extra])];
  const reason = message.replace(/^.* in the spec file: /s, '');
  const text = extra === undefined ? message : `the contract's ${side} has no field ${steps.join('/')}`;
  return { code, message: text, side, part, steps, detail: `${match?.[3] ?? ''} ${reason}`.trim() };
}

/** `lines.0.unit price`: names may hold dots, so the value decides where a step ends. */
function dottedSteps(value: Json, dotted: string): Path {
  if (dotted === '') return [];
  const keys = Array.isArray(value) ? [...value.keys()] : isObject(value) ? Object.keys(value) : [];
  for (const key of keys) {
    const text = String(key).replaceAll('~', '~0').replaceAll('/', '~1');
    if (dotted !== text && !dotted.startsWith(`${text}.`)) continue;
    const child = get(value, key);
    if (child !== undefined) return [key, ...dottedSteps(child, dotted.slice(text.length + 1))];
  }
  return [dotted];
}
