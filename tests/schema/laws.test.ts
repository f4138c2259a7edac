import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Json } from '../../src/model/json.ts';
import { DIALECTS, type DialectName, included, validator } from '../../src/schema/index.ts';
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
