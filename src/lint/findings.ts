/** What rules have seen in the documents of an estate, as findings in its files. */
import { deref, down, refOf, rootOf, stableSegments, subjectAt } from '../load/index.ts';
import { type Contract, type Cursor, type Estate, type Finding, finding, type Path } from '../model/index.ts';
import type { Sighting } from './work.ts';

/** `owners` are the contracts of the estate by the paths of their files. */
export function findingOf(
  estate: Estate,
  owners: ReadonlyMap<string, Contract>,
  contract: Contract,
  { rule, severity, message, path, isResolved, facts }: Sighting,
): Finding {
  const { file, path: at } = isResolved ? placeOf(estate, contract, path) : { file: contract.file, path };
  const owner = owners.get(file.path);
  const subject = owner
    ? subjectAt(owner, at, estate.files)
    : { id: `source:${file.path.replace(/[^A-Za-z0-9_./-]/g, '_')}`, rest: stableSegments(file.value ?? null, at) };
  return finding(
    { id: rule, severity },
    { subject: subject.id, message, location: file.locate(at), facts: { at: [...subject.rest], ...facts } },
  );
}

/**
 * Where a path in the resolved document stands in the files. A reference at the very end is followed inside its own file
 * only: a fault of a shared response is reported at that response, but choosing a thing from another file was done here.
 */
function placeOf(estate: Estate, contract: Contract, path: Path): Cursor {
  const cursor = trace(estate, contract, path);
  const target = refOf(cursor) === undefined ? undefined : deref(estate.files, cursor);
  return target?.file === cursor.file ? target : cursor;
}

/** As far as the path leads. */
function trace(estate: Estate, contract: Contract, path: Path): Cursor {
  let cursor: Cursor = rootOf(contract.file)!;
  for (const step of path) {
    const next = down(cursor, step) ?? down(deref(estate.files, cursor), step);
    if (!next) return cursor;
    cursor = next;
  }
  return cursor;
}
