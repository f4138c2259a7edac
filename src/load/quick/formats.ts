/** Formats as ajv-formats checks them, by name. */
import formats from 'ajv-formats/dist/formats.js';
import type { Format } from './keyword.ts';

/** Those of ajv-formats, and `more` of our own; undefined for a format that nobody knows, which asks for nothing. */
export function formatsWith(more: Readonly<Record<string, unknown>> = {}): (name: string) => Format | undefined {
  const known = new Map(Object.entries({ ...formats.fullFormats, ...more }) as [string, Format][]);
  return name => {
    // `format: constructor` is a format to ajv, which looks for it in an object.
    if (name in Object.prototype) throw new Error('a name that every object has');
    return known.get(name);
  };
}
