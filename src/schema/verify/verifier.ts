import { canonicalJson, type Json, type JsonObject } from '../../model/json.ts';
import type { Inclusion } from '../comparison.ts';
import type { DialectName } from '../dialects/dialect.ts';
import type { Side } from '../document.ts';
import type { Formats } from '../keywords/keyword.ts';
import { ajvValidator, type RegExpEngine } from './ajv.ts';
import { hyperjumpValidator } from './hyperjump.ts';
import { materialise } from './materialise.ts';

export type Verification =
  | { readonly verified: true; readonly by: readonly string[] }
  | { readonly verified: false; readonly reason: string };

export interface Verifier {
  /** Whether two validators that know nothing of each other agree that the first schema accepts the value, and the second does not. */
  readonly verifyWitness: (a: Side, b: Side, witness: Json) => Promise<Verification>;
  /** The same inclusion where it is proved, or refuted by a witness that is verified; else unproven. */
  readonly verified: (a: Side, b: Side, inclusion: Inclusion) => Promise<Inclusion>;
}

export interface VerifierOptions {
  readonly formats?: Formats;
  /** For patterns in ajv; V8's own unless given. */
  readonly regExp?: RegExpEngine;
  /** Calls a validator; throws where that takes too long. What schemas make of alternatives may take for ever. */
  readonly call?: <T>(run: () => T) => T;
}

type Validate = (value: Json) => boolean;
/** Compiling costs far more than validating: so many schemas are kept. */
const MOST_KEPT = 500;

export function createVerifier({
  formats = 'annotation',
  regExp,
  call = run => run(),
}: VerifierOptions = {}): Verifier {
  const kept = new Map<string, Promise<readonly [string, Validate][]>>();

  function validatorsOf(side: Side): Promise<readonly [string, Validate][]> {
    const { schema, dialect } = materialise(side.document, side.pointer, formats);
    const key = `${dialect} ${canonicalJson(schema)}`;
    const known = kept.get(key);
    if (known) return known;
    if (kept.size >= MOST_KEPT) kept.delete(kept.keys().next().value!);
    const validators = compile(dialect, schema);
    kept.set(key, validators);
    return validators;
  }

  async function compile(dialect: DialectName, schema: JsonObject): Promise<readonly [string, Validate][]> {
    const asserted = formats !== 'annotation';
    const ajv = ajvValidator(dialect, schema, asserted, regExp);
    // Which formats it checks is not ours to say there.
    if (asserted) return [['ajv', ajv]];
    return [
      ['ajv', ajv],
      ['@hyperjump/json-schema', await hyperjumpValidator(dialect, schema)],
    ];
  }

  async function verifyWitness(a: Side, b: Side, witness: Json): Promise<Verification> {
    try {
      const [first, second] = [await validatorsOf(a), await validatorsOf(b)];
      for (const [name, accepts] of first)
        if (!call(() => accepts(witness))) return disagreement(name, 'rejects', 'first');
      for (const [name, accepts] of second)
        if (call(() => accepts(witness))) return disagreement(name, 'accepts', 'second');
      return { verified: true, by: first.map(([name]) => name) };
    } catch (error) {
      return { verified: false, reason: `the witness could not be checked: ${(error as Error).message}` };
    }
  }

  return {
    verifyWitness,
    async verified(a, b, inclusion) {
      if (inclusion.verdict !== 'refuted') return inclusion;
      const verification = await verifyWitness(a, b, inclusion.witness);
      return verification.verified ? inclusion : { verdict: 'unproven', reason: verification.reason };
    },
  };
}

function disagreement(validator: string, does: string, schema: string): Verification {
  return { verified: false, reason: `${validator} ${does} the witness by the ${schema} schema` };
}
