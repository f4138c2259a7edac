/** A layout made ready for reading and writing: positions looked up, names resolved, controls bound to their groups. */
import {
  type Layout,
  type LayoutCondition,
  type LayoutControl,
  type LayoutField,
  type LayoutNode,
  type LayoutStructure,
  type RecordLayout,
  UNBOUNDED,
} from '../model/index.ts';
import { type Codec, codecOf } from './codec.ts';
import { ENVELOPE_NODES, type Envelope, envelopeOf } from './envelope.ts';

export interface FieldPlan {
  readonly field: LayoutField;
  /** Position among the fields of the record. */
  readonly index: number;
  /** Fixed-width: offset of the first character. CSV: column from 0. X12: number of the element. */
  readonly at: number;
  /** X12: number of the component from 1, where the field is one. */
  readonly component: number | undefined;
  readonly codec: Codec;
  /** Classified, so that its values are not shown. */
  readonly isMasked: boolean;
  /** The only value it can have, because the record is recognised by it or the envelope fixes it. */
  readonly constant: string | undefined;
  /** Whether it is part of the data: neither filler nor constant. */
  readonly isData: boolean;
  /** Whether it holds the value of a count, sum or hash, or repeats another field: then writing can work it out. */
  readonly isComputed: boolean;
}

export interface RecordPlan {
  readonly name: string;
  readonly layout: RecordLayout;
  readonly fields: readonly FieldPlan[];
  readonly match: readonly { readonly field: FieldPlan; readonly values: ReadonlySet<string> }[];
  readonly conditions: readonly ConditionPlan[];
  readonly hasMasked: boolean;
}

/** A condition whose names are resolved. */
export interface ConditionPlan {
  readonly kind: LayoutCondition['kind'];
  readonly fields: readonly FieldPlan[];
  /** It holds only where each of these fields has one of the values. */
  readonly when: readonly { readonly field: FieldPlan; readonly values: ReadonlySet<string> }[];
}

export interface NodePlan {
  readonly name: string;
  /** Names from the top, its own included; empty for the file. */
  readonly path: readonly string[];
  readonly parent: NodePlan | undefined;
  readonly min: number;
  /** Infinity where there is no bound. */
  readonly max: number;
  /** Exactly one of the two. */
  readonly record: RecordPlan | undefined;
  readonly content: readonly NodePlan[];
  readonly description: string | undefined;
  /** Controls that hold within each occurrence of the group. */
  readonly controls: ControlPlan[];
}

/** A control whose names are resolved. */
export interface ControlPlan {
  readonly control: LayoutControl;
  readonly holder: RecordPlan | undefined;
  readonly field: FieldPlan | undefined;
  readonly counts: ReadonlySet<RecordPlan> | undefined;
  readonly terms: ReadonlyMap<RecordPlan, readonly TermPlan[]>;
  /** Decimals in which sums are kept. */
  readonly scale: number;
  readonly other: { readonly record: RecordPlan; readonly field: FieldPlan } | undefined;
  /** unique: the fields of the key. */
  readonly keys: readonly FieldPlan[];
  /** sequence: the field that counts up, by record. */
  readonly counters: ReadonlyMap<RecordPlan, FieldPlan>;
}

export interface TermPlan {
  readonly field: FieldPlan;
  readonly times: FieldPlan | undefined;
  readonly isSubtracted: boolean;
  readonly when: readonly { readonly field: FieldPlan; readonly value: string }[];
}

export interface Plan {
  readonly layout: Layout;
  readonly records: ReadonlyMap<string, RecordPlan>;
  readonly root: NodePlan;
  /** Path of the node that holds the declared structure: empty, or for X12 the transaction set. */
  readonly declaredAt: readonly string[];
  /** The record whose columns the header row of a CSV names. */
  readonly header: RecordPlan | undefined;
}

const plans = new WeakMap<Layout, Plan>();

/**
 * Names that lead nowhere are left out: integrity.ts reports them. The layout must have the shape of its schema, and is
 * not changed afterwards.
 */
export function planOf(layout: Layout): Plan {
  const known = plans.get(layout);
  if (known) return known;
  const plan = makePlan(layout);
  plans.set(layout, plan);
  return plan;
}

function makePlan(layout: Layout): Plan {
  const envelope = layout.format === 'x12' ? envelopeOf(layout) : undefined;
  const controls = [...(envelope?.controls ?? []), ...(layout.controls ?? [])];
  const computed = new Set(
    controls.flatMap(({ kind, field, given }) => (given || kind === 'sequence' || kind === 'unique' ? [] : [field])),
  );
  const records = new Map(
    Object.entries({ ...layout.records, ...envelope?.records }).map(([name, record]) => [
      name,
      planRecord(layout, name, record, envelope, computed),
    ]),
  );
  const root: NodePlan = {
    name: '',
    path: [],
    parent: undefined,
    min: 1,
    max: 1,
    record: undefined,
    content: [],
    description: undefined,
    controls: [],
  };
  const content = planStructure(envelope?.structure ?? layout.structure, root, records);
  (root.content as NodePlan[]).push(...content);
  const declaredAt = envelope ? [...ENVELOPE_NODES] : [];
  for (const control of controls) bind(control, root, records, envelope?.controls.includes(control) ? [] : declaredAt);
  const header = layout.csv?.header;
  return { layout, records, root, declaredAt, header: header === undefined ? undefined : records.get(header) };
}

function planRecord(
  layout: Layout,
  name: string,
  record: RecordLayout,
  envelope: Envelope | undefined,
  computed: ReadonlySet<string | undefined>,
): RecordPlan {
  const matched = Object.entries(record.match ?? {}).map(([field, value]) => [field, [value].flat()] as const);
  const single = new Map(matched.flatMap(([field, values]) => (values.length === 1 ? [[field, values[0]!]] : [])));
  const fields = record.fields.map((field, index): FieldPlan => {
    const constant = single.get(field.name) ?? envelope?.constants.get(`${name}.${field.name}`);
    const element = /(\d\d)(?:-(\d+))?$/.exec(field.element ?? '');
    const positions = { csv: index, 'fixed-width': (field.start ?? 1) - 1, x12: Number(element?.[1] ?? 0) };
    return {
      field,
      index,
      at: positions[layout.format],
      component: element?.[2] === undefined ? undefined : Number(element[2]),
      codec: codecOf(layout, field),
      isMasked: field.classification === 'confidential' || field.classification === 'restricted',
      constant,
      isData: field.type !== 'filler' && constant === undefined,
      isComputed: computed.has(`${name}.${field.name}`),
    };
  });
  return {
    name,
    layout: record,
    fields,
    match: matched.flatMap(([field, values]) => valuesOf(fields, field, values)),
    conditions: (record.conditions ?? []).flatMap(condition => planCondition(condition, fields)),
    hasMasked: fields.some(({ isMasked }) => isMasked),
  };
}

function valuesOf(fields: readonly FieldPlan[], name: string, values: readonly string[]) {
  const field = fields.find(plan => plan.field.name === name);
  return field ? [{ field, values: new Set(values) }] : [];
}

function planCondition({ kind, fields: names, when = {} }: LayoutCondition, fields: readonly FieldPlan[]) {
  const named = names.flatMap(name => fields.find(({ field }) => field.name === name) ?? []);
  const cases = Object.entries(when).flatMap(([name, value]) => valuesOf(fields, name, [value].flat()));
  const isKnown = named.length === names.length && cases.length === Object.keys(when).length;
  return isKnown ? [{ kind, fields: named, when: cases }] : [];
}

function planStructure(
  structure: LayoutStructure,
  parent: NodePlan,
  records: ReadonlyMap<string, RecordPlan>,
): NodePlan[] {
  return Object.entries(structure).flatMap(([name, node]) => {
    const record = node.record === undefined ? undefined : records.get(node.record);
    if (node.record !== undefined && !record) return [];
    return [planNode(name, node, record, parent, records)];
  });
}

function planNode(
  name: string,
  node: LayoutNode,
  record: RecordPlan | undefined,
  parent: NodePlan,
  records: ReadonlyMap<string, RecordPlan>,
): NodePlan {
  const plan: NodePlan = {
    name,
    path: [...parent.path, name],
    parent,
    min: node.min ?? 1,
    max: node.max === UNBOUNDED ? Number.POSITIVE_INFINITY : (node.max ?? 1),
    record,
    content: [],
    description: node.description ?? record?.layout.description,
    controls: [],
  };
  (plan.content as NodePlan[]).push(...planStructure(node.content ?? {}, plan, records));
  return plan;
}

/** Gives a control to every group in which it holds. */
function bind(
  control: LayoutControl,
  root: NodePlan,
  records: ReadonlyMap<string, RecordPlan>,
  declaredAt: readonly string[],
): void {
  const plan = planControl(control, records);
  if (!plan) return;
  for (const scope of scopesOf(plan, root, declaredAt)) scope.controls.push(plan);
}

/** Undefined where a name leads nowhere. */
export function planControl(control: LayoutControl, records: ReadonlyMap<string, RecordPlan>): ControlPlan | undefined {
  const find = (reference: string | undefined) => fieldAt(records, reference);
  const own = find(control.field ?? control.fields?.[0]);
  const other = find(control.to);
  const named = (control.fields ?? []).map(find);
  const isSequence = control.kind === 'sequence';
  const keys = isSequence ? [] : named;
  const counted = control.counts?.map(name => records.get(name));
  const terms = new Map<RecordPlan, TermPlan[]>();
  let scale = own?.field.field.decimals ?? 0;
  for (const { field, times, sign, when } of control.of ?? []) {
    const [term, factor] = [find(field), find(times)];
    if (!term || (times !== undefined && factor?.record !== term.record)) return undefined;
    const conditions = Object.entries(when ?? {}).map(([name, value]) => ({
      field: term.record.fields.find(plan => plan.field.name === name),
      value,
    }));
    if (conditions.some(condition => !condition.field)) return undefined;
    scale = Math.max(scale, (term.field.field.decimals ?? 0) + (factor?.field.field.decimals ?? 0));
    const list = terms.get(term.record) ?? [];
    list.push({
      field: term.field,
      times: factor?.field,
      isSubtracted: sign === '-',
      when: conditions as TermPlan['when'],
    });
    terms.set(term.record, list);
  }
  const isIncomplete =
    !own ||
    (control.to !== undefined && !other) ||
    keys.some(key => key?.record !== own?.record) ||
    named.some(one => !one) ||
    counted?.some(record => !record);
  if (isIncomplete) return undefined;
  return {
    control,
    holder: own.record,
    field: own.field,
    counts: counted && new Set(counted as RecordPlan[]),
    terms,
    scale,
    other,
    keys: keys.map(key => key!.field),
    counters: new Map(isSequence ? [own, ...named].map(one => [one!.record, one!.field]) : []),
  };
}

export function fieldAt(records: ReadonlyMap<string, RecordPlan>, reference: string | undefined) {
  const [recordName = '', fieldName] = reference?.split('.') ?? [];
  const record = records.get(recordName);
  const field = record?.fields.find(plan => plan.field.name === fieldName);
  return record && field ? { record, field } : undefined;
}

/** The groups in which a control holds: those it names, or those in which the record of its field stands. */
export function scopesOf(plan: ControlPlan, root: NodePlan, declaredAt: readonly string[]): NodePlan[] {
  const { control, holder, other } = plan;
  if (control.within === 'file') return [root];
  if (control.within !== undefined) {
    const group = nodeAt(root, [...declaredAt, ...control.within.split('.')]);
    return group && !group.record ? [group] : [];
  }
  const homes = [...everyNode(root)].flatMap(node => (node.record === holder ? [node.parent!] : []));
  return [...new Set(homes.map(home => (other ? smallestWith(home, other.record) : home)))];
}

/** The group itself, or the first around it in which the record stands. */
function smallestWith(group: NodePlan, record: RecordPlan): NodePlan {
  let home = group;
  while (home.parent && !holds(home, record)) home = home.parent;
  return home;
}

/** Whether a record may stand somewhere within a group. */
export function holds(group: NodePlan, record: RecordPlan): boolean {
  return [...everyNode(group)].some(node => node.record === record);
}

export function nodeAt(root: NodePlan, path: readonly string[]): NodePlan | undefined {
  let node: NodePlan | undefined = root;
  for (const name of path) node = node?.content.find(child => child.name === name);
  return node;
}

export function* everyNode(node: NodePlan): Iterable<NodePlan> {
  yield node;
  for (const child of node.content) yield* everyNode(child);
}

/** Whether a record must say something that cannot be worked out; without, data need not mention it. */
export function hasOwnData({ fields }: RecordPlan): boolean {
  return fields.some(({ isData, isComputed, field }) => isData && !isComputed && field.required === true);
}
