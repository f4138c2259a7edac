/** What must agree within a group of records: counted up while they pass, judged when the group ends. */
import type { Json } from '../model/index.ts';
import { counted, type Place, shown } from './faults.ts';
import type { ControlPlan, FieldPlan, RecordPlan, TermPlan } from './plan.ts';
import rule from './rules.ts';
import { type Seen, seenKeys } from './seen.ts';

/** A field of one record as it was read or is to be written. */
export interface Cell {
  /** Without padding; empty where nothing stands there. */
  readonly text: string;
  /** Undefined where there is none, or none that could be read. */
  readonly value: Json | undefined;
  /** Whether something stands there that could not be read. */
  readonly isFaulty: boolean;
}

/** A record as the controls see it. */
export interface Passing {
  readonly record: RecordPlan;
  readonly number: number;
  readonly cells: readonly Cell[];
  readonly placeOf: (field: FieldPlan) => Place;
}

export interface ControlFault {
  readonly rule: (typeof rule)[keyof typeof rule];
  readonly place: Place;
  readonly number: number;
  readonly record: RecordPlan;
  readonly field: FieldPlan;
  readonly message: string;
}

/** One control within one occurrence of its group. */
export interface Tally {
  /** A record that belongs to no kind, or has no place, still counts as a record. */
  readonly passUnknown: () => void;
  readonly pass: (passing: Passing) => readonly ControlFault[];
  readonly end: () => Iterable<ControlFault>;
}

const NONE: readonly ControlFault[] = [];
const NO_TERMS: readonly TermPlan[] = [];

export function tallyOf(plan: ControlPlan): Tally {
  switch (plan.control.kind) {
    case 'count':
      return countTally(plan);
    case 'sum':
    case 'hash':
      return sumTally(plan);
    case 'equal':
      return equalTally(plan);
    case 'sequence':
      return sequenceTally(plan);
    case 'unique':
      return uniqueTally(plan);
  }
}

interface Stated {
  readonly passing: Passing;
  readonly cell: Cell;
}

function statedIn({ holder, field }: ControlPlan, passing: Passing): Stated | undefined {
  if (passing.record !== holder || !field) return undefined;
  const cell = passing.cells[field.index]!;
  // What is missing or unreadable has its own fault, unless it may be missing.
  return cell.value === undefined ? undefined : { passing, cell };
}

function faultAt(
  plan: ControlPlan,
  which: ControlFault['rule'],
  { number, placeOf, record }: Passing,
  message: string,
): ControlFault {
  const field = plan.field!;
  const why = plan.control.description === undefined ? '' : ` (${plan.control.description.replace(/\.$/, '')})`;
  return { rule: which, place: placeOf(field), number, record, field, message: message + why };
}

function countTally(plan: ControlPlan): Tally {
  let count = 0;
  let unknown = 0;
  let stated: Stated | undefined;
  return {
    passUnknown() {
      if (plan.counts) unknown += 1;
      else count += 1;
    },
    pass(passing) {
      if (!plan.counts || plan.counts.has(passing.record)) count += 1;
      stated = statedIn(plan, passing) ?? stated;
      return NONE;
    },
    *end() {
      if (!stated) return;
      const missing = Number(stated.cell.value) - count;
      // A record of no known kind has its own fault, and may be one of those that are counted.
      if (missing >= 0 && missing <= unknown) return;
      const noun = plan.counts ? `of ${[...plan.counts].map(({ name }) => name).join(' and ')}` : 'in all';
      yield faultAt(
        plan,
        rule.controlCount,
        stated.passing,
        `says ${counted(Number(stated.cell.value), 'record')} ${noun}, but there ${count === 1 ? 'is' : 'are'} ${count}`,
      );
    },
  };
}

function sumTally(plan: ControlPlan): Tally {
  const isHash = plan.control.kind === 'hash';
  let sum = 0n;
  let parts = 0;
  let isSpoiled = false;
  let stated: Stated | undefined;
  return {
    passUnknown() {
      isSpoiled = true;
    },
    pass(passing) {
      for (const term of plan.terms.get(passing.record) ?? NO_TERMS) {
        const added = isHash ? digitsOf(passing.cells[term.field.index]!) : termOf(term, passing.cells, plan.scale);
        if (added === undefined) isSpoiled = true;
        else if (added !== 0n) {
          sum += added;
          parts += 1;
        }
      }
      stated = statedIn(plan, passing) ?? stated;
      return NONE;
    },
    *end() {
      // Where a part could not be read the sum is not known, and the part has its own fault.
      if (!stated || isSpoiled) return;
      const field = plan.field!;
      const expected = isHash ? cutHash(sum, field) : sum;
      const found = isHash ? digitsOf(stated.cell)! : scaled(stated.cell.value, plan.scale);
      // A total of fewer decimals is the sum rounded half away from zero.
      const unit = 10n ** BigInt(plan.scale - (isHash ? plan.scale : (field.field.decimals ?? 0)));
      if (found === (isHash ? expected : rounded(expected, unit))) return;
      const text = isHash
        ? String(expected)
        : decimalText(rounded(expected, unit), plan.scale, field.field.decimals ?? 0);
      const is = isHash ? 'the digits add up to' : 'the sum is';
      // The sum of a single value is that value.
      const isSingle = parts < 2 && [...plan.terms.values()].flat().some(term => term.field.isMasked);
      const isMasked = field.isMasked || isSingle;
      yield faultAt(
        plan,
        isHash ? rule.controlHash : rule.controlSum,
        stated.passing,
        `says ${shown(String(stated.cell.value), isMasked)}, but ${is} ${shown(text, isMasked)}`,
      );
    },
  };
}

/** What came before the other field is kept until it is known; it is as much as a header repeats. */
const MAX_PENDING = 1000;

function equalTally(plan: ControlPlan): Tally {
  const pending: Stated[] = [];
  let other: Cell | undefined;
  const compare = ({ passing, cell }: Stated, with_: Cell): readonly ControlFault[] => {
    if (String(cell.value) === String(with_.value ?? '')) return NONE;
    const isMasked = plan.field!.isMasked || plan.other!.field.isMasked;
    const message = `says ${shown(cell.text, isMasked)}, but ${plan.control.to} says ${shown(with_.text, isMasked)}`;
    return [faultAt(plan, rule.controlNumber, passing, message)];
  };
  return {
    passUnknown: () => undefined,
    pass(passing) {
      if (passing.record === plan.other?.record) {
        const cell = passing.cells[plan.other.field.index]!;
        other = cell.isFaulty ? undefined : cell;
      }
      const stated = statedIn(plan, passing);
      if (stated && other) return compare(stated, other);
      if (stated && pending.length < MAX_PENDING) pending.push(stated);
      return NONE;
    },
    *end() {
      if (other) for (const stated of pending) yield* compare(stated, other);
    },
  };
}

function sequenceTally(plan: ControlPlan): Tally {
  const step = plan.control.step ?? 1;
  let expected = plan.control.start ?? 1;
  return {
    passUnknown: () => undefined,
    pass(passing) {
      const field = plan.counters.get(passing.record);
      if (!field) return NONE;
      const value = Number(passing.cells[field.index]!.value);
      if (!Number.isInteger(value)) {
        expected += step;
        return NONE;
      }
      const wanted = expected;
      expected = value + step;
      if (value === wanted) return NONE;
      const message = `found ${shown(String(value), field.isMasked)}, expected ${wanted}`;
      return [{ ...faultAt(plan, rule.sequence, passing, message), field, place: passing.placeOf(field) }];
    },
    end: () => NONE,
  };
}

function uniqueTally(plan: ControlPlan): Tally {
  let keys: Seen | undefined;
  let isFull = false;
  return {
    passUnknown: () => undefined,
    pass(passing) {
      if (passing.record !== plan.holder || isFull) return NONE;
      let key = '';
      for (const { index } of plan.keys) {
        const { value } = passing.cells[index]!;
        if (value === undefined) return NONE;
        key += `${value}\u0000`;
      }
      keys ??= seenKeys();
      const first = keys.add(key, passing.number);
      if (first === 0) return NONE;
      if (first === undefined) {
        isFull = true;
        const message = 'there are too many different values to find more duplicates';
        return [faultAt(plan, rule.notDecided, passing, message)];
      }
      const values = plan.keys.map(one => shown(passing.cells[one.index]!.text, one.isMasked)).join(', ');
      return [faultAt(plan, rule.duplicate, passing, `${values} is there already, in record ${first}`)];
    },
    end: () => NONE,
  };
}

/** What a control’s field should hold, so that writing can fill it in; undefined where that is not known. */
export function expectedBy(plan: ControlPlan, passing: Iterable<Passing>): Json | undefined {
  const records = [...passing];
  switch (plan.control.kind) {
    case 'count':
      return records.filter(({ record }) => !plan.counts || plan.counts.has(record)).length;
    case 'sum':
    case 'hash': {
      let sum = 0n;
      for (const { record, cells } of records) {
        for (const term of plan.terms.get(record) ?? []) {
          const isHash = plan.control.kind === 'hash';
          sum += (isHash ? digitsOf(cells[term.field.index]!) : termOf(term, cells, plan.scale)) ?? 0n;
        }
      }
      const { field } = plan.field!;
      if (plan.control.kind === 'hash') return asValue(plan.field!, String(cutHash(sum, plan.field!)));
      const decimals = field.decimals ?? 0;
      const unit = 10n ** BigInt(plan.scale - decimals);
      return asValue(plan.field!, decimalText(rounded(sum, unit), plan.scale, decimals));
    }
    case 'equal':
      return records.find(({ record }) => record === plan.other?.record)?.cells[plan.other!.field.index]?.value;
    default:
      return undefined;
  }
}

function asValue({ field }: FieldPlan, text: string): Json {
  return field.type === 'integer' ? Number(text) : text;
}

/** Undefined where a part of it cannot be read; an empty part is nothing. */
function termOf(
  { field, times, isSubtracted, when }: TermPlan,
  cells: readonly Cell[],
  scale: number,
): bigint | undefined {
  for (const condition of when) if (cells[condition.field.index]!.text !== condition.value) return 0n;
  const own = cells[field.index]!;
  const factor = times && cells[times.index]!;
  if (own.isFaulty || factor?.isFaulty) return undefined;
  if (own.value === undefined || (factor && factor.value === undefined)) return 0n;
  const places = field.field.decimals ?? 0;
  const value = times
    ? scaled(own.value, places) *
      scaled(factor!.value, times.field.decimals ?? 0) *
      10n ** BigInt(scale - places - (times.field.decimals ?? 0))
    : scaled(own.value, scale);
  return isSubtracted ? -value : value;
}

/** `86.5` at four decimals → 865000n. */
function scaled(value: Json | undefined, scale: number): bigint {
  const text = String(value);
  const point = text.indexOf('.');
  if (point < 0) return BigInt(text + '0'.repeat(scale));
  return BigInt(text.slice(0, point) + text.slice(point + 1, point + 1 + scale).padEnd(scale, '0'));
}

function rounded(value: bigint, unit: bigint): bigint {
  if (unit === 1n) return value;
  const half = unit / 2n;
  const magnitude = value < 0n ? -value : value;
  const result = ((magnitude + half) / unit) * unit;
  return value < 0n ? -result : result;
}

function decimalText(value: bigint, scale: number, decimals: number): string {
  const magnitude = (value < 0n ? -value : value).toString().padStart(scale + 1, '0');
  const cut = scale === 0 ? magnitude : `${magnitude.slice(0, -scale)}.${magnitude.slice(-scale)}`;
  const text = decimals === 0 ? cut.split('.')[0]! : cut.slice(0, cut.length - (scale - decimals));
  return value < 0n ? `-${text}` : text;
}

/** As X12 element 347 has it: digits alone, without regard to decimal point and sign. */
function digitsOf({ text, isFaulty }: Cell): bigint | undefined {
  if (isFaulty) return undefined;
  const digits = text.replace(/\D/g, '');
  return digits === '' ? 0n : BigInt(digits);
}

/** The leftmost digits are cut off where the field is too short for them. */
function cutHash(sum: bigint, { codec }: FieldPlan): bigint {
  return sum % 10n ** BigInt(codec.most);
}
