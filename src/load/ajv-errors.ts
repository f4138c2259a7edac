/** What ajv has to say, in words for people. */
import type { ErrorObject } from 'ajv';
import { closest } from 'fastest-levenshtein';
import type { Cursor } from '../model/estate.ts';
import { canonicalJson, getIn, type Json, type JsonObject, parsePointer } from '../model/json.ts';

/** Drops the errors that only say that a branch failed whose own errors are listed too. */
export function essential(errors: readonly ErrorObject[]): ErrorObject[] {
  const leaves = errors.filter(error => !['anyOf', 'oneOf', 'allOf', 'if'].includes(error.keyword));
  return leaves.length > 0 ? leaves : [...errors];
}

/**
 * What the keyword asked for, without the words: the missing property, the allowed values. In an order of its own, since
 * that of the schema may change.
 */
export function limitsOf({ params }: ErrorObject): JsonObject {
  const sorted = (value: Json) => (Array.isArray(value) ? value.map(item => canonicalJson(item)).sort() : value);
  return Object.fromEntries(
    Object.entries(params as JsonObject)
      // Which branches matched is an index into a list.
      .filter(([key, value]) => value !== undefined && key !== 'passingSchemas')
      .map(([key, value]) => [key, sorted(value)]),
  );
}

/** `"lifecycle/statuz" is not a known key; did you mean "status"?` */
export function sentence(error: ErrorObject, document?: Cursor): string {
  const at = (parsePointer(error.instancePath) ?? []).join('/');
  const subject = at === '' ? 'the document' : `"${at}"`;
  if (error.keyword === 'additionalProperties') {
    const key = String(error.params['additionalProperty']);
    const known = Object.keys((error.parentSchema?.['properties'] as object | undefined) ?? {});
    const missing = known.filter(
      name => !(document && getIn(document.value, [...(parsePointer(error.instancePath) ?? []), name]) !== undefined),
    );
    const guess = missing.length > 0 ? closest(key, missing) : undefined;
    return `${subject} has the unknown key "${key}"${guess ? `; did you mean "${guess}"?` : ''}`;
  }
  if (error.keyword === 'required') return `${subject} lacks "${String(error.params['missingProperty'])}"`;
  if (error.keyword === 'enum')
    return `${subject} must be one of ${(error.params['allowedValues'] as unknown[]).join(', ')}`;
  if (error.keyword === 'const') return `${subject} must be ${JSON.stringify(error.params['allowedValue'])}`;
  return `${subject} ${error.message ?? 'is not valid'}`;
}
