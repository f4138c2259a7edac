/** Addresses of files for the algebra, and where its pointers lead in them. */
import { down, rootOf } from '../../load/index.ts';
import { type Cursor, type Estate, isObject, type Path, parsePointer, type SourceFile } from '../../model/index.ts';

const ESTATE = 'estate:///';

export function addressOf({ path }: SourceFile): string {
  return ESTATE + encodeURI(path);
}

export function fileOf({ files }: Estate, address: string): SourceFile | undefined {
  return files.get(decodeURI(address.slice(ESTATE.length)));
}

/** The schema object that a pointer of the algebra leads to; none where it is `true`, which describes nothing. */
export function schemaAt(estate: Estate, main: SourceFile, pointer: string): Cursor[] {
  const { file, path } = fileAt(estate, main, pointer);
  const found = file && down(rootOf(file), ...path);
  return found && isObject(found.value) ? [found] : [];
}

/** The schema object around the keyword that a pointer of the algebra leads to; or the deepest on the way that is written. */
export function keywordAt(
  estate: Estate,
  main: SourceFile,
  pointer: string,
): { cursor: Cursor; keyword: string } | undefined {
  const { file, path } = fileAt(estate, main, pointer);
  const root = file && rootOf(file);
  if (!root) return undefined;
  // An entry of a list: of `required`, say.
  const isEntry = Array.isArray(down(root, ...path.slice(0, -1))?.value) && !isObject(down(root, ...path)?.value);
  const whole = isEntry ? path.slice(0, -1) : path;
  const holder = down(root, ...whole.slice(0, -1));
  if (whole.length === 0 || isSchemaStep(whole)) return { cursor: down(root, ...whole) ?? root, keyword: '' };
  if (holder && isObject(holder.value)) return { cursor: holder, keyword: String(whole.at(-1)) };
  const depth = whole.findIndex((_, index) => down(root, ...whole.slice(0, index + 1)) === undefined);
  return { cursor: down(root, ...whole.slice(0, depth)) ?? root, keyword: '' };
}

/** Whether the last step of a pointer leads to a schema, and not to what a keyword says. */
function isSchemaStep(path: Path): boolean {
  const [before, last] = path.slice(-2).map(String);
  if (last === 'schema' || last === 'payload' || last === 'headers') return true;
  return path.length > 1 && (MAPS.has(before!) || (LISTS.has(before!) && /^\d+$/.test(last!)));
}

const MAPS = new Set(['properties', 'patternProperties', '$defs', 'definitions', 'schemas', 'dependentSchemas']);
const LISTS = new Set(['allOf', 'anyOf', 'oneOf', 'prefixItems', 'items']);

/** A pointer of the algebra: into the document that was asked about, or `address#pointer` into another. */
function fileAt(estate: Estate, main: SourceFile, pointer: string): { file: SourceFile | undefined; path: string[] } {
  // The name of a callback may hold a `#` of its own.
  const hash = pointer.startsWith(ESTATE) ? pointer.indexOf('#') : -1;
  const file = hash < 0 ? main : fileOf(estate, pointer.slice(0, hash));
  return { file, path: parsePointer(pointer.slice(hash + 1)) ?? [] };
}
