/** Whether a file says what its name says: that it was not renamed, and its content is no other file's. */
import type { Layout } from '../model/index.ts';
import type { Cell } from './controls.ts';
import { shown } from './faults.ts';
import { saysTheSame, tokensIn } from './file-name.ts';
import { type FieldPlan, fieldAt, type Plan, type RecordPlan } from './plan.ts';

export interface NameFault {
  readonly field: FieldPlan;
  readonly message: string;
}

type Token = NonNullable<Layout['delivery']['fileName']['tokens']>[string];

interface Named {
  readonly name: string;
  readonly token: Token;
  readonly text: string;
  readonly field: FieldPlan;
}

/** For each record of the file, in their order. A field that goes on saying something else is reported once. */
export function nameCheck(
  { layout, records }: Plan,
  fileName: string | undefined,
): (record: RecordPlan, cells: readonly Cell[]) => readonly NameFault[] {
  const naming = layout.delivery.fileName;
  const said = fileName === undefined ? undefined : tokensIn(naming, fileName);
  const byRecord = new Map<RecordPlan, Named[]>();
  for (const [name, token] of Object.entries(naming.tokens ?? {})) {
    const text = said?.get(name);
    const found = fieldAt(records, token.field);
    if (text === undefined || !found) continue;
    byRecord.set(found.record, [...(byRecord.get(found.record) ?? []), { name, token, text, field: found.field }]);
  }
  const reported = new Set<Named>();
  return (record, cells) => {
    const named = byRecord.get(record);
    if (!named) return NONE;
    const differing = named.filter(one => {
      const { value } = cells[one.field.index]!;
      return value !== undefined && !reported.has(one) && !saysTheSame(one.token, one.text, String(value));
    });
    for (const one of differing) reported.add(one);
    return differing.map(({ field, name, text }) => ({
      field,
      message: `found ${shown(cells[field.index]!.text, field.isMasked)}, but the name of the file says "${text}" for {${name}}`,
    }));
  };
}

const NONE: readonly NameFault[] = [];
