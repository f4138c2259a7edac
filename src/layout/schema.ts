/** The form that the data of a file takes in JSON, as JSON Schema 2020-12: what mappings have as their other side. */
import type { JsonObject, Layout } from '../model/index.ts';
import {
  type ConditionPlan,
  type FieldPlan,
  hasOwnData,
  type NodePlan,
  nodeAt,
  planOf,
  type RecordPlan,
} from './plan.ts';

/**
 * The schema of a whole file; or of one node of the declared structure, by the names that lead to it (none: the whole
 * declared structure, which for X12 is what stands between ST and SE). Undefined where there is no such node.
 *
 * A group and a record are objects; a node that may occur more than once is an array. Decimals are decimal text, dates
 * and times are ISO 8601 text, empty fields are absent. Fillers and fields by which a record is recognised do not appear;
 * fields that can be worked out (counts, sums, hashes, repeated numbers) are optional, and so is a record that holds
 * nothing else.
 */
export function documentSchema(layout: Layout, node?: readonly string[]): JsonObject | undefined {
  const plan = planOf(layout);
  const start = node === undefined ? plan.root : nodeAt(plan.root, [...plan.declaredAt, ...node]);
  if (!start) return undefined;
  // The transaction set without its ST and SE, which belong to the envelope.
  const own =
    node?.length === 0 ? start.content.filter(({ name }) => Object.hasOwn(layout.structure, name)) : start.content;
  const schema = start.record ? recordSchema(start.record) : groupSchema(own);
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: start.name === '' || node?.length === 0 ? layout.title : start.name,
    ...(start.description === undefined ? {} : { description: start.description }),
    ...schema,
  };
}

function groupSchema(content: readonly NodePlan[]): JsonObject {
  const required = content
    .filter(({ min, record }) => min > 0 && (record === undefined || hasOwnData(record)))
    .map(({ name }) => name);
  return objectSchema(Object.fromEntries(content.map(node => [node.name, nodeSchema(node)])), required);
}

function nodeSchema(node: NodePlan): JsonObject {
  const described = node.description === undefined ? {} : { description: node.description };
  const one = node.record ? recordSchema(node.record) : groupSchema(node.content);
  if (node.max <= 1) return { ...described, ...one };
  return {
    type: 'array',
    ...described,
    minItems: node.min,
    ...(Number.isFinite(node.max) ? { maxItems: node.max } : {}),
    items: one,
  };
}

function recordSchema({ fields, conditions: planned }: RecordPlan): JsonObject {
  const data = fields.filter(({ isData }) => isData);
  const required = data.filter(({ field, isComputed }) => field.required && !isComputed).map(({ field }) => field.name);
  const conditions = planned.flatMap(conditionSchemas);
  return {
    ...objectSchema(Object.fromEntries(data.map(plan => [plan.field.name, fieldSchema(plan)])), required),
    ...(conditions.length > 0 ? { allOf: conditions } : {}),
  };
}

function conditionSchemas({ kind, fields, when }: ConditionPlan): JsonObject[] {
  // A field by which the record is recognised is no part of the data: what it says is known.
  const isNever = when.some(({ field, values }) => field.constant !== undefined && !values.has(field.constant));
  if (isNever) return [];
  const cases = when.filter(({ field }) => field.isData);
  const bare = bareSchemas(
    kind,
    fields.map(({ field }) => field.name),
  );
  if (cases.length === 0) return bare;
  const condition = {
    required: cases.map(({ field }) => field.field.name),
    properties: Object.fromEntries(cases.map(({ field, values }) => [field.field.name, { enum: [...values] }])),
  };
  return bare.map(schema => ({ anyOf: [{ not: condition }, schema] }));
}

function bareSchemas(kind: ConditionPlan['kind'], names: readonly string[]): JsonObject[] {
  const [first = '', ...others] = names;
  const has = (...given: string[]) => ({ required: given });
  switch (kind) {
    case 'paired':
      return [{ dependentRequired: Object.fromEntries(names.map(one => [one, names.filter(other => other !== one)])) }];
    case 'any':
      return [{ anyOf: names.map(one => has(one)) }];
    case 'exclusive':
      return names.flatMap((one, at) => names.slice(at + 1).map(other => ({ not: has(one, other) })));
    case 'conditional':
      return [{ dependentRequired: { [first]: others } }];
    case 'list':
      return [{ anyOf: [{ not: has(first) }, ...others.map(one => has(one))] }];
    case 'required':
      return [has(...names)];
    case 'absent':
      return names.map(one => ({ not: has(one) }));
  }
}

function fieldSchema({ field, codec }: FieldPlan): JsonObject {
  const element = field.element === undefined ? '' : `${field.element}. `;
  return {
    description: element + field.description,
    ...codec.schema,
    ...(field.classification === undefined ? {} : { 'x-classification': field.classification }),
  };
}

function objectSchema(properties: JsonObject, required: readonly string[]): JsonObject {
  return {
    type: 'object',
    additionalProperties: false,
    ...(required.length > 0 ? { required: [...required] } : {}),
    properties,
  };
}

/**
 * Which field of which record a path of the data means, where `node` leads to the schema that the path starts in;
 * undefined where it leads to a whole record or group. Escaped segments as in ids; indices do not appear.
 */
export function fieldOfData(
  layout: Layout,
  node: readonly string[],
  path: readonly string[],
): { readonly record: string; readonly field?: string } | undefined {
  const plan = planOf(layout);
  let at = nodeAt(plan.root, [...plan.declaredAt, ...node]);
  for (const step of path) {
    if (step === '[]') continue;
    if (at?.record) return { record: at.record.name, field: step };
    at = at?.content.find(({ name }) => name === step);
    if (!at) return undefined;
  }
  return at?.record ? { record: at.record.name } : undefined;
}
