/** Which of a contract's examples is the answer to a request. */
import { entries, get, isObject, type Json } from '../model/json.ts';
import type { PlannedExample, PlannedOperation, PlannedParameter } from './planned.ts';

/** How deep below the root of an example its keys are looked for: envelopes such as OData's are one or two levels. */
const DEPTH = 3;

/**
 * The example that is about the record the path names; undefined where all are about others, or where the contract
 * shows no such key. Among several the one that shares most with the request body.
 */
export function agreeingExample(
  operation: PlannedOperation,
  examples: readonly PlannedExample[],
  path: ReadonlyMap<string, string>,
  body: Json | undefined,
): PlannedExample | undefined {
  const keys = operation.parameters.filter(({ in: place }) => place === 'path');
  const fitting = examples.filter(({ value }) => keys.every(key => agrees(key, path.get(key.name), value)));
  return fitting.reduce<PlannedExample | undefined>(
    (best, example) => (best && likeness(best.value, body) >= likeness(example.value, body) ? best : example),
    undefined,
  );
}

function agrees(key: PlannedParameter, value: string | undefined, example: Json): boolean {
  if (value === undefined) return true;
  const shown = keyValue(example, key.name, DEPTH);
  if (shown !== undefined) return shown === value;
  // The example does not say whose it is: it is that of the records the contract shows, or of any where it shows none.
  return key.examples.length === 0 || key.examples.includes(value);
}

/** The value of the property that is the key called `name`, the outermost one. */
function keyValue(value: Json, name: string, depth: number): string | undefined {
  if (!isObject(value) || depth === 0) return undefined;
  const exact = get(value, name);
  if (exact !== undefined && typeof exact !== 'object') return String(exact);
  const isGeneric = name.toLowerCase() === 'id';
  for (const [property, child] of entries(value)) {
    if (typeof child === 'object') continue;
    const isKey = isGeneric ? /^(id|.+Id)$/.test(property) : property === 'id' && /^.+Id$/.test(name);
    if (isKey) return String(child);
  }
  for (const [, child] of entries(value)) {
    const found = keyValue(child, name, depth - 1);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** How many of the body's own scalar members the example repeats. */
function likeness(example: Json, body: Json | undefined): number {
  const candidates = [example, ...entries(example).map(([, child]) => child)];
  const count = (candidate: Json) =>
    entries(body).filter(([name, value]) => typeof value !== 'object' && get(candidate, name) === value).length;
  return Math.max(...candidates.map(count));
}

/** The example that mentions one of the values, else the first: `No supplier has the id SUP-999999`. */
export function mentioningExample(
  examples: readonly PlannedExample[],
  values: readonly string[],
): PlannedExample | undefined {
  return examples.find(({ value }) => values.some(text => JSON.stringify(value).includes(text))) ?? examples[0];
}
