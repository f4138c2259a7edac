/** The value as it is after JSON: -0 is 0. Not by JSON.parse, which may misread keys on newer V8 (nodejs/node#63785). */
export function withoutNegativeZero<T>(value: T): T {
  if (value === 0) return 0 as T;
  if (Array.isArray(value)) return value.map(withoutNegativeZero) as T;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, withoutNegativeZero(each)])) as T;
}
