/** Generated documents of one side of a mapping: valid, and as the mapping assumes them. */
import fc from 'fast-check';
import { type MappingField, mappingFields } from '../graph/index.ts';
import { down, elements, rootOf, schemaBundle } from '../load/index.ts';
import {
  type Direction,
  type Entry,
  type Estate,
  extend,
  type Finding,
  finding,
  ITEMS,
  type Json,
  type Mapping,
  segmentName,
  VALUES,
} from '../model/index.ts';
import { type Expressions, TransformError } from './expressions.ts';
import { arbitraryOf, GenerationError, withoutItems } from './generate/arbitrary.ts';
import rule from './mapping-rules.ts';
import type { Sides } from './mapping-sides.ts';

/** A generated document, and how to draw it again. */
export interface Instance {
  readonly value: Json;
  readonly seed: number;
  readonly index: number;
}

export interface Instances {
  readonly arbitrary: fc.Arbitrary<Json> | undefined;
  readonly instances: readonly Instance[];
  /** Whether a document is one that the mapping has to cope with. */
  readonly isMeant: (value: Json) => Promise<boolean>;
  readonly findings: readonly Finding[];
}

/** Where an assumption filters, this many times the wanted number is drawn at most. */
const ROUNDS = 10;
const LEAST_SHARE = 0.1;

export async function instancesOf(
  estate: Estate,
  mapping: Entry<Mapping>,
  direction: Direction,
  { source }: Sides,
  expressions: Expressions,
  { runs, seed }: { readonly runs: number; readonly seed: number },
): Promise<Instances> {
  const subject = extend(mapping.id, direction);
  const filters = (mapping.value.assumes ?? []).flatMap((assumption, index) =>
    assumption.direction === direction && assumption.expression !== undefined
      ? [{ expression: assumption.expression, least: assumption.share ?? LEAST_SHARE, index, met: 0, failed: '' }]
      : [],
  );
  const meets = async (filter: (typeof filters)[number], value: Json): Promise<boolean> => {
    try {
      return (
        (await expressions.evaluate(filter.expression, value, value, { name: 'assumes', within: undefined })) === true
      );
    } catch (error) {
      if (!(error instanceof TransformError)) throw error;
      filter.failed = error.message;
      return false;
    }
  };
  const isMeant = async (value: Json): Promise<boolean> => {
    for (const filter of filters) if (!(await meets(filter, value))) return false;
    return source.violations(value).length === 0;
  };
  const nothing = (message: string): Instances => {
    const found = finding(rule.notGenerated, { subject, message, location: mapping.file.locate([direction]) });
    return { arbitrary: undefined, instances: [], isMeant, findings: [found] };
  };

  const instances: Instance[] = [];
  let arbitrary: fc.Arbitrary<Json>;
  let drawn = 0;
  let invalid: string | undefined;
  try {
    arbitrary = arbitraryFor(estate, mapping, direction, { source }, seed);
    for (let round = 0; round < (filters.length > 0 ? ROUNDS : 1) && instances.length < runs; round += 1) {
      for (const [index, value] of fc.sample(arbitrary, { numRuns: runs, seed: seed + round }).entries()) {
        const [violation] = source.violations(value);
        if (violation) {
          invalid ??= violation.message;
          continue;
        }
        drawn += 1;
        let isMet = true;
        for (const filter of filters) {
          if (await meets(filter, value)) filter.met += 1;
          else isMet = false;
        }
        if (isMet && instances.length < runs) instances.push({ value, seed: seed + round, index });
      }
    }
  } catch (error) {
    if (!(error instanceof GenerationError)) throw error;
    return nothing(`no document of the source can be generated: ${error.message}`);
  }
  if (invalid !== undefined) {
    return nothing(`generated documents are not valid by the source's own schema: ${invalid}`);
  }
  const findings = filters.flatMap(({ least, index, met, expression, failed }) => {
    if (met >= drawn * least) return [];
    const share = `${met} of ${drawn} generated documents fulfil`;
    const why = failed === '' ? '' : `; it failed with: ${failed}`;
    return finding(rule.assumption, {
      subject,
      message: `${share} the assumption "${expression}", which has to hold for ${least * 100} %${why}`,
      facts: { expression },
      location: mapping.file.locate(['assumes', index, 'expression']),
    });
  });
  if (instances.length === 0 && findings.length === 0) return nothing('no generated document fulfils all assumptions');
  return { arbitrary, instances, isMeant, findings };
}

/** Documents that are valid by the schema of the source, and by those that the mapping assumes. */
function arbitraryFor(
  estate: Estate,
  mapping: Entry<Mapping>,
  direction: Direction,
  { source }: Pick<Sides, 'source'>,
  seed: number,
): fc.Arbitrary<Json> {
  // The schema behind a file layout lies in a file of its own; what is assumed of it, in the mapping's.
  const files = new Map([...estate.files, ...source.home.files]);
  const bundle = schemaBundle({ files }, { prefix: '#/$defs/', jsonSchema: true });
  const assumed = elements(down(rootOf(mapping.file), 'assumes')).flatMap((cursor, index): Json[] => {
    const assumption = mapping.value.assumes?.[index];
    const schema = down(cursor, 'schema');
    if (!schema || assumption?.direction !== direction) return [];
    return [nested(assumption.field?.split('/') ?? [], bundle.copyOf(schema))];
  });
  const isAnswer = direction === 'toCanonical' && source.contract?.kind === 'api';
  return arbitraryOf(
    { allOf: [bundle.copyOf(source.cursor), ...assumed] },
    {
      definitions: bundle.definitions,
      hints: hintsOf(mappingFields(mapping).fields, direction),
      seed,
      ...(isAnswer ? { omit: 'writeOnly' as const } : {}),
    },
  );
}

/** The schema of a document whose field has the schema. */
function nested([name, ...rest]: readonly string[], schema: Json): Json {
  if (name === undefined) return schema;
  const inner = nested(rest, schema);
  if (name === ITEMS) return { items: inner };
  return name === VALUES ? { additionalProperties: inner } : { properties: { [segmentName(name)]: inner } };
}

/** What the values of a field are compared with. */
function hintsOf(fields: readonly MappingField[], direction: Direction): Map<string, Json[]> {
  const hints = new Map<string, Json[]>();
  for (const field of fields) {
    if (field.direction !== direction || field.role !== 'reads' || field.literals.length === 0) continue;
    const key = withoutItems(field.path.join('/'));
    hints.set(key, [...new Set([...(hints.get(key) ?? []), ...field.literals])]);
  }
  return hints;
}
