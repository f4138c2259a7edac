/** Data that fits a layout, made at random from its derived schema: what writing must be able to write. */
import fc from 'fast-check';
import { IDENTIFIERS, type Json, type JsonObject } from '../../src/model/index.ts';
import { FORMATS } from '../../src/verify/generate/text.ts';

/** The parts of JSON Schema that `documentSchema` uses. Conditions and controls are the caller's to see to. */
export function instanceOf(schema: JsonObject): fc.Arbitrary<Json> {
  const { type, enum: values, pattern, minimum, maximum } = schema;
  if (Array.isArray(values)) return fc.constantFrom(...values);
  if (type === 'object') return objectOf(schema);
  if (type === 'array') {
    const least = Number(schema['minItems'] ?? 0);
    const most = Math.min(Number(schema['maxItems'] ?? least + 3), least + 3);
    return fc.array(instanceOf(schema['items'] as JsonObject), { minLength: least, maxLength: most });
  }
  if (type === 'integer') return fc.integer({ min: Number(minimum), max: Number(maximum) });
  if (schema['format'] === 'date') {
    return fc
      .date({ min: new Date('2000-01-01'), max: new Date('2099-12-31'), noInvalidDate: true })
      .map(date => date.toISOString().slice(0, 10));
  }
  const identifier = IDENTIFIERS.find(format => format === schema['format']);
  if (identifier) return FORMATS[identifier]!.filter(value => fits(schema, value));
  const text = fc.stringMatching(new RegExp(String(pattern), 'u'), { maxLength: Number(schema['maxLength'] ?? 40) });
  return text.filter(value => fits(schema, value));
}

function fits({ minLength, maxLength, pattern, allOf }: JsonObject, value: string): boolean {
  const isLong = value.length >= Number(minLength ?? 0) && value.length <= Number(maxLength ?? 1000);
  const patterns = [pattern, ...((allOf ?? []) as JsonObject[]).map(part => part['pattern'])];
  const isDay = !/^\d{4}-\d\d-\d\d/.test(value) || isCalendarDay(value.slice(0, 10));
  return isLong && isDay && patterns.every(one => one === undefined || new RegExp(String(one), 'u').test(value));
}

/** `Date` takes 30 February for 2 March. */
function isCalendarDay(day: string): boolean {
  const date = new Date(`${day}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(day);
}

function objectOf({ properties, required, allOf }: JsonObject): fc.Arbitrary<JsonObject> {
  const members = Object.entries((properties ?? {}) as JsonObject).map(([name, schema]) => [
    name,
    instanceOf(schema as JsonObject),
  ]);
  const record = fc.record(Object.fromEntries(members) as Record<string, fc.Arbitrary<Json>>, {
    requiredKeys: (required ?? []) as string[],
  });
  return record.filter(value =>
    ((allOf ?? []) as JsonObject[]).every(part => depends(part, value)),
  ) as fc.Arbitrary<JsonObject>;
}

function depends(
  { dependentRequired, anyOf, required, not, properties }: JsonObject,
  value: Record<string, unknown>,
): boolean {
  const has = (names: Json | undefined) => ((names ?? []) as string[]).every(name => name in value);
  if (not) return !depends(not as JsonObject, value);
  if (required && !has(required)) return false;
  if (properties) {
    return Object.entries(properties as JsonObject).every(([name, schema]) =>
      ((schema as JsonObject)['enum'] as Json[]).includes(value[name] as Json),
    );
  }
  if (required) return true;
  if (anyOf) return (anyOf as JsonObject[]).some(part => depends(part, value));
  return Object.entries((dependentRequired ?? {}) as JsonObject).every(
    ([name, others]) => !(name in value) || has(others),
  );
}
