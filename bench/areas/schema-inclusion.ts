import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Json } from '../../src/model/json.ts';
import { comparison, createVerifier, DIALECTS, dialectOf, type Inclusion } from '../../src/schema/index.ts';
import type { Area } from '../area.ts';
import { median } from '../measure.ts';
import { type Row, row } from '../rows.ts';
import { LABEL_FAULTS } from './schema-inclusion-faults.ts';

/** Read where it is, beside the repository. */
const CASES = '../shared/conformance/schema-inclusion/cases.json';

interface Case {
  readonly name: string;
  readonly op: 'isSubschema' | 'isEquivalent';
  readonly s1: Json;
  readonly s2: Json;
  readonly expected: boolean;
}

interface Result {
  readonly case: Case;
  /** Of the first direction that is not proved. */
  readonly inclusion: Inclusion;
  readonly cpuMs: number;
}

/** Questions about JSON Schemas, with the answers that others have recorded, and how long a large one takes. */
export const schemaInclusion: Area = {
  name: 'schema-inclusion',
  brief: 'inclusion of JSON Schemas: recorded questions decided, right and verified; time for 100 kB',
  async rows({ root, runs, note }) {
    const large = Array.from({ length: runs }, () =>
      cpuMs(() => comparison(hundredKb(0), hundredKb(7)).included('', '')),
    );
    return [...(await recorded(join(root, CASES), note)), timeRow('two schemas of 100 kB', large, 400)];
  },
};

async function recorded(file: string, note: (line: string) => void): Promise<Row[]> {
  const peer = `recorded answers in ${CASES}`;
  if (!existsSync(file))
    return [row('recorded questions', '', { ours: undefined, peer: `${peer} (not there)`, peerValue: undefined })];
  const cases = JSON.parse(readFileSync(file, 'utf8')) as Case[];
  const results: Result[] = [];
  for (const one of cases) results.push(await ask(one));
  const decided = results.filter(({ inclusion }) => inclusion.verdict !== 'unproven');
  const wrong = decided.filter(result => holds(result) !== result.case.expected);
  const unexpected = wrong.filter(({ case: { name } }) => LABEL_FAULTS[name] === undefined);
  for (const { case: one, inclusion } of results) {
    const fault = LABEL_FAULTS[one.name];
    if (inclusion.verdict === 'unproven') note(`undecided: ${one.name}: ${inclusion.reason}`);
    else if ((inclusion.verdict === 'proved') !== one.expected)
      note(`differs: ${one.name}: ${fault ?? JSON.stringify(inclusion)}`);
  }
  const all = { peer, peerValue: cases.length };
  return [
    row('questions', '', { ours: results.length, ...all }),
    row('questions, decided', '', { ours: decided.length, ...all, atLeast: 0.99 * cases.length, goal: '≥ 99 %' }),
    row('answers that differ, with faults of the record', '', { ours: wrong.length, ...all }),
    row('answers that differ, without', '', { ours: unexpected.length, ...all, atMost: 0, goal: '0' }),
    timeRow(
      'slowest question',
      results.map(({ cpuMs }) => cpuMs),
      undefined,
      Math.max,
    ),
    timeRow(
      'all questions',
      results.map(({ cpuMs }) => cpuMs),
      undefined,
      (...times) => times.reduce((a, b) => a + b, 0),
    ),
  ];
}

const holds = ({ inclusion }: Result) => inclusion.verdict === 'proved';
const verifier = createVerifier();

/** A refutation counts where two validators confirm its witness. */
async function ask(one: Case): Promise<Result> {
  const [a, b] = [one.s1, one.s2].map(root => ({ root, dialect: dialectOf(root) ?? DIALECTS['draft-04'] }));
  const directions = one.op === 'isEquivalent' ? [[a!, b!] as const, [b!, a!] as const] : [[a!, b!] as const];
  let cpu = 0;
  for (const [first, second] of directions) {
    let inclusion: Inclusion | undefined;
    cpu += cpuMs(() => {
      inclusion = comparison(first, second).included('', '');
    });
    const sides = [first, second].map(document => ({ document, pointer: '' }));
    const verified = await verifier.verified(sides[0]!, sides[1]!, inclusion!);
    if (verified.verdict !== 'proved') return { case: one, inclusion: verified, cpuMs: cpu };
  }
  return { case: one, inclusion: { verdict: 'proved' }, cpuMs: cpu };
}

function timeRow(
  name: string,
  times: readonly number[],
  goalMs?: number,
  summary: (...times: number[]) => number = (...all) => median(all) ?? 0,
): Row {
  const goal = goalMs === undefined ? {} : { atMost: goalMs, goal: `≤ ${goalMs} ms` };
  return row(`${name}, CPU`, 'ms', { ours: summary(...times), peer: 'none', peerValue: undefined, ...goal });
}

function cpuMs(run: () => void): number {
  const before = process.cpuUsage();
  run();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

/** A hundred schemas that refer to each other in cycles; `longest` is the one number that differs between two of them. */
function hundredKb(longest: number) {
  const definitions: { [name: string]: Json } = {};
  for (let index = 0; index < 120; index += 1) {
    const properties: { [name: string]: Json } = {};
    for (let field = 0; field < 8; field += 1) {
      const text = {
        type: 'string',
        maxLength: 40 + field,
        description: `Field ${field} of definition ${index}, as it is printed.`,
      };
      properties[`text${field}`] = text;
    }
    properties['next'] = { $ref: `#/definitions/d${(index * 7 + 1) % 120}` };
    properties['all'] = { type: 'array', items: { $ref: `#/definitions/d${(index * 11 + 5) % 120}` } };
    definitions[`d${index}`] = { type: 'object', properties, required: ['text0'], additionalProperties: false };
  }
  definitions['last'] = { type: 'string', maxLength: 100 - longest };
  (definitions['d60'] as { properties: { [name: string]: Json } }).properties['last'] = { $ref: '#/definitions/last' };
  return { root: { $ref: '#/definitions/d0', definitions }, dialect: DIALECTS['draft-07'] };
}
