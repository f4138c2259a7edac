/**
 * A mapping may have a file layout as its other side: `$ref: …/layout.yaml#/structure/invoice` means the schema of the
 * data of that node, which is derived from the layout and written nowhere.
 */
import { documentSchema, fieldOfData } from '../layout/index.ts';
import { subjectIdAt } from '../load/index.ts';
import {
  type Contract,
  type Cursor,
  contractOf,
  type Estate,
  extend,
  type Json,
  type Layout,
  type SourceFile,
} from '../model/index.ts';

type Files = Pick<Estate, 'files'>;

/** The files in which a derived schema lies: itself. Kept, because validators are compiled once for a set of files. */
const homes = new WeakMap<SourceFile, Files>();
const derived = new WeakMap<Layout, Map<string, Cursor>>();

/** What a reference of a mapping leads to, as a schema; undefined where a layout has no such node. */
export function schemaBehind(estate: Estate, target: Cursor | undefined): Cursor | undefined {
  const isLayout = target && estate.contracts.some(({ file, kind }) => file === target.file && kind === 'file');
  if (!isLayout) return target;
  const layout = estate.layouts.find(({ file }) => file === target.file);
  // A layout that is not valid has its own findings, and no schema.
  if (!layout) return undefined;
  const node = nodeNames(target);
  const schemas = derived.get(layout.value) ?? new Map<string, Cursor>();
  derived.set(layout.value, schemas);
  const known = schemas.get(node?.join('/') ?? '');
  if (known) return known;
  const value = node && documentSchema(layout.value, node);
  if (!value) return undefined;
  const file: SourceFile = {
    path: `${layout.file.path}.${['structure', ...node].join('.')}.schema.json`,
    text: '',
    value,
    // Whoever asks where it says so is shown the node that says so.
    locate: () => layout.file.locate(target.path),
  };
  homes.set(file, { files: new Map([[file.path, file]]) });
  const schema: Cursor = { file, path: [], value: value as Json };
  schemas.set(node.join('/'), schema);
  return schema;
}

/** The files that references of a schema resolve in. */
export function homeOf(estate: Files, schema: Cursor): Files {
  return homes.get(schema.file) ?? estate;
}

/** Id of what a path of the data means, where `target` is what the mapping refers to. */
export function dataId(estate: Estate, owner: Contract, target: Cursor, path: readonly string[]): string {
  const layout = estate.layouts.find(({ file }) => file === target.file);
  const start = subjectIdAt(owner, target.path);
  if (!layout) return extend(start, ...path);
  const found = fieldOfData(layout.value, nodeNames(target) ?? [], path);
  if (!found) return start;
  return extend(contractOf(start), found.record, ...(found.field === undefined ? [] : [found.field]));
}

/** `structure/invoice/content/lines` → `invoice`, `lines`; undefined for what is no part of the structure. */
function nodeNames({ path }: Cursor): string[] | undefined {
  const [root, ...rest] = path.map(String);
  if (root !== 'structure') return undefined;
  const isNode = rest.every((step, index) => index % 2 === 0 || step === 'content');
  return isNode ? rest.filter((_, index) => index % 2 === 0) : undefined;
}
