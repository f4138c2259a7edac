/**
 * Does anything notice a fault in a mapping? Each fault is held against the mapping's own tests, then against generated
 * documents. An expression is evaluated only where the mapping evaluates it; only documents in which its result differs
 * take the way there and back.
 */
import {
  DIRECTIONS,
  type Direction,
  type Entry,
  extend,
  type Finding,
  finding,
  type Json,
  type Mapping,
  type Template,
} from '../model/index.ts';
import type { Expressions } from './expressions.ts';
import { type Judge, keyOf, OPPOSITE, targetOf } from './mapping-judgement.ts';
import rule from './mapping-rules.ts';
import { type MappingTest, testsOf } from './mapping-tests.ts';
import { type Mutant, mutantsOf, withExpression } from './mutations.ts';
import { sameJson, TransformError, transform } from './transform.ts';

/** A document whose way there and back is known. */
export interface Judged {
  readonly direction: Direction;
  readonly value: Json;
  /** What it becomes on the other side; undefined where the mapping fails. */
  readonly output: Json | undefined;
  /** Keys of what is wrong on its way. */
  readonly faults: ReadonlySet<string>;
}

export interface Mutations {
  /** Faults that were planted, and how many of them were noticed by what, or can make no difference. */
  readonly planted: number;
  readonly byTests: number;
  readonly byDocuments: number;
  readonly equivalent: number;
}

/** Name of the expression with the fault. */
const MUTANT = '\u0000mutant';
/** Evaluates to nothing. */
const DROPPED = '()';

export async function plantFaults(
  mapping: Entry<Mapping>,
  documents: readonly Judged[],
  judge: Judge,
  expressions: Expressions,
): Promise<Mutations & { readonly findings: Finding[] }> {
  const tests = await passingTests(mapping.value, expressions);
  const evidence = evidenceOf(mapping.value, tests, documents, expressions);
  const stated = new Map((mapping.value.equivalent ?? []).map((each, index) => [claimKey(each), { ...each, index }]));
  const findings: Finding[] = [];
  const counts = { planted: 0, byTests: 0, byDocuments: 0, equivalent: 0 };
  for (const direction of DIRECTIONS) {
    for (const mutant of mutantsOf(mapping.value, direction)) {
      counts.planted += 1;
      const seen = await look(mapping.value, mutant, evidence, judge, expressions);
      const key = claimKey({ direction, field: fieldOf(mutant), mutation: whatOf(mutant) });
      const claim = stated.get(key);
      stated.delete(key);
      if (claim && seen.changes === 0) {
        counts.equivalent += 1;
        continue;
      }
      if (claim) findings.push(notEquivalent(mapping, claim, 'tests or generated documents come out differently'));
      if (seen.by === 'tests') counts.byTests += 1;
      else if (seen.by === 'documents') counts.byDocuments += 1;
      else if (!claim) findings.push(survivor(mapping, mutant, seen.changes));
    }
  }
  for (const claim of stated.values()) findings.push(notEquivalent(mapping, claim, 'there is no such change'));
  return { ...counts, findings };
}

interface Evidence {
  readonly tests: readonly Source[];
  readonly documents: readonly Source[];
}

/** A document that one direction of the mapping is applied to. */
interface Source {
  readonly direction: Direction;
  readonly value: Json;
  /** The test that it is the input of, or the generated document whose way leads over it. */
  readonly test?: MappingTest;
  readonly judged?: Judged;
  /** By the list that an expression stands in: what it is evaluated over. */
  readonly contexts: Map<string, readonly Json[]>;
}

function evidenceOf(
  { toVendor, toCanonical }: Mapping,
  tests: readonly MappingTest[],
  documents: readonly Judged[],
  expressions: Expressions,
): Evidence & { readonly contextsOf: (source: Source, at: readonly string[]) => Promise<readonly Json[]> } {
  const templates = { toVendor, toCanonical };
  return {
    tests: tests.map(test => ({ direction: test.direction, value: test.input, test, contexts: new Map() })),
    // The way back is the other direction's.
    documents: documents.flatMap(judged => {
      const there: Source = { direction: judged.direction, value: judged.value, judged, contexts: new Map() };
      if (judged.output === undefined) return [there];
      const back: Source = {
        ...there,
        direction: OPPOSITE[judged.direction],
        value: judged.output,
        contexts: new Map(),
      };
      return [there, back];
    }),
    async contextsOf(source, at) {
      const list = at.slice(0, at.lastIndexOf('$item') + 1);
      const key = list.join('/');
      const found =
        source.contexts.get(key) ?? (await contextsIn(templates[source.direction], source, list, expressions));
      source.contexts.set(key, found);
      return found;
    },
  };
}

/** What the items of a list, that may stand in another list, are made from. */
async function contextsIn(
  template: Template,
  { value }: Source,
  list: readonly string[],
  expressions: Expressions,
): Promise<Json[]> {
  let contexts: Json[] = [value];
  let here: Template = template;
  for (const name of list) {
    const parent = here as { readonly [property: string]: Template };
    here = parent[name]!;
    if (name !== '$item') continue;
    const each = parent['$each'] as string;
    const items: Json[] = [];
    for (const context of contexts) {
      const found = await resultOf(expressions, each, context, value);
      if (found === FAILED || found === undefined) continue;
      items.push(...(Array.isArray(found) ? found : [found]));
    }
    contexts = items;
  }
  return contexts;
}

const FAILED = Symbol('failed');

async function resultOf(
  expressions: Expressions,
  expression: string,
  context: Json,
  source: Json,
): Promise<Json | undefined | typeof FAILED> {
  try {
    const result = expressions.evaluate(expression, context, source, undefined);
    return result instanceof Promise ? await result : result;
  } catch (error) {
    if (!(error instanceof TransformError)) throw error;
    return FAILED;
  }
}

interface Seen {
  readonly by: 'tests' | 'documents' | 'nothing';
  /** Sources of which the expression makes something else; no more are counted once one is noticed. */
  readonly changes: number;
}

async function look(
  mapping: Mapping,
  { direction, at, expression, mutation }: Mutant,
  evidence: ReturnType<typeof evidenceOf>,
  judge: Judge,
  expressions: Expressions,
): Promise<Seen> {
  if (mutation) expressions.define(MUTANT, mutation.tree());
  const planted = mutation ? MUTANT : DROPPED;
  const variant = { ...mapping, [direction]: withExpression(mapping[direction], at, planted) };
  const isChanged = async (source: Source): Promise<boolean> => {
    if (source.direction !== direction) return false;
    for (const context of await evidence.contextsOf(source, at)) {
      const before = await resultOf(expressions, expression, context, source.value);
      const after = await resultOf(expressions, planted, context, source.value);
      if (before === FAILED || after === FAILED ? before !== after : !sameJson(before, after)) return true;
    }
    return false;
  };

  for (const source of evidence.tests) {
    if (!(await isChanged(source))) continue;
    // Two lists may come to the same when their items are mapped.
    const isWhole = ['$each', '$item'].includes(at.at(-1) ?? '');
    if (!isWhole || !(await isPassed(variant, source.test!, expressions))) return { by: 'tests', changes: 1 };
  }
  let changes = 0;
  for (const source of evidence.documents) {
    if (!(await isChanged(source))) continue;
    changes += 1;
    if (mutation?.isCode) continue;
    const { judged } = source;
    const { faults } = await judge(variant, judged!.direction, judged!.value);
    if (faults.some(fault => !judged!.faults.has(keyOf(fault)))) return { by: 'documents', changes };
  }
  return { by: 'nothing', changes };
}

/** Tests that fail anyway notice nothing. */
async function passingTests(mapping: Mapping, expressions: Expressions): Promise<MappingTest[]> {
  const passing: MappingTest[] = [];
  for (const test of testsOf(mapping)) if (await isPassed(mapping, test, expressions)) passing.push(test);
  return passing;
}

async function isPassed(
  mapping: Pick<Mapping, Direction>,
  { direction, input, output }: MappingTest,
  expressions: Expressions,
): Promise<boolean> {
  try {
    return sameJson(await transform(mapping, direction, input, expressions), output);
  } catch (error) {
    if (!(error instanceof TransformError)) throw error;
    return false;
  }
}

type Claim = NonNullable<Mapping['equivalent']>[number];

function claimKey({ direction, field, mutation }: Omit<Claim, 'reason'>): string {
  return JSON.stringify([direction, field, mutation]);
}

function fieldOf({ at }: Mutant): string {
  return targetOf(at).join('/');
}

function whatOf({ mutation }: Mutant): string {
  return mutation?.what ?? 'dropped';
}

function survivor({ id, file }: Entry<Mapping>, mutant: Mutant, changes: number): Finding {
  const { direction, at, mutation } = mutant;
  const what = mutation
    ? `in the expression of "${fieldOf(mutant)}": ${mutation.what}`
    : `the expression of "${fieldOf(mutant)}" dropped`;
  const seen = changes === 0 ? 'it changes no generated document' : `it changes ${changes} generated documents or more`;
  const how = mutation?.isCode ? 'no test tells' : 'neither a test nor a generated document tells';
  return finding(mutation?.isCode ? rule.unpinnedCode : rule.untestedExpression, {
    subject: extend(id, direction, ...targetOf(at)),
    message: `${direction}: ${how} (${seen}): ${what}`,
    facts: { at: at.join('/'), ...(mutation ? { mutation: mutation.what } : {}) },
    location: file.locate([direction, ...at]),
  });
}

function notEquivalent({ id, file }: Entry<Mapping>, claim: Claim & { readonly index: number }, why: string): Finding {
  const { direction, field, mutation, index } = claim;
  return finding(rule.notEquivalent, {
    subject: extend(id, direction, ...field.split('/')),
    message: `"${mutation}" of "${field}" is listed as a change that makes no difference, but ${why}`,
    facts: { mutation },
    location: file.locate(['equivalent', index, 'mutation']),
  });
}
