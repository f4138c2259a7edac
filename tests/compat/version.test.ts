import { describe, expect, test } from 'vitest';
import { compare } from '../../src/compat/index.ts';
import { estateOf } from '../estates.ts';

/** What a response carries decides whether the step breaks, adds or does neither. */
const SCHEMAS = {
  before: '{type: object, required: [a], properties: {a: {type: string}}}',
  breaking: '{type: object, properties: {}}',
  adding: '{type: object, required: [a], properties: {a: {type: string}, b: {type: string}}}',
  reworded: '{type: object, description: An a., required: [a], properties: {a: {type: string}}}',
};

function estate(version: string, schema: string) {
  return estateOf({
    'api.yaml': `openapi: 3.1.0
info: {title: Things, version: ${version}}
x-governance: {id: "api:things@${version.split('.')[0]}"}
paths:
  /things:
    get:
      operationId: list
      responses: {"200": {description: ok, content: {application/json: {schema: ${schema}}}}}
`,
  });
}

const honest = async (from: string, to: string, step: keyof typeof SCHEMAS): Promise<boolean> => {
  const { changes } = await compare(estate(from, SCHEMAS.before), estate(to, SCHEMAS[step]), {
    today: '2026-11-01',
    noticeDays: 180,
  });
  return changes.filter(({ rule }) => rule.id === 'compat/version-dishonest').length === 0;
};

describe('whether the version number tells what changed', () => {
  test.each([
    ['1.4.0', '2.0.0', 'breaking', true],
    ['1.4.0', '1.5.0', 'breaking', false],
    ['1.4.0', '1.4.1', 'adding', false],
    ['1.4.0', '1.5.0', 'adding', true],
    ['1.4.0', '1.4.0', 'adding', false],
    ['1.4.0', '1.4.1', 'reworded', true],
    ['1.4.0', '1.4.0', 'reworded', true],
    ['1.4.0', '1.3.9', 'reworded', false],
    ['2.0.0', '1.9.0', 'adding', false],
    // Before 1.0.0 a minor step may break.
    ['0.4.0', '0.5.0', 'breaking', true],
    ['0.4.0', '0.4.1', 'breaking', false],
    // Dates and names are no version numbers that could be held to anything.
    ['2026-11', '2026-12', 'breaking', true],
  ] as const)('from %s to %s, %s: %s', async (from, to, step, expected) => {
    expect(await honest(from, to, step)).toBe(expected);
  });
});
