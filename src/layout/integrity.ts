/** Whether a layout says what it means: what its schema cannot check. */

import { boundedRegExp } from '../load/bounded-regexp.ts';
import type { Layout, LayoutControl, LayoutField, LayoutStructure, Path, Rule } from '../model/index.ts';
import { formatProblem } from './dates.ts';
import { isNamed, strayTokens } from './file-name.ts';
import rule from './layout-rules.ts';
import {
  everyNode,
  fieldAt,
  holds,
  nodeAt,
  type Plan,
  planControl,
  planOf,
  type RecordPlan,
  scopesOf,
} from './plan.ts';

export interface LayoutFault {
  readonly rule: Rule;
  /** Where in the document. */
  readonly path: Path;
  readonly message: string;
}

/** The layout must have the shape of its schema. */
export function* integrityOf(layout: Layout): Iterable<LayoutFault> {
  const plan = planOf(layout);
  yield* formatFaults(layout);
  for (const [name, record] of Object.entries(layout.records)) {
    yield* recordFaults(layout, plan.records.get(name)!, ['records', name]);
    for (const [index, field] of record.fields.entries()) {
      yield* fieldFaults(layout, field, ['records', name, 'fields', index]);
    }
  }
  yield* recordsApart(layout, plan);
  yield* structureFaults(layout, plan);
  for (const [index, control] of (layout.controls ?? []).entries()) {
    yield* controlFaults(control, plan, ['controls', index]);
  }
  yield* nameFaults(layout, plan);
}

function* formatFaults({ format, newline, records, csv }: Layout): Iterable<LayoutFault> {
  if (format === 'csv' && newline === 'none') {
    yield { rule: rule.fieldIncomplete, path: ['newline'], message: 'the rows of a CSV end in lf or crlf' };
  }
  if (csv?.header !== undefined && !Object.hasOwn(records, csv.header)) {
    yield unknown(['csv', 'header'], `the header names the record "${csv.header}"`);
  }
  if (csv && csv.delimiter === csv.quote) {
    yield { rule: rule.fieldIncomplete, path: ['csv'], message: 'delimiter and quote are the same character' };
  }
}

function unknown(path: Path, what: string): LayoutFault {
  return { rule: rule.unknownName, path, message: `${what}, which the layout does not have` };
}

function* recordFaults(layout: Layout, plan: RecordPlan, path: Path): Iterable<LayoutFault> {
  const { fields, match = {}, conditions = [] } = plan.layout;
  const keysOf = (field: LayoutField) => [
    ['name', field.name],
    ['element', field.element],
    ['column', layout.format === 'csv' ? (field.column ?? field.name) : undefined],
  ];
  for (const [index, field] of fields.entries()) {
    for (const [kind, key] of keysOf(field)) {
      if (key === undefined) continue;
      const first = fields.findIndex(other =>
        keysOf(other).some(([otherKind, value]) => otherKind === kind && value === key),
      );
      if (first === index || (kind === 'column' && field.name === fields[first]!.name)) continue;
      const message = `the record has two fields of the ${kind} "${key}"`;
      yield { rule: rule.fieldDuplicate, path: [...path, 'fields', index], message };
    }
    const { segment } = plan.layout;
    if (layout.format === 'x12' && segment !== undefined && field.element?.replace(/\d\d(-\d+)?$/, '') !== segment) {
      const message = `${field.element} is no element of the segment ${segment}`;
      yield { rule: rule.fieldIncomplete, path: [...path, 'fields', index], message };
    }
  }
  for (const [name, value] of Object.entries(match)) {
    const field = fields.find(other => other.name === name);
    if (!field) yield unknown([...path, 'match', name], `the record is recognised by the field "${name}"`);
    const strange = field?.codes && [value].flat().find(one => !Object.hasOwn(field.codes!, one));
    if (strange !== undefined) {
      const message = `the record is recognised by "${strange}", which is no code of "${name}"`;
      yield { rule: rule.fieldIncomplete, path: [...path, 'match', name], message };
    }
  }
  for (const [index, condition] of conditions.entries()) {
    for (const [at, name] of condition.fields.entries()) {
      if (fields.some(field => field.name === name)) continue;
      yield unknown([...path, 'conditions', index, 'fields', at], `the condition names the field "${name}"`);
    }
    for (const [name, value] of Object.entries(condition.when ?? {})) {
      const at = [...path, 'conditions', index, 'when', name];
      const field = fields.find(other => other.name === name);
      if (!field) yield unknown(at, `the condition depends on the field "${name}"`);
      const strange = field?.codes && [value].flat().find(one => !Object.hasOwn(field.codes!, one));
      if (strange === undefined) continue;
      const message = `the condition depends on "${strange}", which is no code of "${name}"`;
      yield { rule: rule.fieldIncomplete, path: at, message };
    }
  }
  if (layout.format === 'fixed-width') yield* positionFaults(layout, plan, path);
}

function* positionFaults(layout: Layout, { layout: { fields } }: RecordPlan, path: Path): Iterable<LayoutFault> {
  const { recordLength } = layout.fixedWidth!;
  let next = 1;
  let before = 'the start of the record';
  for (const [index, { name, start = 1, length = 1 }] of fields.entries()) {
    const at = [...path, 'fields', index];
    const fault = (message: string) => ({ rule: rule.fieldPosition, path: at, message });
    if (start < next) yield fault(`"${name}" starts at ${start}, but ${before} reaches to ${next - 1}`);
    if (start > next)
      yield fault(`nothing describes the characters ${next} to ${start - 1}, between ${before} and "${name}"`);
    const end = start + length - 1;
    if (end > recordLength) yield fault(`"${name}" ends at ${end}, but the record has ${recordLength} characters`);
    next = Math.max(next, end + 1);
    before = `"${name}"`;
  }
  if (next <= recordLength) {
    const message = `nothing describes the characters ${next} to ${recordLength}, after ${before}`;
    yield { rule: rule.fieldPosition, path: [...path, 'fields', fields.length - 1], message };
  }
}

function* fieldFaults(layout: Layout, field: LayoutField, path: Path): Iterable<LayoutFault> {
  const incomplete = (message: string, key?: string): LayoutFault => ({
    rule: rule.fieldIncomplete,
    path: key === undefined ? path : [...path, key],
    message: `"${field.name}": ${message}`,
  });
  if (field.type === 'date' || field.type === 'time' || field.type === 'timestamp') {
    const problem = formatProblem(field.type, field.format ?? '');
    if (problem !== undefined) yield incomplete(`the format "${field.format}" cannot be used: ${problem}`, 'format');
  }
  const most = Math.min(field.maxLength ?? Number.POSITIVE_INFINITY, field.length ?? Number.POSITIVE_INFINITY);
  if ((field.minLength ?? 1) > most)
    yield incomplete(`minLength ${field.minLength} is more than the field can hold`, 'minLength');
  if (field.length !== undefined && (field.maxLength ?? 0) > field.length) {
    yield incomplete(`maxLength ${field.maxLength} is more than its length`, 'maxLength');
  }
  if (layout.format !== 'fixed-width' && field.type === 'text' && field.maxLength === undefined) {
    yield incomplete('a text states its maxLength, or receivers cut it off where they please');
  }
  const marks = layout.format === 'x12' ? 0 : (field.implied || field.decimals === 0 ? 0 : 1) + (signs(field) ? 1 : 0);
  if (field.type === 'decimal' && Number.isFinite(most) && most - marks - (field.decimals ?? 0) < 1) {
    yield incomplete(`${most} characters leave no digit before the ${field.decimals} decimals`, 'decimals');
  }
  const [longest = ''] = Object.keys(field.codes ?? {}).sort((a, b) => b.length - a.length);
  if (longest.length > most) yield incomplete(`the code "${longest}" is longer than the field`, 'codes');
  if (field.identifier !== undefined && field.type !== 'text') {
    yield incomplete(`a ${field.type} is no identifier with a check digit; those are texts`, 'identifier');
  }
  if (field.pattern !== undefined) {
    if (field.type !== 'text')
      yield incomplete(`a ${field.type} has no pattern; its type says what it looks like`, 'pattern');
    const problem = patternProblem(field.pattern);
    if (problem !== undefined) yield { rule: rule.patternInvalid, path: [...path, 'pattern'], message: problem };
  }
}

function signs({ sign }: LayoutField): boolean {
  return sign === 'leading' || sign === 'trailing';
}

function patternProblem(pattern: string): string | undefined {
  try {
    boundedRegExp(pattern, 'u');
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** Of two records that may stand in one file each needs a mark that the other does not have. */
function* recordsApart(layout: Layout, { records }: Plan): Iterable<LayoutFault> {
  const all = [...records.values()].filter(({ name }) => Object.hasOwn(layout.records, name));
  const isX12 = layout.format === 'x12';
  for (const [index, record] of all.entries()) {
    const path = ['records', record.name];
    const segment = record.layout.segment ?? '';
    if (isX12 && ['ISA', 'GS', 'ST', 'SE', 'GE', 'IEA'].includes(segment)) {
      yield {
        rule: rule.recordAmbiguous,
        path,
        message: `the segment ${segment} belongs to the envelope, which is not declared`,
      };
    }
    const taken = isX12 && records.get(record.name)!.layout !== layout.records[record.name];
    if (taken)
      yield { rule: rule.recordAmbiguous, path, message: `"${record.name}" is the name of a record of the envelope` };
    // In X12 the place of a segment tells apart what its elements do not.
    if (isX12) continue;
    const twin = all.slice(0, index).find(other => !areApart(record, other));
    if (!twin) continue;
    const message = `"${record.name}" and "${twin.name}" are not told apart by \`match\``;
    yield { rule: rule.recordAmbiguous, path, message };
  }
}

/** Whether a field stands in the same place in both and never has the same value. */
function areApart(a: RecordPlan, b: RecordPlan): boolean {
  return a.match.some(({ field, values }) =>
    b.match.some(
      other =>
        other.field.at === field.at &&
        other.field.field.length === field.field.length &&
        [...values].every(value => !other.values.has(value)),
    ),
  );
}

function* structureFaults(layout: Layout, { root, records }: Plan): Iterable<LayoutFault> {
  const used = new Set([...everyNode(root)].map(({ record }) => record));
  for (const name of Object.keys(layout.records)) {
    if (used.has(records.get(name))) continue;
    yield {
      rule: rule.recordUnused,
      path: ['records', name],
      message: `the record "${name}" has no place in the structure`,
    };
  }
  yield* nodeFaults(layout, layout.structure, ['structure']);
}

function* nodeFaults(layout: Layout, structure: LayoutStructure, path: Path): Iterable<LayoutFault> {
  for (const [name, { record, content, min = 1, max = 1 }] of Object.entries(structure)) {
    const at = [...path, name];
    if (record !== undefined && !Object.hasOwn(layout.records, record)) {
      yield unknown([...at, 'record'], `the structure names the record "${record}"`);
    }
    if (max !== 'unbounded' && min > max) {
      yield {
        rule: rule.fieldIncomplete,
        path: [...at, 'min'],
        message: `"${name}" occurs ${min} times at least, and ${max} times at most`,
      };
    }
    if (!content) continue;
    const first = Object.values(content)[0];
    const isRepeated = max === 'unbounded' || max > 1;
    if (isRepeated && first?.min === 0) {
      const message = `"${name}" repeats, but may begin without its first record: nobody can tell where the next one begins`;
      yield { rule: rule.recordAmbiguous, path: at, message };
    }
    yield* nodeFaults(layout, content, [...at, 'content']);
  }
}

function* controlFaults(
  control: LayoutControl,
  { records, root, declaredAt }: Plan,
  path: Path,
): Iterable<LayoutFault> {
  const references: [Path, string | undefined][] = [
    [['field'], control.field],
    [['to'], control.to],
    ...(control.fields ?? []).map((field, index): [Path, string] => [['fields', index], field]),
    ...(control.of ?? []).flatMap(({ field, times }, index): [Path, string | undefined][] => [
      [['of', index, 'field'], field],
      [['of', index, 'times'], times],
    ]),
  ];
  let isKnown = true;
  for (const [at, reference] of references) {
    if (reference === undefined || fieldAt(records, reference)) continue;
    isKnown = false;
    yield unknown([...path, ...at], `the control names the field "${reference}"`);
  }
  for (const [index, name] of (control.counts ?? []).entries()) {
    if (records.has(name)) continue;
    isKnown = false;
    yield unknown([...path, 'counts', index], `the control counts the record "${name}"`);
  }
  if (!isKnown) return;
  const invalid = (message: string, ...at: (string | number)[]): LayoutFault => ({
    rule: rule.controlInvalid,
    path: [...path, ...at],
    message,
  });
  const plan = planControl(control, records);
  if (!plan) {
    yield invalid('the fields of a term, of its condition and of a key belong to one record');
    return;
  }
  const { within } = control;
  const scopes = scopesOf(plan, root, declaredAt);
  const group = within === undefined || within === 'file' ? root : nodeAt(root, [...declaredAt, ...within.split('.')]);
  if (!group || group.record) yield unknown([...path, 'within'], `the control is about the group "${within}"`);
  else {
    const { holder, other, counts = [], terms, counters } = plan;
    const needed = [holder, other?.record, ...counts, ...terms.keys(), ...counters.keys()];
    for (const record of new Set(needed)) {
      // One that stands nowhere is reported as such.
      if (!record || scopes.length === 0 || scopes.some(scope => holds(scope, record))) continue;
      yield invalid(`the record "${record.name}" does not stand within the group that the control is about`);
    }
  }
  if (control.kind === 'count' && plan.field?.field.type !== 'integer') {
    yield invalid('a count is held by an integer', 'field');
  }
  const numbers =
    control.kind === 'sum' ? [control.field, ...(control.of ?? []).flatMap(({ field, times }) => [field, times])] : [];
  for (const reference of numbers) {
    const type = fieldAt(records, reference)?.field.field.type;
    if (reference !== undefined && type !== 'integer' && type !== 'decimal')
      yield invalid(`${reference} is a ${type}, which has no sum`);
  }
  const isRepeatedOnce =
    (control.kind === 'unique' || control.kind === 'sequence') &&
    plan.counters.size <= 1 &&
    scopes.every(scope => !repeats(scope, plan.holder));
  if (scopes.length > 0 && isRepeatedOnce) {
    yield invalid(
      'the record occurs only once in the group that the control is about: state a larger group in `within`',
    );
  }
}

/** Whether a record can occur more than once within a group. */
function repeats(
  scope: { readonly content: readonly Parameters<typeof everyNode>[0][] },
  record: RecordPlan | undefined,
): boolean {
  const times = (node: Parameters<typeof everyNode>[0]): number =>
    node.max *
    (node.record
      ? node.record === record
        ? 1
        : 0
      : node.content.reduce((sum, child) => sum + (times(child) || 0), 0));
  return scope.content.reduce((sum, node) => sum + (times(node) || 0), 0) > 1;
}

function* nameFaults({ delivery: { fileName } }: Layout, { records }: Plan): Iterable<LayoutFault> {
  const path = ['delivery', 'fileName'];
  const { undescribed, unused } = strayTokens(fileName);
  for (const name of undescribed) {
    yield {
      rule: rule.fileName,
      path: [...path, 'pattern'],
      message: `the token "${name}" is not described under tokens`,
    };
  }
  for (const name of unused) {
    yield {
      rule: rule.fileName,
      path: [...path, 'tokens', name],
      message: `the token "${name}" does not occur in the pattern`,
    };
  }
  for (const [name, { field }] of Object.entries(fileName.tokens ?? {})) {
    if (field === undefined || fieldAt(records, field)) continue;
    yield unknown([...path, 'tokens', name, 'field'], `the token "${name}" names the field "${field}"`);
  }
  let hasBroken = false;
  for (const [name, { pattern }] of Object.entries(fileName.tokens ?? {})) {
    const problem = pattern === undefined ? undefined : patternProblem(pattern);
    if (problem === undefined) continue;
    hasBroken = true;
    yield { rule: rule.patternInvalid, path: [...path, 'tokens', name, 'pattern'], message: problem };
  }
  if (!hasBroken && !isNamed(fileName, fileName.example)) {
    yield {
      rule: rule.fileName,
      path: [...path, 'example'],
      message: `"${fileName.example}" does not fit the pattern ${fileName.pattern}`,
    };
  }
}
