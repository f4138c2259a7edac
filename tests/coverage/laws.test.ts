import fc from 'fast-check';
import { expect, test } from 'vitest';
import { coverageOf, inspectCoverage } from '../../src/coverage/index.ts';
import { edgesOf } from '../../src/graph/index.ts';
import type { Rule } from '../../src/model/index.ts';
import { estateOf } from '../estates.ts';

const ROWS = ['D1.1', 'D1.2', 'D1.3'];
const OPERATIONS = ['listOrders', 'createOrder', 'cancelOrder'];

/** Rows that expect one or two operations each, contracts with some operations and claims, and rules with policies. */
const expectation = fc.oneof(
  fc.constantFrom(...OPERATIONS).map(operation => `'api:*@*#${operation}'`),
  fc.constantFrom('"policy:**"', "{id: 'api:*@*', metadata: {layer: system}}", "{id: 'api:a0@*'}"),
);
const estate = fc.record({
  expects: fc.tuple(...ROWS.map(() => fc.array(expectation, { minLength: 1, maxLength: 2 }))),
  contracts: fc.array(
    fc.record({
      operations: fc.uniqueArray(fc.constantFrom(...OPERATIONS)),
      covers: fc.uniqueArray(fc.constantFrom(...ROWS, 'D7.7')),
      layer: fc.constantFrom('system', 'process'),
    }),
    { minLength: 1, maxLength: 3 },
  ),
  policies: fc.uniqueArray(fc.constantFrom(...ROWS)),
});
type Plan = typeof estate extends fc.Arbitrary<infer T> ? T : never;

function built({ expects, contracts, policies }: Plan) {
  const rows = ROWS.map((id, at) => `{id: ${id}, title: t, description: d, expects: [${expects[at]!.join(', ')}]}`);
  const domain = `countersign: domain\nid: domain:d\nname: D\ndescription: d\nowner: team:t\nareas: [{id: D1, title: t, description: d, rows: [${rows.join(', ')}]}]\n`;
  const documents = contracts.map(({ operations, covers, layer }, at) => {
    const paths = operations.map(
      name => `/${name}: {get: {operationId: ${name}, responses: {'200': {description: ok}}}}`,
    );
    return `openapi: 3.1.0\ninfo: {title: a${at}, version: 1.0.0}\nx-governance: {id: "api:a${at}@1", layer: ${layer}, covers: [${covers.join(', ')}]}\npaths: {${paths.join(', ')}}\n`;
  });
  const made = estateOf({
    'domain.yaml': domain,
    ...Object.fromEntries(documents.map((text, at) => [`a${at}.yaml`, text])),
  });
  expect(made.findings).toEqual([]);
  const rule: Rule = { id: 'lint/x', severity: 'error', title: 't', policies, why: 'w', fix: 'f' };
  return { made, rule };
}

function counted(plan: Plan) {
  const { made, rule } = built(plan);
  const rows = coverageOf(made, edgesOf(made), [rule]).flatMap(area => area.rows);
  return new Map(rows.map(row => [row.id, row]));
}

test('taking a claim away never covers or confirms more', () => {
  fc.assert(
    fc.property(estate, fc.nat(), fc.nat(), (plan, which, claim) => {
      const before = counted(plan);
      const at = which % plan.contracts.length;
      const contract = plan.contracts[at]!;
      const covers = contract.covers.filter((_, index) => index !== claim % Math.max(1, contract.covers.length));
      const after = counted({ ...plan, contracts: plan.contracts.with(at, { ...contract, covers }) });
      for (const [id, row] of after) {
        expect(Number(row.covered)).toBeLessThanOrEqual(Number(before.get(id)!.covered));
        expect(Number(row.confirmed)).toBeLessThanOrEqual(Number(before.get(id)!.confirmed));
        expect(before.get(id)!.by).toEqual(expect.arrayContaining([...row.by]));
      }
    }),
  );
});

test('a row is covered exactly where a sound claim names it, and every claim is sound, unknown or a finding', () => {
  fc.assert(
    fc.property(estate, plan => {
      const { made, rule } = built(plan);
      const edges = edgesOf(made);
      const rows = coverageOf(made, edges, [rule]).flatMap(area => area.rows);
      const findings = inspectCoverage(made, edges);
      const claims = plan.contracts.flatMap(({ covers }, at) => covers.map(row => ({ row, by: `api:a${at}@1` })));
      const wrong = findings.map(({ subject, facts }) => `${subject} ${String(facts['row'])}`);
      for (const row of rows) {
        if (row.confirmed) expect(row.covered).toBe(true);
        const sound = claims.filter(({ row: id, by }) => id === row.id && !wrong.includes(`${by} ${id}`));
        const byRule = plan.policies.includes(row.id) && row.by.includes('policy:lint/x');
        expect(row.covered).toBe(sound.length > 0 || byRule);
        for (const { by } of sound) expect(row.by.some(id => id === by || id.startsWith(`${by}#`))).toBe(true);
      }
      const unknown = findings.filter(({ rule: id }) => id === 'coverage/unknown-id');
      expect(unknown).toHaveLength(claims.filter(({ row }) => row === 'D7.7').length);
    }),
  );
});
