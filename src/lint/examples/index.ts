/** Which examples Spectral need not be asked about. */
import type { IFunction } from '@stoplight/spectral-core';
import { oas2, oas3_0, oas3_1, oas3_2 } from '@stoplight/spectral-formats';
import { type Draft, isObject } from './draft.ts';
import { hasNames } from './names.ts';
import { soundnessBy } from './sound.ts';
import { surelyValidIn } from './valid.ts';

export { hasNames } from './names.ts';

type Context = Parameters<IFunction>[2];
interface Options {
  readonly oasVersion: 2 | 3;
  readonly type: 'media' | 'schema';
  /** Member that holds the schema; `$` where the value itself is one. */
  readonly schemaField: string;
}

const SOUNDNESS = { draft4: soundnessBy('draft4'), 'draft2020-12': soundnessBy('draft2020-12') };

/** Whether Spectral's `oasExample` would find nothing, as far as that can be told without compiling the schema. */
export function hasSurelyNoFault(input: unknown, options: Options, { document }: Context): boolean {
  const draft = draftOf(document);
  if (draft === undefined || !isObject(input)) return false;
  const schema = schemaIn(input, options);
  const examples = examplesIn(input, options);
  // Something that should be there is not: Spectral says so whatever the schema.
  if (examples.includes(undefined)) return false;
  switch (SOUNDNESS[draft](schema)) {
    case 'unresolved':
      return true;
    case 'sound':
      return examples.every(surelyValidIn(document, schema, draft));
    default:
      return false;
  }
}

/** Whether the schema has names of its own: an Ajv instance knows one schema by a name, and not one of each document. */
export function mayNameSchemas(input: unknown, options: Options, { document }: Context): boolean {
  return !isObject(input) || hasNames(schemaIn(input, options), draftOf(document));
}

function schemaIn(input: Readonly<Record<string, unknown>>, { schemaField }: Options): unknown {
  return schemaField === '$' ? input : input[schemaField];
}

/** Undefined where the document may have chosen another one. */
function draftOf({ formats, data }: Context['document']): Draft | undefined {
  if (formats?.has(oas3_1) || formats?.has(oas3_2)) {
    return isObject(data) && data['jsonSchemaDialect'] === undefined ? 'draft2020-12' : undefined;
  }
  return formats?.has(oas3_0) || formats?.has(oas2) ? 'draft4' : undefined;
}

/** The values that `oasExample` looks at. */
function examplesIn(input: Readonly<Record<string, unknown>>, { oasVersion, type }: Options): unknown[] {
  const present = (names: readonly string[]) => names.filter(name => name in input).map(name => input[name]);
  if (type === 'schema')
    return present(oasVersion === 2 ? ['example', 'x-example', 'default'] : ['example', 'default']);
  const examples = isObject(input['examples']) ? Object.values(input['examples']) : [];
  if (oasVersion === 2) return examples;
  if ('example' in input) return [input['example']];
  return examples.filter(isObject).flatMap(example => ('externalValue' in example ? [] : [example['value']]));
}
