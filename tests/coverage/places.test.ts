import { expect, test } from 'vitest';
import { type Place, placesOf } from '../../src/coverage/places.ts';
import type { Contract } from '../../src/model/index.ts';
import { api, estateOf } from '../estates.ts';

/** Every place with the path that leads to it. */
function all(places: readonly Place[], above: readonly string[] = []): string[] {
  return places.flatMap(({ segments, inside }) => {
    const path = [...above, ...segments];
    return [path.join('/'), ...all(inside(), path)];
  });
}

test('an operation has its parameters, bodies and fields', () => {
  const text = api({
    parameters: '[{name: id, in: path, required: true, schema: {type: string}}]',
    request: '{type: object, properties: {a/b: {type: string}}}',
    response: '{type: array, items: {type: object, additionalProperties: {type: string}}}',
  });
  const estate = estateOf({ 'api.yaml': text });
  expect(all(placesOf(estate, estate.contracts[0]!))).toEqual([
    'doThing',
    'doThing/request/path/id',
    'doThing/request/body',
    'doThing/request/body/a~1b',
    'doThing/response/200',
    'doThing/response/200/body',
    'doThing/response/200/body/[]',
    'doThing/response/200/body/[]/{}',
  ]);
});

test('a schema that refers to itself ends', () => {
  const text =
    "$schema: https://json-schema.org/draft/2020-12/schema\ntitle: T\ntype: object\nproperties: {child: {$ref: '#'}}\n$defs: {A: {$ref: '#/$defs/A'}}\n";
  const estate = estateOf({ 's.yaml': text });
  expect(all(placesOf(estate, estate.contracts[0]!))).toEqual(['child', '$defs/A']);
});

test('a file layout has records with fields', () => {
  const text =
    '$schema: https://json-schema.org/draft/2020-12/schema\ntitle: T\nrecords: {header: {fields: [{name: batchId}, {}]}, line: {fields: [{name: amount}]}}\n';
  const estate = estateOf({ 'layout.yaml': text });
  const layout = { ...estate.contracts[0]!, kind: 'file', dialect: { name: 'layout', version: '1' } } as unknown;
  expect(all(placesOf(estate, layout as Contract))).toEqual(['header', 'header/batchId', 'line', 'line/amount']);
});
