import { expect, test } from 'vitest';
import { edgesOf, inspectGraph } from '../../src/graph/index.ts';
import { estateOf } from '../estates.ts';

const schema = (id: string, title: string, definitions: string, layer = 'canonical') => `
$schema: https://json-schema.org/draft/2020-12/schema
title: ${title}
x-version: 1.0.0
x-governance: {id: "${id}", layer: ${layer}}
type: object
$defs:
${definitions}`;
const MONEY = `  Money:
    type: object
    properties: {amount: {type: string}, currency: {type: string}, asOf: {type: string}}
`;

function duplicates(files: Record<string, string>): string[] {
  const estate = estateOf(files);
  return inspectGraph(estate, edgesOf(estate))
    .filter(({ rule }) => rule === 'graph/duplicate-concept')
    .map(({ subject, message }) => `${subject} ${message}`);
}

test('a name that two canonical schemas define', () => {
  expect(
    duplicates({
      'a.yaml': schema('schema:a@1', 'A', MONEY),
      'b.yaml': schema('schema:b@1', 'B', '  money: {type: string}\n'),
    }),
  ).toEqual(['schema:b@1#$defs/money defines money, which schema:a@1#$defs/Money defines too']);
});

test('the same shape under another name, whatever the words', () => {
  const sum = MONEY.replace('Money', 'Sum').replace('{type: string}', '{type: string, description: How much.}');
  expect(
    duplicates({ 'a.yaml': schema('schema:a@1', 'A', MONEY), 'b.yaml': schema('schema:b@1', 'B', sum) }),
  ).toHaveLength(1);
});

test('a title that is the name of a definition elsewhere', () => {
  expect(
    duplicates({ 'a.yaml': schema('schema:a@1', 'A', MONEY), 'b.yaml': schema('schema:b@1', 'Money', '  X: {}\n') }),
  ).toHaveLength(1);
});

test('references, majors of one schema, other layers and small things are no duplicates', () => {
  expect(
    duplicates({
      'a.yaml': schema('schema:a@1', 'A', MONEY),
      'a2.yaml': schema('schema:a@2', 'A', MONEY),
      'b.yaml': schema('schema:b@1', 'B', '  Money: {$ref: "a.yaml#/$defs/Money"}\n  Text: {type: string}\n'),
      'c.yaml': schema('schema:c@1', 'C', '  Words: {type: string}\n'),
      'd.yaml': schema('schema:d@1', 'D', MONEY, 'vendor'),
    }),
  ).toEqual([]);
});
