import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Json, JsonObject } from '../../src/model/json.ts';
import { comparison, DIALECTS, type DialectName, included, validator } from '../../src/schema/index.ts';
import { ajvValidator } from '../../src/schema/verify/ajv.ts';
import { materialise } from '../../src/schema/verify/materialise.ts';
import { schema, value } from './arbitrary.ts';

/** Small, since what is generated is small; what does not fit is unproven, never wrong. */
const limits = { steps: 100_000 };
const RUNS = { numRuns: 20, seed: 20_260 };
const dialects = Object.keys(DIALECTS) as DialectName[];
const documentIn = (dialect: DialectName) => (root: Json) => ({ root, dialect: DIALECTS[dialect] });

/** Undefined where ajv gives no answer: it does not end on schemas that refer to themselves for the same value. */
function accepts(dialect: DialectName, root: Json): (instance: Json) => boolean | undefined {
  const { schema } = materialise(documentIn(dialect)(root), '', 'annotation');
  const ask = <T>(run: () => T): T | undefined => {
    try {
      return run();
    } catch (error) {
      if (error instanceof RangeError || /resolve reference/.test((error as Error).message)) return undefined;
      throw error;
    }
  };
  const validate = ask(() => ajvValidator(dialect, schema, false));
  return instance => ask(() => validate?.(instance));
}

describe.each(dialects)('%s', dialect => {
  const document = documentIn(dialect);
  const ask = (a: Json, b: Json) => included(document(a), document(b), { limits });

  it('is validated as ajv validates', () => {
    const samples = fc.array(value, { minLength: 8, maxLength: 8 });
    fc.assert(
      fc.property(schema(dialect), samples, (root, instances) => {
        const [own, ajv] = [validator(document(root)), accepts(dialect, root)];
        for (const instance of instances) {
          const { valid } = own('', instance);
          if (valid !== undefined) expect(valid).toBe(ajv(instance) ?? valid);
        }
      }),
      RUNS,
    );
  });

  it('has proofs that no value contradicts, and witnesses that ajv confirms', () => {
    const samples = fc.array(value, { minLength: 20, maxLength: 20 });
    fc.assert(
      fc.property(schema(dialect), schema(dialect), samples, (a, b, instances) => {
        const inclusion = ask(a, b);
        const [inA, inB] = [accepts(dialect, a), accepts(dialect, b)];
        if (inclusion.verdict === 'proved') {
          expect(instances.filter(instance => inA(instance) === true && inB(instance) === false)).toEqual([]);
        }
        if (inclusion.verdict === 'refuted') {
          expect([inA(inclusion.witness) ?? true, inB(inclusion.witness) ?? false]).toEqual([true, false]);
        }
      }),
      RUNS,
    );
  });
});

/** Definitions of both under names of their own, so that they fit into one document. */
function sideBySide(a: Json, b: Json) {
  const split = (root: Json, prefix: string) => {
    const text = JSON.stringify(typeof root === 'boolean' ? { allOf: [root] } : root);
    const { definitions, ...schema } = JSON.parse(
      text.replaceAll('#/definitions/', `#/definitions/${prefix}`),
    ) as JsonObject;
    const renamed = Object.entries((definitions ?? {}) as JsonObject).map(([name, sub]) => [prefix + name, sub]);
    return { schema, definitions: Object.fromEntries(renamed) as JsonObject };
  };
  const [first, second] = [split(a, 'a'), split(b, 'b')];
  const definitions: JsonObject = { ...first.definitions, ...second.definitions, whole: first.schema };
  return { a: first.schema, b: second.schema, in: (schema: JsonObject): Json => ({ ...schema, definitions }) };
}

describe.each(['draft-07', '2020-12'] as const)('%s, laws', dialect => {
  const document = documentIn(dialect);
  const verdict = (a: Json, b: Json) => included(document(a), document(b), { limits }).verdict;
  /** Unproven is allowed; the opposite is not. */
  const isNotRefuted = (a: Json, b: Json) => expect(verdict(a, b)).not.toBe('refuted');

  it('holds of conjunction, disjunction, double negation and references', () => {
    fc.assert(
      fc.property(schema(dialect), schema(dialect), (first, second) => {
        const both = sideBySide(first, second);
        const { a, b } = both;
        isNotRefuted(both.in({ allOf: [a, b] }), first);
        isNotRefuted(both.in({ allOf: [b, a] }), second);
        isNotRefuted(first, both.in({ anyOf: [b, a] }));
        isNotRefuted(second, both.in({ anyOf: [b, a] }));
        for (const same of [{ not: { not: a } }, { allOf: [{ $ref: '#/definitions/whole' }] }, { oneOf: [a, false] }]) {
          isNotRefuted(both.in(same), first);
          isNotRefuted(first, both.in(same));
        }
      }),
      RUNS,
    );
  });

  it('gives refactored schemas the same verdict, and is transitive', () => {
    fc.assert(
      fc.property(schema(dialect), schema(dialect), schema(dialect), (first, second, third) => {
        const both = sideBySide(first, second);
        const { a, b } = both;
        const plain = verdict(first, second);
        const refactored = verdict(
          both.in({ allOf: [{ not: { not: a } }, {}] }),
          both.in({ anyOf: [false, reversed(b)] }),
        );
        if (plain !== 'unproven' && refactored !== 'unproven') expect(refactored).toBe(plain);
        if (plain === 'proved' && verdict(second, third) === 'proved') isNotRefuted(first, third);
      }),
      RUNS,
    );
  });

  it('finds disagreements where, and only where, an inclusion is not proved', () => {
    fc.assert(
      fc.property(schema(dialect), schema(dialect), (a, b) => {
        const found = comparison(document(a), document(b), { limits }).disagreements('', '');
        expect(found.length === 0).toBe(verdict(a, b) === 'proved');
        const [inA, inB] = [validator(document(a)), validator(document(b))];
        for (const disagreement of found) {
          if (disagreement.verdict !== 'refuted') continue;
          const { witness } = disagreement;
          expect([inA('', witness).valid, inB('', witness).valid ?? false]).toEqual([true, false]);
        }
      }),
      RUNS,
    );
  });
});

/** The same schema with members and alternatives in another order. */
function reversed(schema: Json): Json {
  if (Array.isArray(schema) || typeof schema !== 'object' || schema === null) return schema;
  const unordered = (key: string, value: Json) =>
    ['allOf', 'anyOf', 'oneOf', 'enum', 'required'].includes(key) && Array.isArray(value) ? value.toReversed() : value;
  return Object.fromEntries(
    Object.entries(schema)
      .map(([key, value]) => [key, unordered(key, value)] as const)
      .reverse(),
  );
}
