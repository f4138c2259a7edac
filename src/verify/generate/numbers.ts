/** Numbers within bounds. */
import fc from 'fast-check';
import { GenerationError } from './error.ts';
import { asNumber, type Part } from './parts.ts';

/** Numbers without a bound stay within this: as many digits as an id of an ERP has. */
const FAR = 999_999_999_999;

/** `isInteger` for type integer. Everything is a multiple of a step, so that bounds and multiples are met by counting. */
export function numberOf(parts: readonly Part[], isInteger: boolean): fc.Arbitrary<number> {
  const multiples = parts.flatMap(part => asNumber(part['multipleOf']) ?? []);
  const decimals = Math.max(isInteger ? 0 : 2, ...multiples.map(decimalsOf));
  const scale = 10 ** decimals;
  const steps = multiples.map(multiple => Math.round(multiple * scale));
  const step = [isInteger ? scale : 1, ...steps].reduce(leastCommonMultiple);
  if (!Number.isSafeInteger(step) || step <= 0) throw new GenerationError('the multiples are too fine to be counted');

  const low = Math.max(
    ...bounds(parts, 'minimum').map(bound => Math.ceil(exact(bound, scale) / step)),
    ...bounds(parts, 'exclusiveMinimum').map(bound => Math.floor(exact(bound, scale) / step) + 1),
  );
  const high = Math.min(
    ...bounds(parts, 'maximum').map(bound => Math.floor(exact(bound, scale) / step)),
    ...bounds(parts, 'exclusiveMaximum').map(bound => Math.ceil(exact(bound, scale) / step) - 1),
  );
  const far = Math.min(Math.floor(FAR / Math.max(1, decimals * 100)), Math.floor(Number.MAX_SAFE_INTEGER / step));
  const min = clamp(Number.isFinite(low) ? low : Math.min(-far, Number.isFinite(high) ? high - far : -far));
  const max = clamp(Number.isFinite(high) ? high : Math.max(far, Number.isFinite(low) ? low + far : far));
  if (min > max) throw new GenerationError(`no number lies between the bounds`);
  const counts = fc.oneof(
    { withCrossShrink: true },
    { weight: 8, arbitrary: fc.integer({ min, max }) },
    { weight: 1, arbitrary: fc.constantFrom(min, max) },
  );
  return counts.map(count => Number(((count * step) / scale).toFixed(decimals)));
}

function bounds(parts: readonly Part[], keyword: string): number[] {
  return parts.flatMap(part => asNumber(part[keyword]) ?? []);
}

/** 0.07 * 100 is 7.000000000000001. */
function exact(value: number, scale: number): number {
  return Number((value * scale).toPrecision(15));
}

function clamp(value: number): number {
  return Math.max(-Number.MAX_SAFE_INTEGER, Math.min(Number.MAX_SAFE_INTEGER, value));
}

function decimalsOf(value: number): number {
  const [, fraction = '', exponent = '0'] = /^-?\d+(?:\.(\d+))?(?:e(-?\d+))?$/.exec(String(value)) ?? [];
  return Math.max(0, Math.min(12, fraction.length - Number(exponent)));
}

function leastCommonMultiple(a: number, b: number): number {
  let [x, y] = [a, b];
  while (y !== 0) [x, y] = [y, x % y];
  return (a / x) * b;
}
