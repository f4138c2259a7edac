import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, test } from 'vitest';
import { COMMANDS } from '../../src/commands/index.ts';
import { OUTPUTS } from '../../src/commands/outputs.ts';
import { ROOT } from './cli.ts';
import { countersignHere } from './here.ts';

const PUBLISHED = join(ROOT, 'docs/reference/schemas');
const schemas = readdirSync(PUBLISHED).map(file => JSON.parse(readFileSync(join(PUBLISHED, file), 'utf8')) as object);

/** A run of each command whose JSON output is published; a command without one fails the first test. */
const RUNS: Readonly<Record<string, readonly string[]>> = {
  check: ['check', '--as-of', '2026-11-21'],
  diff: ['diff', 'tests/cli/before'],
  explain: ['explain'],
  score: ['score', '--as-of', '2026-11-21'],
  'catalog show': ['catalog', 'show', 'api:suppliers@2'],
  'catalog who-uses': ['catalog', 'who-uses', 'schema:supplier@1'],
  coverage: ['coverage'],
  lint: [
    'lint',
    'contracts/system/suppliers/v2/openapi.yaml',
    '--ruleset',
    'rulesets/healthcare-finance.yaml',
    '--allow-code',
  ],
  mock: ['mock', 'sap-s4hana', '--describe'],
  verify: ['verify', 'supplier-portal'],
  'verify mapping': ['verify', 'mapping', 'sap-s4hana/supplier', '--runs', '20'],
  'verify file': ['verify', 'file', 'contracts/files/x12/810/v1/examples/810_NORTHWIND_000004117.x12'],
};

describe('JSON outputs', () => {
  test('every command that prints JSON publishes its schema, and is run here', () => {
    const withJson = COMMANDS.filter(({ flags }) => {
      const format = flags['format'];
      return format?.kind === 'choice' && format.choices.includes('json');
    });
    expect(withJson.filter(({ output }) => output === undefined).map(({ name }) => name)).toEqual([]);
    expect(withJson.map(({ name }) => name).sort()).toEqual(Object.keys(RUNS).sort());
    expect(Object.keys(OUTPUTS).sort()).toEqual([...new Set(withJson.map(({ output }) => output!))].sort());
  });

  test.each(COMMANDS.filter(({ name }) => name in RUNS))(
    'countersign $name holds to its published schema',
    async ({ name, output }) => {
      const { stdout, stderr } = await countersignHere([...RUNS[name]!, '--format', 'json']);
      const ajv = new Ajv2020({ strict: false, schemas, allErrors: true });
      const validate = ajv.getSchema(`${output}.schema.json`)!;
      const document = JSON.parse(stdout || stderr) as unknown;
      expect(validate(document), JSON.stringify(validate.errors, null, 1)).toBe(true);
    },
    120_000,
  );
});
