/** The two versions of JSON Schema that examples in OpenAPI are judged by: up to 3.0, and from 3.1. */
export type Draft = 'draft4' | 'draft2020-12';

export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
