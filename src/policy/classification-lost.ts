import { homeOf, type MappingField, mappingFields, schemaBehind } from '../graph/index.ts';
import { deref, down, rootOf } from '../load/index.ts';
import {
  asString,
  CLASSIFICATIONS,
  type Classification,
  type Cursor,
  type Direction,
  type Entry,
  type Estate,
  getIn,
  groupBy,
  type Location,
  type Mapping,
  parsePointer,
} from '../model/index.ts';
import { classificationAt } from './classification.ts';
import { copiedPaths } from './copied-paths.ts';
import { definePolicy, type Fault } from './policy.ts';

export default definePolicy({
  rule: {
    id: 'policy/classification-lost',
    severity: 'error',
    title: 'A mapping copies sensitive data into a field that is not marked',
    policies: ['D6.10'],
    why: 'Masking follows the classification. A tax number that is restricted in the canonical model and plain in the ERP’s contract is masked on one side of the adapter and logged on the other.',
    fix: 'Classify the field that is written as strongly as the one it is copied from; in a file layout with `classification`, elsewhere with `x-classification`.',
  },
  *check({ estate }) {
    for (const mapping of estate.mappings) {
      const schemas = {
        canonical: schemaOf(estate, mapping, 'canonical'),
        vendor: schemaOf(estate, mapping, 'vendor'),
      };
      if (!schemas.canonical || !schemas.vendor) continue;
      yield* lossesOf(estate, mapping, 'toVendor', schemas.canonical, schemas.vendor);
      yield* lossesOf(estate, mapping, 'toCanonical', schemas.vendor, schemas.canonical);
    }
  },
});

function schemaOf(estate: Estate, { file }: Entry<Mapping>, side: 'canonical' | 'vendor'): Cursor | undefined {
  return schemaBehind(estate, deref(estate.files, down(rootOf(file), side)));
}

/** What one expression writes, with what it reads. */
function* lossesOf(
  estate: Estate,
  mapping: Entry<Mapping>,
  direction: Direction,
  source: Cursor,
  target: Cursor,
): Iterable<Fault> {
  const fields = mappingFields(mapping).fields.filter(field => field.direction === direction);
  for (const [, group] of groupBy(fields, ({ location }) => keyOf(location))) {
    const written = group.find(({ role }) => role === 'writes');
    if (!written) continue;
    const kept = classificationAt(homeOf(estate, target), target, written.path);
    const lost = group
      .filter(({ role }) => role === 'reads')
      .map(read => ({ read, is: classificationAt(homeOf(estate, source), source, read.path) }))
      .find(({ read, is }) => isSensitive(is) && rank(kept) < rank(is) && isCopied(mapping, read));
    if (!lost) continue;
    const [from, to] = [lost.read.path.join('/'), written.path.join('/')];
    yield {
      subject: mapping.id,
      message: `${direction} copies ${from}, which is ${lost.is}, into ${to}, which is ${kept ?? 'not classified'}`,
      facts: { direction, from, to },
      location: written.location,
    };
  }
}

function keyOf({ line, column, pointer }: Location): string {
  return pointer ?? `${line}:${column}`;
}

function rank(classification: Classification | undefined): number {
  return classification === undefined ? -1 : CLASSIFICATIONS.indexOf(classification);
}

function isSensitive(classification: Classification | undefined): boolean {
  return classification === 'confidential' || classification === 'restricted';
}

/** Whether the value that is read, and not only a decision about it, ends up in what is written. */
function isCopied({ file }: Entry<Mapping>, { path, location }: MappingField): boolean {
  const at = parsePointer(location.pointer ?? '') ?? [];
  return copiedPaths(asString(getIn(file.value, at))).some(copied => path.join('/').endsWith(copied.join('/')));
}
