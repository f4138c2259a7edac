/** Every `$ref` a document holds, and what is wrong with those that lead nowhere. */
import type { Cursor, SourceFile } from '../model/estate.ts';
import { type Finding, finding } from '../model/finding.ts';
import { asString, get, isObject } from '../model/json.ts';
import { elements, members, place, rootOf } from './cursor.ts';
import { type Resolution, resolveRef } from './refs.ts';
import rule from './rules.ts';
import { referenceName, type Subject } from './subject.ts';

export interface Reference {
  readonly ref: string;
  /** The object that holds the `$ref`. */
  readonly from: Cursor;
}

/** Keywords whose values are data, in which a `$ref` is just a property. */
const DATA = new Set(['example', 'default', 'enum', 'const']);

const known = new WeakMap<SourceFile, readonly Reference[]>();

export function referencesOf(file: SourceFile): readonly Reference[] {
  const references = known.get(file) ?? readReferences(file);
  known.set(file, references);
  return references;
}

function readReferences(file: SourceFile): Reference[] {
  const found: Reference[] = [];
  const walk = (cursor: Cursor, name: string | undefined, parent: string | undefined): void => {
    if (Array.isArray(cursor.value)) {
      if (name === 'examples' && parent !== 'properties') return;
      for (const element of elements(cursor)) walk(element, undefined, name);
      return;
    }
    if (!isObject(cursor.value)) return;
    const ref = asString(get(cursor.value, '$ref'));
    if (ref !== undefined) found.push({ ref, from: cursor });
    for (const [key, member] of members(cursor)) {
      const isName = name === 'properties' || name === 'patternProperties';
      if (!isName && (DATA.has(key) || (key === 'value' && parent === 'examples'))) continue;
      walk(member, key, name);
    }
  };
  const root = rootOf(file);
  if (root) walk(root, undefined, undefined);
  return found;
}

/** `subjectOf` names the thing a place in a file belongs to. */
export function brokenReferences(
  files: ReadonlyMap<string, SourceFile>,
  file: SourceFile,
  subjectOf: (cursor: Cursor) => Subject,
): Finding[] {
  return referencesOf(file).flatMap(({ ref, from }) => {
    const resolution = resolveRef(files, file, ref);
    if ('target' in resolution) return [];
    const location = place({ ...from, path: [...from.path, '$ref'] }, 'value');
    const { id: subject, rest } = subjectOf(from);
    const input = { subject, facts: { at: rest.join('/'), ref: referenceName(ref, file, files) }, location };
    return resolution.failure === 'remote' || resolution.failure === 'outside'
      ? [finding(rule.remoteRef, { ...input, message: `"${ref}" leads out of the estate and is not read` })]
      : [finding(rule.unresolvedRef, { ...input, message: `"${ref}" cannot be resolved: ${reasonOf(resolution)}` })];
  });
}

function reasonOf(resolution: Exclude<Resolution, { target: Cursor }>): string {
  switch (resolution.failure) {
    case 'no-file':
      return `there is no file ${resolution.detail}`;
    case 'not-parsed':
      return `${resolution.detail} could not be parsed`;
    default:
      return `there is nothing at ${resolution.detail}`;
  }
}
