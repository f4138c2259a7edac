import formats from 'ajv-formats/dist/formats.js';
import type { Json } from '../../model/json.ts';

/** What one format admits and another does not; by the definitions of ajv-formats, which are those of the drafts. */
export type FormatDifference =
  | { readonly kind: 'none' }
  /** Values that tell them apart. */
  | { readonly kind: 'values'; readonly values: readonly Json[] }
  /** Nobody here knows one of the formats. */
  | { readonly kind: 'unknown'; readonly format: string };

/** Of values that have all of the formats sent, and may lack the one taken. */
export function formatDifference(sent: readonly string[], taken: string): FormatDifference {
  if (sent.includes(taken)) return { kind: 'none' };
  const checks = [...sent, taken].map(checkOf);
  const unknown = [...sent, taken].find((_, index) => !checks[index]);
  if (unknown !== undefined) return { kind: 'unknown', format: unknown };
  const wants = checks.pop()!;
  const values = SAMPLES.filter(value => checks.every(accepts => accepts?.(value)) && !wants(value));
  return values.length > 0 ? { kind: 'values', values } : { kind: 'none' };
}

type Check = (value: Json) => boolean;

function checkOf(name: string): Check | undefined {
  if (!Object.hasOwn(formats.fullFormats, name)) return undefined;
  const format = formats.fullFormats[name as keyof typeof formats.fullFormats] as unknown;
  if (typeof format !== 'object' || format === null) return onType('string', format);
  if (format instanceof RegExp) return onType('string', format);
  const { type, validate } = format as { type?: 'number' | 'string'; validate: unknown };
  return onType(type ?? 'string', validate);
}

/** A format says nothing of values of other types. */
function onType(type: 'number' | 'string', validate: unknown): Check {
  return value => {
    if (typeof value !== type) return true;
    if (validate instanceof RegExp) return validate.test(String(value));
    return typeof validate === 'function' ? validate(value) === true : validate === true;
  };
}

/** At least one of each format, and of what none of them is. */
const SAMPLES: readonly Json[] = [
  '2026-03-31',
  '2026-03-31T10:00:00Z',
  '10:00:00Z',
  '10:00:00',
  '2026-03-31T10:00:00',
  'P1DT12H',
  'https://api.example/a?b=c',
  '/relative/path',
  '{+template}/a',
  'someone@mail.example',
  'host.example',
  '192.0.2.1',
  '2001:db8::1',
  '123e4567-e89b-12d3-a456-426614174000',
  '/json/pointer~0',
  '1/relative',
  '#/a~1b',
  '^[a-z]+$',
  'c29tZSB0ZXh0',
  '(a b',
  0,
  2_147_483_648,
  9_007_199_254_740_992_000,
  0.5,
];
