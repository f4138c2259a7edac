/**
 * Proofs of a mapping beyond its own tests: valid documents are generated from both schemas, and each has to become a
 * valid document of the other side and come back as it was, but for what the mapping lists as lost. A fault
 * in an expression has to be noticed.
 */
import fc from 'fast-check';
import { type MappingField, mappingFields } from '../graph/index.ts';
import {
  DIRECTIONS,
  type Direction,
  type Entry,
  type Estate,
  extend,
  type Finding,
  finding,
  ITEMS,
  type Json,
  type Location,
  type Mapping,
} from '../model/index.ts';
import { type Instance, type Instances, instancesOf } from './mapping-instances.ts';
import { type Fault, findingOf, type Judge, judgeOf, keyOf, lostFields, OPPOSITE } from './mapping-judgement.ts';
import { type Judged, type Mutations, plantFaults } from './mapping-mutants.ts';
import rule from './mapping-rules.ts';
import { type Side, sidesOf } from './mapping-sides.ts';
import { valuesAt } from './round-trip.ts';
import { expressionsOf } from './transform.ts';

export interface ProofOptions {
  /** Generated documents for each direction. */
  readonly runs: number;
  /** The same seed draws the same documents. */
  readonly seed: number;
  /** Whether to plant faults into the expressions, too. */
  readonly mutate: boolean;
}

export interface Proof {
  readonly findings: readonly Finding[];
  /** Documents that took the way there and back. */
  readonly documents: Readonly<Record<Direction, number>>;
  readonly mutations: Mutations;
}

/** Documents of each direction that a fault is held against where no test notices. */
const MUTANT_RUNS = 200;
/** Faults that are shrunk; more than these in one direction have one cause or need a rewrite. */
const MAX_SHRUNK = 12;
const MAX_SHRINKS = 400;
/** Evaluations that run into their time limit, after which nobody waits for more. */
const MAX_ENDLESS = 2;
/** Less evidence than this does not show that a field always survives. */
const ENOUGH = 10;

/** Findings, in no order. Mappings whose references lead nowhere, or whose expressions cannot be parsed, are left to `checkMappings`. */
export async function proveMapping(estate: Estate, mapping: Entry<Mapping>, options: ProofOptions): Promise<Proof> {
  const documents = { toVendor: 0, toCanonical: 0 };
  const mutations = { planted: 0, byTests: 0, byDocuments: 0, equivalent: 0 };
  const nothing = { findings: [], documents, mutations };
  const sides = sidesOf(estate, mapping);
  const { fields, faults } = mappingFields(mapping);
  if (!sides || 'without' in sides || faults.length > 0) return nothing;
  const expressions = await expressionsOf(mapping.value);
  const judge = judgeOf(mapping, sides, expressions);
  const judged: Judged[] = [];
  const findings: Finding[] = [];
  const known = new Set<string>();
  for (const direction of DIRECTIONS) {
    const instances = await instancesOf(estate, mapping, direction, sides[direction], expressions, options);
    documents[direction] = instances.instances.length;
    findings.push(...instances.findings);
    findings.push(
      ...(await proveDirection({
        mapping,
        direction,
        instances,
        judge,
        fields,
        side: sides[direction].source,
        known,
        judged,
      })),
    );
  }
  if (!options.mutate) return { ...nothing, findings };
  const { findings: survivors, ...planted } = await plantFaults(mapping, judged, judge, expressions);
  return { findings: [...findings, ...survivors], documents, mutations: planted };
}

interface Direct {
  readonly mapping: Entry<Mapping>;
  readonly direction: Direction;
  readonly instances: Instances;
  readonly judge: Judge;
  readonly fields: readonly MappingField[];
  readonly side: Side;
  /** Faults that were reported already: the way back of one direction is the way there of the other. */
  readonly known: Set<string>;
  /** The first documents and what became of them, for those who plant faults. */
  readonly judged: Judged[];
}

async function proveDirection(direct: Direct): Promise<Finding[]> {
  const { mapping, direction, instances, judge, known, judged } = direct;
  const lost = new Map(
    lostFields(mapping.value)[direction].map(field => [field, { path: field.split('/'), seen: 0, changed: 0 }]),
  );
  const observed = new Set<string>();
  const first = new Map<string, { fault: Fault; instance: Instance }>();
  let endless = 0;
  const unmapped = unmappedFields(direct).map(field => ({ field, path: field.split('/') }));
  for (const [index, instance] of instances.instances.entries()) {
    const { faults, changed, output } = await judge(mapping.value, direction, instance.value);
    if (index < MUTANT_RUNS) {
      judged.push({ direction, value: instance.value, output, faults: new Set(faults.map(keyOf)) });
    }
    endless += faults.filter(isEndless).length;
    if (endless > MAX_ENDLESS) break;
    for (const fault of faults) {
      const key = keyOf(fault);
      if (!known.has(key) && !first.has(key)) first.set(key, { fault, instance });
    }
    for (const { field, path } of unmapped) {
      if (!observed.has(field) && valuesAt(instance.value, path).length > 0) observed.add(field);
    }
    if (!changed) continue;
    for (const [field, evidence] of lost) {
      // A field that was not there is lost as well where one comes back, such as a default of the other side.
      const appeared = changed.some(other => isWithinField(other, field));
      if (!appeared && valuesAt(instance.value, evidence.path).length === 0) continue;
      evidence.seen += 1;
      if (appeared || changed.some(other => isWithinField(field, other))) evidence.changed += 1;
    }
  }

  const findings: Finding[] = [];
  for (const [key, { fault, instance }] of first) {
    known.add(key);
    const isEnough = findings.length >= MAX_SHRUNK || isEndless(fault);
    const witness = isEnough ? instance.value : await shrunk(direct, key, instance);
    findings.push(findingOf(mapping, fault, { witness, seed: instance.seed, location: placeOf(direct, fault) }));
  }
  for (const [field, { seen, changed }] of lost) {
    if (seen < ENOUGH || changed > 0) continue;
    const index = mapping.value.lost.findIndex(each => each.direction === direction && each.field === field);
    findings.push(
      finding(rule.keptAfterAll, {
        subject: extend(mapping.id, direction, ...field.split('/')),
        message: `"${field}" is listed as lost, but came back as it was in all of ${seen} documents that had it`,
        location: mapping.file.locate(['lost', index, 'field']),
      }),
    );
  }
  for (const { field } of unmapped) {
    if (observed.has(field)) continue;
    findings.push(
      finding(rule.unaccountedField, {
        subject: extend(mapping.id, direction, ...field.split('/')),
        message: `"${field}" is not mapped in both directions and not listed as lost, and no generated document has it`,
        location: mapping.file.locate([direction]),
      }),
    );
  }
  return findings;
}

function isEndless({ rule: { id }, message }: Fault): boolean {
  return id === rule.expressionFailed.id && message.includes('timeout');
}

/** The smallest document that fast-check finds with the same fault. */
async function shrunk(
  { mapping, direction, instances, judge }: Direct,
  key: string,
  instance: Instance,
): Promise<Json> {
  const hasFault = async (value: Json): Promise<boolean> => {
    if (!(await instances.isMeant(value))) return false;
    const { faults } = await judge(mapping.value, direction, value);
    return faults.some(fault => keyOf(fault) === key);
  };
  const { counterexample } = await fc.check(
    fc.asyncProperty(fc.limitShrink(instances.arbitrary!, MAX_SHRINKS), async value => !(await hasFault(value))),
    { seed: instance.seed, path: String(instance.index), numRuns: 1 },
  );
  return counterexample?.[0] ?? instance.value;
}

/** The expression that writes the field; for a field that does not survive, the one that reads it. */
function placeOf({ mapping, fields }: Direct, { rule: { id }, direction, field }: Fault): Location {
  const role = id === rule.notKept.id ? 'reads' : 'writes';
  const plain = (path: readonly string[]) => path.filter(name => name !== ITEMS).join('/');
  const wanted = plain(field);
  const near = fields
    .filter(each => each.direction === direction && each.role === role)
    .map(each => ({ ...each, name: plain(each.path) }))
    .filter(({ name }) => isWithinField(wanted, name) || isWithinField(name, wanted))
    .sort((a, b) => Math.abs(a.name.length - wanted.length) - Math.abs(b.name.length - wanted.length));
  return near[0]?.location ?? mapping.file.locate([direction]);
}

function isWithinField(field: string, ancestor: string): boolean {
  return field === ancestor || ancestor === '' || field.startsWith(`${ancestor}/`);
}

/**
 * Smallest fields of the source that are not both read on the way there and written on the way back. An expression that
 * reads an object as a whole reads what is in it, unless another one reads parts of it.
 */
function unmappedFields({ mapping, direction, fields, side }: Direct): string[] {
  const plain = (path: readonly string[]) => path.filter(name => name !== ITEMS).join('/');
  const named = (of: Direction, role: MappingField['role']) => [
    ...new Set(fields.filter(each => each.direction === of && each.role === role).map(({ path }) => plain(path))),
  ];
  const covering = (names: readonly string[]) => {
    const whole = names.filter(name => !names.some(other => other !== name && isWithinField(other, name)));
    return (field: string) => whole.some(name => isWithinField(field, name));
  };
  const isRead = covering(named(direction, 'reads'));
  const isWritten = covering(named(OPPOSITE[direction], 'writes'));
  const lost = lostFields(mapping.value)[direction];
  const names = [...side.table.fields.keys()];
  return names.filter(name => {
    const isLeaf = name !== '' && !names.some(other => other.startsWith(`${name}/`));
    if (!isLeaf || lost.some(ancestor => isWithinField(name, ancestor))) return false;
    const field = plain(name.split('/'));
    return !isRead(field) || !isWritten(field);
  });
}
