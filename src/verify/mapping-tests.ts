/** The tests of a mapping, those among them that only say what differs from another one included. */
import { type Direction, isObject, type Json, type JsonObject, type Mapping, type Path } from '../model/index.ts';

export interface MappingTest {
  readonly name: string;
  readonly direction: Direction;
  readonly input: Json;
  readonly output: Json;
  /** Where in the file input and output are stated. */
  readonly at: { readonly input: Path; readonly output: Path };
  /** Whether the other side has to refuse the output. */
  readonly isRefused: boolean;
  /** A field of a variant that its test has no place for. */
  readonly misplaced: { readonly part: 'input' | 'output'; readonly field: string } | undefined;
}

export function testsOf({ tests }: Pick<Mapping, 'tests'>): MappingTest[] {
  return tests.flatMap(({ name, direction, input, output, variants = [] }, index) => {
    const at: Path = ['tests', index];
    const own = { input: input as Json, output: output as Json };
    const test = { name, direction, ...own, at: { input: [...at, 'input'], output: [...at, 'output'] } };
    const others = variants.map(({ change, expect = {}, refused = false }, each) => {
      const [changed, expected] = [changedBy(own.input, change), changedBy(own.output, expect)];
      const place: Path = [...at, 'variants', each];
      const wrongIn = changed.misplaced === undefined ? undefined : { part: 'input', field: changed.misplaced };
      const wrongOut = expected.misplaced === undefined ? undefined : { part: 'output', field: expected.misplaced };
      return {
        name: `${name}, variant ${each + 1}`,
        direction,
        input: changed.value,
        output: expected.value,
        at: { input: [...place, 'change'], output: [...place, 'expect'] },
        isRefused: refused,
        misplaced: (wrongIn ?? wrongOut) as MappingTest['misplaced'],
      };
    });
    return [{ ...test, isRefused: false, misplaced: undefined }, ...others];
  });
}

interface Changed {
  readonly value: Json;
  readonly misplaced: string | undefined;
}

function changedBy(document: Json, changes: { readonly [field: string]: Json }): Changed {
  let value = document;
  let misplaced: string | undefined;
  for (const [field, wanted] of Object.entries(changes)) {
    const next = replaced(value, field.split('/'), wanted);
    if (next === undefined) misplaced ??= field;
    else value = next;
  }
  return { value, misplaced };
}

/** The document with another value at a place; null takes it away. Undefined where there is no such place. */
export function replaced(document: Json, [name, ...rest]: readonly string[], wanted: Json): Json | undefined {
  if (name === undefined) return wanted;
  const isLast = rest.length === 0;
  if (Array.isArray(document)) {
    const index = Number(name);
    if (!/^\d+$/.test(name) || index > document.length) return undefined;
    if (isLast && wanted === null) return document.filter((_, other) => other !== index);
    const item = replaced(document[index] ?? {}, rest, wanted);
    return item === undefined ? undefined : [...document.slice(0, index), item, ...document.slice(index + 1)];
  }
  if (!isObject(document)) return undefined;
  if (isLast && wanted === null) {
    return Object.fromEntries(Object.entries(document).filter(([key]) => key !== name)) as JsonObject;
  }
  const child = replaced(Object.hasOwn(document, name) ? document[name]! : {}, rest, wanted);
  return child === undefined ? undefined : { ...document, [name]: child };
}
