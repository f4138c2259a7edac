/** The quick look at values by the schemas of an estate, as the validator beside it has ajv see them. */
import type { Cursor, Estate, SourceFile } from '../../model/estate.ts';
import { IDENTIFIER_FORMATS } from '../../model/index.ts';
import { isObject, type Json, type Path } from '../../model/json.ts';
import { boundedRegExp } from '../bounded-regexp.ts';
import { resolveRef } from '../refs.ts';
import { NAMES } from '../schema-maps.ts';
import { quickValidator } from './evaluator.ts';
import { formatsWith } from './formats.ts';

const formatOf = formatsWith(IDENTIFIER_FORMATS);

/** Of draft 4 no more is followed than what OpenAPI 3.0 takes from it (§4.7.24). */
export const NOT_IN_DRAFT_04 = new Set(
  'const if contains propertyNames prefixItems dependentRequired dependentSchemas unevaluatedProperties'.split(' '),
);

/** Whether a value is surely valid by the schema at the cursor. */
export function quickLook(files: Estate['files'], isOpenApi30: boolean): (schema: Cursor, value: Json) => boolean {
  const validator = quickValidator<SourceFile>({
    resolve(ref, base) {
      const resolution = resolveRef(files, base, ref);
      if (ref.includes('%') || !('target' in resolution)) return undefined;
      const { file, path, value } = resolution.target;
      return isPlain(file, path) ? { schema: value, base: file } : undefined;
    },
    ...(isOpenApi30 ? { inDoubt: NOT_IN_DRAFT_04 } : {}),
    hasExclusiveFlags: isOpenApi30,
    formatOf,
    patternOf: pattern => boundedRegExp(pattern, 'u'),
  });
  return ({ file, path, value: schema }, value) =>
    isPlain(file, path) && validator.isSurelyValid({ schema, base: file }, value);
}

/** Ajv reads no schemas in what the validator leaves out as data, and neither in a file that it refuses. */
function isPlain(file: SourceFile, path: Path): boolean {
  const isInData = path.some(step => /^(?:x-.*|examples?|\$?id|.*%.*)$/s.test(String(step)));
  const known = plain.get(file) ?? !hasAnchors(file.value ?? null);
  plain.set(file, known);
  return known && !isInData;
}

const plain = new WeakMap<SourceFile, boolean>();

/** Anchors that ajv refuses, and ids where it may see one. */
function hasAnchors(root: Json): boolean {
  const seen = new Set<object>();
  const walk = (value: Json, name: string): boolean => {
    if (typeof value !== 'object' || value === null || seen.has(value)) return false;
    seen.add(value);
    return Object.entries(value).some(([key, child]) => {
      if (key === '$anchor' || key === '$dynamicAnchor' || key === '$recursiveAnchor') return true;
      if (isObject(value) && (key === 'id' || key === '$id') && typeof child === 'string' && NAMES.has(name))
        return true;
      return walk(child, key);
    });
  };
  return walk(root, '');
}
