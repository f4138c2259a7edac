/** Mappings: do their tests pass, is what they produce valid, and is nothing required left out. */
import { mappingFields } from '../graph/index.ts';
import { contentOf, type FieldTable } from '../load/index.ts';
import {
  DIRECTIONS,
  type Direction,
  type Entry,
  type Estate,
  extend,
  type Finding,
  finding,
  type Json,
  type Mapping,
  noCache,
  type ResultCache,
  resultKey,
  segmentName,
} from '../model/index.ts';
import rule from './mapping-rules.ts';
import { type Sides, sidesOf } from './mapping-sides.ts';
import { type MappingTest, testsOf } from './mapping-tests.ts';
import { sameJson, TransformError, transform } from './transform.ts';

export async function checkMappings(estate: Estate, cache = noCache): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const mapping of estate.mappings) findings.push(...(await rememberedCheck(estate, mapping, cache)));
  return findings;
}

async function rememberedCheck(estate: Estate, mapping: Entry<Mapping>, cache: ResultCache): Promise<Finding[]> {
  const key = resultKey('mapping', contentOf(estate, mapping.file));
  const kept = cache.get(key);
  if (Array.isArray(kept)) return kept as unknown as Finding[];
  const findings = await checkMapping(estate, mapping);
  // A test may have failed because the machine was slow, and what comes of these functions changes from run to run.
  const isCertain =
    findings.every(({ rule: id }) => id !== rule.test.id) &&
    !/\$(?:now|millis|random|shuffle|eval)\b/.test(mapping.file.text);
  if (isCertain) cache.set(key, findings as unknown as Json);
  return findings;
}

/** Its fields, and its own tests. */
export async function checkMapping(estate: Estate, mapping: Entry<Mapping>): Promise<Finding[]> {
  const sides = sidesOf(estate, mapping);
  // References that lead nowhere were reported while loading.
  if (!sides) return [];
  if ('without' in sides) return [noSchema(mapping, sides.without)];
  return [...checkFields(mapping, sides), ...(await checkTests(mapping, sides))];
}

/** It leads to a layout, but not to a node of its structure, or the layout is not valid. */
function noSchema({ id, file }: Entry<Mapping>, side: 'canonical' | 'vendor'): Finding {
  const message = `the ${side} side is part of a file layout, but no valid node of its structure`;
  return finding(rule.noSchema, { subject: id, message, facts: { side }, location: file.locate([side, '$ref']) });
}

function* checkFields(mapping: Entry<Mapping>, sides: Record<Direction, Sides>): Iterable<Finding> {
  const { fields, faults } = mappingFields(mapping);
  for (const { direction, path, message, location } of faults) {
    const subject = extend(mapping.id, direction, ...path);
    yield finding(rule.expression, { subject, message: `the expression cannot be parsed: ${message}`, location });
  }
  for (const { direction, role, path, location } of fields) {
    const table = sides[direction][role === 'reads' ? 'source' : 'target'].table;
    if (isKnown(table, path)) continue;
    const name = path.map(segmentName).join('.');
    const subject = extend(mapping.id, direction, ...path);
    const side = role === 'reads' ? 'source' : 'target';
    const input = { subject, facts: { role }, location };
    yield finding(rule.unknownField, {
      ...input,
      message: `${role} "${name}", which the ${side} schema does not have`,
    });
  }
  yield* checkNames(mapping, sides);
  for (const direction of DIRECTIONS) {
    const written = new Set(
      fields
        .filter(field => field.direction === direction && field.role === 'writes')
        .map(({ path }) => path.join('/')),
    );
    for (const name of requiredFields(sides[direction].target.table)) {
      if ([...written].some(path => path === name || path.startsWith(`${name}/`) || name.startsWith(`${path}/`)))
        continue;
      yield finding(rule.requiredField, {
        subject: extend(mapping.id, direction),
        message: `${direction} never writes "${name}", which the target requires`,
        facts: { field: name },
        location: mapping.file.locate([direction]),
      });
    }
  }
}

/** Fields that are listed as lost, or about which something is assumed. */
function* checkNames({ id, file, value }: Entry<Mapping>, sides: Record<Direction, Sides>): Iterable<Finding> {
  for (const list of ['lost', 'assumes'] as const) {
    for (const [index, { direction, field }] of (value[list] ?? []).entries()) {
      if (field === undefined || isKnown(sides[direction].source.table, field.split('/'))) continue;
      yield finding(rule.unknownField, {
        subject: extend(id, direction, ...field.split('/')),
        message: `${list === 'lost' ? 'lists as lost' : 'assumes something of'} "${field}", which the source schema does not have`,
        facts: { role: list },
        location: file.locate([list, index, 'field']),
      });
    }
  }
}

/** List indices do not appear in expressions: `lines.uom` reads `lines/[]/uom`. A free-form object may hold anything. */
function isKnown(table: FieldTable, path: readonly string[]): boolean {
  let at = '';
  for (const name of path) {
    const candidates = [name, `[]/${name}`, `{}`, `[]/[]/${name}`].map(step => (at === '' ? step : `${at}/${step}`));
    const next = candidates.find(candidate => table.fields.has(candidate));
    if (next === undefined) return false;
    at = next;
  }
  return true;
}

/** Fields that every valid document has: required all the way up, outside of lists. */
function requiredFields(table: FieldTable): string[] {
  return [...table.fields.values()].flatMap(({ path, required }) => {
    if (path.length === 0 || !required || path.includes('[]') || path.includes('{}')) return [];
    const isAlways = path.every((_, index) => table.fields.get(path.slice(0, index + 1).join('/'))?.required);
    return isAlways ? [path.join('/')] : [];
  });
}

async function checkTests(mapping: Entry<Mapping>, sides: Record<Direction, Sides>): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const test of testsOf(mapping.value)) {
    findings.push(...(await checkTest(mapping, sides[test.direction], test)));
  }
  return findings;
}

async function checkTest(mapping: Entry<Mapping>, { source, target }: Sides, test: MappingTest): Promise<Finding[]> {
  const { name, direction, input, at, misplaced } = test;
  const fault = (message: string, part: 'input' | 'output', facts: { [key: string]: Json } = {}) =>
    finding(rule.test, {
      subject: extend(mapping.id, direction),
      message: `test "${name}": ${message}`,
      facts: { test: name, part, ...facts },
      location: mapping.file.locate(at[part]),
    });

  if (misplaced) return [fault(`the ${misplaced.part} has no place for "${misplaced.field}"`, misplaced.part)];
  const wrongInput = source
    .violations(input)
    .map(({ message: text }) => fault(`the input is not valid: ${text}`, 'input', { text }));
  try {
    const output = await transform(mapping.value, direction, input);
    if (!sameJson(output, test.output)) {
      return [...wrongInput, fault(`the output differs at ${firstDifference(output, test.output)}`, 'output')];
    }
    const wrongOutput =
      output === undefined ? ['there is none'] : target.violations(output).map(({ message }) => message);
    if (test.isRefused) {
      const taken = wrongOutput.length === 0 ? [fault('the output has to be refused, but is valid', 'output')] : [];
      return [...wrongInput, ...taken];
    }
    return [...wrongInput, ...wrongOutput.map(text => fault(`the output is not valid: ${text}`, 'output', { text }))];
  } catch (error) {
    if (!(error instanceof TransformError)) throw error;
    return [
      ...wrongInput,
      fault(`"${error.at.join('.')}" failed: ${error.message}`, 'input', { at: error.at.join('.') }),
    ];
  }
}

/** `lines.0.price: got 3, expected "3.00"`. */
function firstDifference(got: Json | undefined, expected: Json | undefined, at = ''): string {
  const isContainer = (value: Json | undefined): value is Json[] | { [key: string]: Json } =>
    typeof value === 'object' && value !== null;
  if (isContainer(got) && isContainer(expected) && Array.isArray(got) === Array.isArray(expected)) {
    const [a, b] = [got as { [key: string]: Json }, expected as { [key: string]: Json }];
    const name = [...Object.keys(b), ...Object.keys(a)].find(key => !sameJson(a[key], b[key]));
    if (name !== undefined) return firstDifference(a[name], b[name], at === '' ? name : `${at}.${name}`);
  }
  const text = (value: Json | undefined) => (value === undefined ? 'nothing' : JSON.stringify(value));
  return `${at === '' ? 'the root' : at}: got ${text(got)}, expected ${text(expected)}`;
}
