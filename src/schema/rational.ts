/** Exact decimals: what a JSON number says, not what binary floating point makes of it. */
export interface Rational {
  /** Lowest terms; the sign is in the numerator. */
  readonly numerator: bigint;
  readonly denominator: bigint;
}

export const ZERO: Rational = { numerator: 0n, denominator: 1n };
export const ONE: Rational = { numerator: 1n, denominator: 1n };

export function rational(numerator: bigint, denominator = 1n): Rational {
  const sign = denominator < 0n ? -1n : 1n;
  const shared = gcd(abs(numerator), abs(denominator)) || 1n;
  return { numerator: (sign * numerator) / shared, denominator: (sign * denominator) / shared };
}

/** The decimal that a finite number prints as: 0.1 is a tenth. */
export function fromNumber(value: number): Rational {
  const [mantissa = '0', exponent = '0'] = String(value).split('e');
  const [whole = '0', fraction = ''] = mantissa.split('.');
  const shift = Number(exponent) - fraction.length;
  const digits = BigInt(whole + fraction);
  return shift >= 0 ? rational(digits * 10n ** BigInt(shift)) : rational(digits, 10n ** BigInt(-shift));
}

/** The nearest double; undefined where that is not exactly the rational. */
export function toNumber(value: Rational): number | undefined {
  const near = value.denominator === 1n ? Number(value.numerator) : nearest(value);
  return Number.isFinite(near) && compare(fromNumber(near), value) === 0 ? near : undefined;
}

export const text = ({ numerator, denominator }: Rational): string => `${numerator}/${denominator}`;

export function compare(a: Rational, b: Rational): number {
  const difference = a.numerator * b.denominator - b.numerator * a.denominator;
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}

export function add(a: Rational, b: Rational): Rational {
  return rational(a.numerator * b.denominator + b.numerator * a.denominator, a.denominator * b.denominator);
}

export function times(a: Rational, b: Rational): Rational {
  return rational(a.numerator * b.numerator, a.denominator * b.denominator);
}

export function over(a: Rational, b: Rational): Rational {
  return rational(a.numerator * b.denominator, a.denominator * b.numerator);
}

export const isInteger = ({ denominator }: Rational): boolean => denominator === 1n;

export function floor({ numerator, denominator }: Rational): bigint {
  const quotient = numerator / denominator;
  return numerator < 0n && quotient * denominator !== numerator ? quotient - 1n : quotient;
}

export function ceil(value: Rational): bigint {
  return isInteger(value) ? value.numerator : floor(value) + 1n;
}

/** The smallest positive rational that both divide: lcm of the numerators over gcd of the denominators. */
export function leastCommonMultiple(a: Rational, b: Rational): Rational {
  const numerator = (a.numerator * b.numerator) / gcd(a.numerator, b.numerator);
  return rational(abs(numerator), gcd(a.denominator, b.denominator));
}

export const isMultiple = (value: Rational, unit: Rational): boolean => isInteger(over(value, unit));

/** By decimal text, since the quotient of two rounded doubles may be off by one place. */
function nearest({ numerator, denominator }: Rational): number {
  let scale = 1n;
  for (let places = 0; places <= MOST_PLACES; places += 1, scale *= 10n) {
    if (scale % denominator === 0n) return Number(`${(numerator * scale) / denominator}e-${places}`);
  }
  return Number.NaN;
}

/** Of the smallest double. */
const MOST_PLACES = 324;

function gcd(a: bigint, b: bigint): bigint {
  let [x, y] = [abs(a), abs(b)];
  while (y !== 0n) [x, y] = [y, x % y];
  return x;
}

const abs = (value: bigint): bigint => (value < 0n ? -value : value);
