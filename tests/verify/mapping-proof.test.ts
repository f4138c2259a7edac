import { describe, expect, test } from 'vitest';
import type { Entry, Finding, JsonObject, Mapping } from '../../src/model/index.ts';
import { proveMapping } from '../../src/verify/mapping-proof.ts';
import { checkMappings } from '../../src/verify/mappings.ts';
import { estateOf } from '../estates.ts';

const schema = (id: string, body: JsonObject) =>
  JSON.stringify({
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: id,
    'x-version': '1.0.0',
    'x-governance': { id: `schema:${id}@1` },
    ...body,
  });
const OURS: JsonObject = {
  type: 'object',
  additionalProperties: false,
  required: ['name', 'status'],
  properties: {
    name: { type: 'string', minLength: 1, maxLength: 20 },
    status: { enum: ['open', 'closed'] },
    note: { type: 'string', minLength: 1, maxLength: 30 },
    lines: {
      type: 'array',
      maxItems: 4,
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['id', 'amount'],
        properties: {
          id: { type: 'string', pattern: '^[1-9][0-9]{0,4}$' },
          amount: { type: 'string', pattern: '^[0-9]{1,6}(\\.[0-9]{1,2})?$' },
        },
      },
    },
  },
};
const THEIRS: JsonObject = {
  type: 'object',
  additionalProperties: false,
  required: ['NAME', 'CLOSED'],
  properties: {
    NAME: { type: 'string', minLength: 1, maxLength: 20 },
    CLOSED: { type: 'boolean' },
    ROWS: {
      type: 'array',
      maxItems: 4,
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['POS', 'AMOUNT'],
        properties: {
          POS: { type: 'integer', minimum: 1, maximum: 99999 },
          AMOUNT: { type: 'string', pattern: '^[0-9]{1,6}\\.[0-9]{2}$' },
        },
      },
    },
  },
};
const GOOD = {
  toVendor: {
    NAME: 'name',
    CLOSED: "status = 'closed'",
    ROWS: {
      $each: 'lines[]',
      $item: {
        POS: '$number(id)',
        AMOUNT:
          "$contains(amount, '.') ? $pad(amount, $length($substringBefore(amount, '.')) + 3, '0') : amount & '.00'",
      },
    },
  },
  toCanonical: {
    name: 'NAME',
    status: "CLOSED ? 'closed' : 'open'",
    lines: { $each: 'ROWS[]', $item: { id: '$string(POS)', amount: 'AMOUNT' } },
  },
  lost: [{ direction: 'toVendor', field: 'note', reason: 'No place.' }],
  tests: [
    {
      name: 'there',
      direction: 'toVendor',
      input: { name: 'a', status: 'closed', lines: [{ id: '10', amount: '2.5' }] },
      output: { NAME: 'a', CLOSED: true, ROWS: [{ POS: 10, AMOUNT: '2.50' }] },
      variants: [{ change: { 'lines/0/amount': '2' }, expect: { 'ROWS/0/AMOUNT': '2.00' } }],
    },
    {
      name: 'back',
      direction: 'toCanonical',
      input: { NAME: 'a', CLOSED: false, ROWS: [{ POS: 10, AMOUNT: '2.50' }] },
      output: { name: 'a', status: 'open', lines: [{ id: '10', amount: '2.50' }] },
      variants: [{ change: { CLOSED: true }, expect: { status: 'closed' } }],
    },
  ],
} as const;

type Change = { [K in keyof typeof GOOD]?: unknown } & {
  assumes?: unknown;
  equivalent?: unknown;
  ours?: JsonObject;
  theirs?: JsonObject;
};

function estateWith({ ours = OURS, theirs = THEIRS, ...change }: Change = {}) {
  const mapping = {
    countersign: 'mapping',
    title: 'M',
    version: '1.0.0',
    'x-governance': { id: 'mapping:m@1' },
    canonical: { $ref: 'ours.json' },
    vendor: { $ref: 'theirs.json' },
    ...GOOD,
    ...change,
  };
  const estate = estateOf({
    'ours.json': schema('ours', ours),
    'theirs.json': schema('theirs', theirs),
    'm.json': JSON.stringify(mapping),
  });
  expect(estate.findings.map(({ message }) => message)).toEqual([]);
  return { estate, mapping: estate.mappings[0] as Entry<Mapping> };
}

/** The vendor wants a memo, so a document without a note comes back with one. */
const WITH_DEFAULT: Change = {
  theirs: {
    ...THEIRS,
    required: ['NAME', 'CLOSED', 'MEMO'],
    properties: { ...(THEIRS['properties'] as JsonObject), MEMO: { type: 'string', minLength: 1, maxLength: 30 } },
  },
  toVendor: { ...GOOD.toVendor, MEMO: "note ? note : 'none'" },
  toCanonical: { ...GOOD.toCanonical, note: 'MEMO' },
};

async function prove(change: Change = {}, options: { runs?: number; seed?: number; mutate?: boolean } = {}) {
  const { estate, mapping } = estateWith(change);
  return proveMapping(estate, mapping, { runs: 300, seed: 1, mutate: false, ...options });
}
const said = async (change: Change, options?: Parameters<typeof prove>[1]) =>
  (await prove(change, options)).findings.map(({ rule, subject }) => `${rule} ${subject}`);
const withVendor = (part: JsonObject): JsonObject => ({ ...THEIRS, ...part });
const withRow = (change: object): JsonObject => ({ ...GOOD.toVendor, ...change }) as unknown as JsonObject;

describe('a mapping', () => {
  test('that keeps its promises proves clean, with every expression noticed', async () => {
    const proof = await prove({}, { mutate: true });
    expect(proof.findings).toEqual([]);
    expect(proof.documents).toEqual({ toVendor: 300, toCanonical: 300 });
    expect(proof.mutations).toEqual({ planted: 24, byTests: 24, byDocuments: 0, equivalent: 0 });
    const { estate } = estateWith();
    expect(await checkMappings(estate)).toEqual([]);
  });

  /** A fault of one direction mostly shows on the way back of the other, too. */
  const faulty: [what: string, change: Change, ...said: string[]][] = [
    [
      'that writes more than the vendor takes',
      { toVendor: withRow({ NAME: "name & ' (supplier)'" }) },
      'mapping/invalid-output mapping:m@1#toVendor/NAME',
      'mapping/not-kept mapping:m@1#toVendor/name',
      'mapping/not-kept mapping:m@1#toCanonical/NAME',
    ],
    [
      'that leaves out a required field now and then',
      { toVendor: withRow({ CLOSED: "status = 'closed' ? true" }) },
      'mapping/invalid-output mapping:m@1#toVendor/CLOSED',
      'mapping/not-kept mapping:m@1#toCanonical/CLOSED',
    ],
    [
      'that reads an item wrongly',
      {
        toCanonical: {
          ...GOOD.toCanonical,
          lines: { $each: 'ROWS[]', $item: { id: "'0' & $string(POS)", amount: 'AMOUNT' } },
        },
      },
      'mapping/not-kept mapping:m@1#toVendor/lines/[]/id',
      'mapping/invalid-output mapping:m@1#toCanonical/lines/[]/id',
    ],
    [
      'with an expression that fails on some documents',
      { toVendor: withRow({ NAME: '$length(name) > 15 ? $uppercase(5) : name' }) },
      'mapping/expression-failed mapping:m@1#toVendor/NAME',
    ],
    ['that loses a field and does not say so', { lost: [] }, 'mapping/not-kept mapping:m@1#toVendor/note'],
    [
      'that loses an item of a list',
      { toVendor: withRow({ ROWS: { ...GOOD.toVendor.ROWS, $each: '[lines[0]]' } }) },
      'mapping/not-kept mapping:m@1#toVendor/lines',
      'mapping/not-kept mapping:m@1#toCanonical/ROWS',
    ],
    [
      'that rounds',
      {
        toVendor: withRow({
          ROWS: {
            $each: 'lines[]',
            $item: { POS: '$number(id)', AMOUNT: "$formatNumber($floor($number(amount)), '0.00')" },
          },
        }),
      },
      'mapping/not-kept mapping:m@1#toVendor/lines/[]/amount',
      'mapping/not-kept mapping:m@1#toCanonical/ROWS/[]/AMOUNT',
    ],
    [
      'that lists as lost what always survives',
      { lost: [...GOOD.lost, { direction: 'toVendor', field: 'status', reason: 'No place.' }] },
      'mapping/kept-after-all mapping:m@1#toVendor/status',
    ],
    [
      'with a field that no document has and no expression reads',
      {
        ours: {
          ...OURS,
          properties: {
            ...(OURS['properties'] as JsonObject),
            ghost: { type: 'string', minLength: 2, maxLength: 1, not: {} },
          },
        },
        assumes: [{ direction: 'toVendor', schema: { properties: { ghost: false } }, reason: 'Never filled.' }],
      },
      'mapping/unaccounted-field mapping:m@1#toVendor/ghost',
    ],
    [
      'whose sources nothing can satisfy',
      { assumes: [{ direction: 'toVendor', field: 'name', schema: { minLength: 30 }, reason: 'Wrong.' }] },
      'mapping/not-generated mapping:m@1#toVendor',
    ],
    [
      'that assumes what hardly happens',
      { assumes: [{ direction: 'toVendor', expression: "name = 'a'", reason: 'Wrong.' }] },
      'mapping/assumption-too-strong mapping:m@1#toVendor',
    ],
    [
      'with an assumption that cannot be evaluated',
      { assumes: [{ direction: 'toVendor', expression: '$sum(name) > 3', reason: 'Wrong.' }] },
      'mapping/assumption-too-strong mapping:m@1#toVendor',
    ],
  ];
  test.each(faulty)('%s is found out', async (_, change, ...expected) => {
    expect(await said(change)).toEqual(expected);
  });

  test('loses a field where the other side puts a default in its place', async () => {
    expect(await said(WITH_DEFAULT)).toEqual([]);
    expect(await said({ ...WITH_DEFAULT, lost: [] })).toEqual(['mapping/not-kept mapping:m@1#toVendor/note']);
  });

  test('that fails shows the smallest document, the seed, and the place', async () => {
    const { findings } = await prove({ toVendor: withRow({ NAME: "name & '!'" }) }, { seed: 9 });
    const [tooLong, changed] = ['mapping/invalid-output', 'mapping/not-kept'].map(rule =>
      findings.find(found => found.rule === rule && found.subject.includes('#toVendor/')),
    );
    expect(tooLong).toMatchObject({
      subject: 'mapping:m@1#toVendor/NAME',
      evidence: { witness: { name: 'a'.repeat(20), status: 'open' } },
      location: { pointer: '/toVendor/NAME' },
    });
    expect(tooLong!.message).toContain('(seed 9)');
    expect(changed).toMatchObject({ rule: 'mapping/not-kept', evidence: { witness: { name: 'a', status: 'open' } } });
  });

  test('has the same fingerprints whatever the seed', async () => {
    const change = { lost: [] };
    const fingerprints = async (seed: number) =>
      (await prove(change, { seed })).findings.map(found => found.fingerprint);
    expect(await fingerprints(1)).toEqual(await fingerprints(2));
  });

  test('may assume, by schema or by expression, what keeps it right', async () => {
    const toVendor = withRow({ NAME: "name & '!'" });
    const toCanonical = { ...GOOD.toCanonical, name: '$substring(NAME, 0, $length(NAME) - 1)' };
    const assumes = [
      { direction: 'toVendor', field: 'name', schema: { maxLength: 19 }, reason: 'Checked when it is typed in.' },
      { direction: 'toCanonical', field: 'NAME', schema: { pattern: '^[A-Z]+!$' }, reason: 'We wrote it.' },
      { direction: 'toCanonical', expression: '$count(ROWS) != 1', share: 0.5, reason: 'To have one.' },
    ];
    expect(
      await said({
        toVendor,
        toCanonical,
        assumes,
        tests: [{ ...GOOD.tests[0], output: { NAME: 'a!', CLOSED: true, ROWS: [{ POS: 10, AMOUNT: '2.50' }] } }],
      }),
    ).toEqual([]);
  });

  test('names fields in lost and assumes that exist', async () => {
    const { estate } = estateWith({
      lost: [...GOOD.lost, { direction: 'toVendor', field: 'nota', reason: 'Typo.' }],
      assumes: [{ direction: 'toCanonical', field: 'ROWS/[]/PSO', schema: {}, reason: 'Typo.' }],
    });
    expect((await checkMappings(estate)).map(({ rule, subject, facts }) => [rule, subject, facts['role']])).toEqual([
      ['mapping/unknown-field', 'mapping:m@1#toVendor/nota', 'lost'],
      ['mapping/unknown-field', 'mapping:m@1#toCanonical/ROWS/[]/PSO', 'assumes'],
    ]);
  });

  test('with an expression that nobody would miss is found out', async () => {
    const theirs = withVendor({
      properties: { ...(THEIRS['properties'] as JsonObject), LANG: { type: 'string', maxLength: 2 } },
    });
    const change = {
      theirs,
      toVendor: withRow({ LANG: "'EN'" }),
      lost: [...GOOD.lost, { direction: 'toCanonical', field: 'LANG', reason: 'Always EN.' }],
      tests: [GOOD.tests[1]],
    };
    const { findings } = await prove(change, { mutate: true });
    expect(untested(findings).filter(text => text.includes(' LANG '))).toEqual([
      'mapping/untested-expression LANG dropped',
      "mapping/unpinned-code LANG 'EN' changed",
    ]);
  });

  /** Both ways wrong, a code comes back as it was. */
  const COLOURS = "{'red': 'R', 'green': 'G'}";
  const coloured: Change = {
    ours: { ...OURS, properties: { ...(OURS['properties'] as JsonObject), note: { enum: ['red', 'green'] } } },
    theirs: withVendor({
      properties: { ...(THEIRS['properties'] as JsonObject), COLOUR: { enum: ['R', 'G'] } },
    }),
    toVendor: withRow({ COLOUR: `$lookup(${COLOURS}, note)` }),
    toCanonical: { ...GOOD.toCanonical, note: "$lookup({'R': 'red', 'G': 'green'}, COLOUR)" },
    lost: [],
  };
  const pinned = (...variants: object[]) => [
    { ...GOOD.tests[0], variants: [...GOOD.tests[0].variants, ...variants] },
    GOOD.tests[1],
  ];

  test('with codes that no test states is found out, although they come back', async () => {
    const red = { change: { note: 'red' }, expect: { COLOUR: 'R' } };
    const { findings } = await prove({ ...coloured, tests: pinned(red) }, { mutate: true });
    expect(untested(findings)).toEqual([
      "mapping/unpinned-code COLOUR entry 'green' dropped",
      "mapping/unpinned-code note entry 'R' dropped",
      "mapping/unpinned-code note entry 'G' dropped",
      "mapping/unpinned-code note values of 'R' and 'G' swapped",
    ]);
  });

  test('may state that a fault makes no difference, but not of one that makes one', async () => {
    const equivalent = [
      { direction: 'toVendor', field: 'NAME', mutation: "'x' changed", reason: 'A name is never empty.' },
      {
        direction: 'toVendor',
        field: 'NAME',
        mutation: 'condition name always true',
        reason: 'A name is never empty.',
      },
      { direction: 'toVendor', field: 'CLOSED', mutation: "'closed' changed", reason: 'Wrong.' },
      { direction: 'toVendor', field: 'CLOSED', mutation: "'shut' changed", reason: 'Not there.' },
    ];
    const change = { toVendor: withRow({ NAME: "name ? name : 'x'" }), equivalent };
    const { findings, mutations } = await prove(change, { mutate: true });
    expect(untested(findings)).toEqual([
      "mapping/not-equivalent CLOSED 'closed' changed",
      "mapping/not-equivalent CLOSED 'shut' changed",
    ]);
    expect(mutations.equivalent).toBe(2);
    expect(mutations.byTests + mutations.byDocuments + 2).toBe(mutations.planted);
  });

  test('with a variant that its test has no place for is told so', async () => {
    const variants = [
      { change: { 'lines/7/id': '5' } },
      { change: { name: 'b' } },
      { change: { note: null, name: 'b' }, expect: { NAME: 'b' } },
    ];
    const { estate } = estateWith({ tests: pinned(...variants) });
    expect((await checkMappings(estate)).map(({ message }) => message)).toEqual([
      'test "there, variant 2": the input has no place for "lines/7/id"',
      'test "there, variant 3": the output differs at NAME: got "b", expected "a"',
    ]);
  });

  test('may have to become what the other side refuses, and nothing that it takes', async () => {
    const nobody = { change: { name: 'nobody' }, expect: { NAME: null } };
    const variants = [
      { ...nobody, refused: true },
      nobody,
      { change: { name: 'b' }, expect: { NAME: 'b' }, refused: true },
      { change: { name: 'nobody' }, refused: true },
    ];
    const { estate } = estateWith({
      toVendor: withRow({ NAME: "name != 'nobody' ? name" }),
      tests: pinned(...variants),
    });
    expect((await checkMappings(estate)).map(({ message }) => message)).toEqual([
      'test "there, variant 3": the output is not valid: the document lacks "NAME"',
      'test "there, variant 4": the output has to be refused, but is valid',
      'test "there, variant 5": the output differs at NAME: got nothing, expected "a"',
    ]);
  });
});

function untested(findings: readonly Finding[]): string[] {
  return findings.map(
    ({ rule, subject, facts }) => `${rule} ${subject.split('/').at(-1)} ${facts['mutation'] ?? 'dropped'}`,
  );
}
