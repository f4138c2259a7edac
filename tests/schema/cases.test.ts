import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { load } from 'js-yaml';
import { describe, expect, it } from 'vitest';
import type { Json } from '../../src/model/json.ts';
import {
  comparison,
  createVerifier,
  DIALECTS,
  type DialectName,
  included,
  type Place,
} from '../../src/schema/index.ts';

interface Case {
  readonly name: string;
  readonly dialect?: DialectName;
  readonly a: Json;
  readonly b: Json;
  readonly verdict: 'proved' | 'refuted' | 'unproven';
  readonly witness?: Json;
  readonly at?: Place;
  readonly reason?: string;
}

const CASES = join(import.meta.dirname, 'cases');
const verifier = createVerifier();

describe.each(readdirSync(CASES))('%s', file => {
  it.each(load(readFileSync(join(CASES, file), 'utf8')) as Case[])('$name', async ({ a, b, dialect, ...expected }) => {
    const [documentA, documentB] = [a, b].map(root => ({ root, dialect: DIALECTS[dialect ?? '2020-12'] }));
    const inclusion = included(documentA!, documentB!);
    const { name: _, ...stated } = expected;
    expect(inclusion).toMatchObject(stated);

    const found = comparison(documentA!, documentB!).disagreements('', '');
    expect(found.length === 0).toBe(inclusion.verdict === 'proved');
    if (inclusion.verdict !== 'refuted') return;
    for (const disagreement of [inclusion, ...found]) {
      if (disagreement.verdict !== 'refuted') continue;
      const sides = [documentA!, documentB!].map(document => ({ document, pointer: '' }));
      const verification = await verifier.verifyWitness(sides[0]!, sides[1]!, disagreement.witness);
      expect(verification).toEqual({ verified: true, by: ['ajv', '@hyperjump/json-schema'] });
    }
  });
});
