/** Conditions between the fields of a record: those of X12.6, and what depends on a value. */
import type { Cell } from './controls.ts';
import { shown } from './faults.ts';
import type { ConditionPlan, FieldPlan } from './plan.ts';

/** The field that breaks a condition and the rest of a sentence about it; undefined where it is kept or cannot be judged. */
export function brokenBy(condition: ConditionPlan, cells: readonly Cell[]): BrokenCondition | undefined {
  const { fields, when } = condition;
  // Most records keep most conditions: nothing is made before one is broken.
  for (const { field, values } of when) if (!values.has(cells[field.index]!.text)) return undefined;
  let given = 0;
  for (const { index } of fields) {
    if (cells[index]!.isFaulty) return undefined;
    if (cells[index]!.text !== '') given += 1;
  }
  const isFirstGiven = cells[fields[0]!.index]!.text !== '';
  return isKept(condition, given, isFirstGiven) ? undefined : describe(condition, cells);
}

export interface BrokenCondition {
  readonly field: FieldPlan;
  readonly message: string;
}

function isKept({ kind, fields }: ConditionPlan, given: number, isFirstGiven: boolean): boolean {
  switch (kind) {
    case 'paired':
      return given === 0 || given === fields.length;
    case 'any':
      return given > 0;
    case 'exclusive':
      return given <= 1;
    case 'conditional':
      return !isFirstGiven || given === fields.length;
    case 'list':
      return !isFirstGiven || given > 1;
    case 'required':
      return given === fields.length;
    case 'absent':
      return given === 0;
  }
}

function describe({ kind, fields, when }: ConditionPlan, cells: readonly Cell[]): BrokenCondition {
  const present = fields.filter(({ index }) => cells[index]!.text !== '');
  const absent = fields.filter(plan => !present.includes(plan));
  const [first] = fields as readonly [FieldPlan, ...FieldPlan[]];
  const where = when.map(plan => `${nameOf(plan.field)} is ${shownIn(cells, plan.field)}`).join(' and ');
  const because = where === '' ? '' : `${where}, so `;
  switch (kind) {
    case 'paired':
      return { field: absent[0]!, message: `${because}${named(present)} is given, so ${named(absent)} must be, too` };
    case 'any':
      return { field: first, message: `${because}one of ${named(fields)} must be given` };
    case 'exclusive':
      return { field: present[1]!, message: `${because}only one of ${named(fields)} may be given` };
    case 'conditional':
      return { field: absent[0]!, message: `${because}${named([first])} is given, so ${named(absent)} must be, too` };
    case 'list':
      return { field: first, message: `${because}it is given, so one of ${named(absent)} must be, too` };
    case 'required':
      return { field: absent[0]!, message: `${because}${named(absent)} must be given` };
    case 'absent':
      return { field: present[0]!, message: `${because}${named(present)} must be empty` };
  }
}

function named(fields: readonly FieldPlan[]): string {
  return fields.map(nameOf).join(', ');
}

function shownIn(cells: readonly Cell[], plan: FieldPlan): string {
  return shown(cells[plan.index]!.text, plan.isMasked);
}

function nameOf({ field }: FieldPlan): string {
  return field.element ?? field.name;
}
