/** Which kind of record a raw one is. */
import { unpadded } from './padding.ts';
import type { Plan, RecordPlan } from './plan.ts';
import type { RawRecord } from './scan.ts';

/** The kinds of record that a raw one may be, the most particular first. */
export function recogniserOf({ layout, records }: Plan): (raw: RawRecord) => readonly RecordPlan[] {
  const all = [...records.values()].sort((a, b) => b.match.length - a.match.length);
  const matches = (raw: RawRecord, record: RecordPlan) =>
    record.match.every(({ field, values }) => values.has(unpadded(layout, field.field, raw.textAt(field) ?? '')));
  if (layout.format !== 'x12') {
    const [only] = all;
    if (all.length === 1 && only!.match.length === 0) return () => all;
    return raw => all.filter(record => matches(raw, record));
  }
  const bySegment = new Map<string, RecordPlan[]>();
  for (const record of all) {
    const segment = record.layout.segment ?? '';
    bySegment.set(segment, [...(bySegment.get(segment) ?? []), record]);
  }
  return raw => (bySegment.get(raw.segment ?? '') ?? []).filter(record => matches(raw, record));
}

export function unknownMessage({ records }: Plan, raw: RawRecord, isMasked: boolean): string {
  const of = [...records.values()].filter(
    ({ layout }) => layout.segment !== undefined && layout.segment === raw.segment,
  );
  const label = raw.label(isMasked);
  if (of.length === 0) return `${label} is of no kind that the layout has`;
  const wanted = of.map(({ match }) =>
    match
      .map(({ field, values }) => `${field.field.element ?? field.field.name} ${[...values].join(' or ')}`)
      .join(' and '),
  );
  return `${label} is in the layout only with ${wanted.join(', or with ')}`;
}
