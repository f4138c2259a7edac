/**
 * Discriminators as schemas. JSON Schema does not know them, and read without them a list of open alternatives overlaps,
 * a schema that its own alternatives extend is about nothing but itself, and a schema that others extend seems to know
 * nothing of them. (OpenAPI 3.1, Discriminator Object; 3.0 says the same.)
 */
import { deref, down, elements, isObjectCursor, members, nodeKey, resolveRef, rootOf } from '../../load/index.ts';
import {
  asString,
  type Cursor,
  type Estate,
  entries,
  formatPointer,
  get,
  type Json,
  type JsonObject,
  type SourceFile,
} from '../../model/index.ts';

/** Schema objects that mean more than they say, each with a schema that says it. */
export type Polymorphism = ReadonlyMap<JsonObject, JsonObject>;

interface Alternative {
  readonly schema: Json;
  /** Values of the property that stand for it; none where it cannot be told. */
  readonly tags: readonly Json[];
}

type Mapping = readonly (readonly [tag: string, target: string])[];

/** Of the components in the file of an OpenAPI document. */
export function polymorphismOf({ files }: Pick<Estate, 'files'>, file: SourceFile): Polymorphism {
  const schemas = members(down(rootOf(file), 'components', 'schemas')).map(([, schema]) => schema);
  const roots = schemas.filter(isObjectCursor).filter(({ value }) => propertyOf(value) !== undefined);
  const meant = new Map<JsonObject, JsonObject>();
  const extended = (schema: Cursor): Cursor[] =>
    elements(down(schema, 'allOf')).flatMap(part => deref(files, part) ?? []);
  const extendsRoot = (schema: Cursor, root: Cursor, depth = 0): boolean =>
    depth < DEEPEST &&
    extended(schema).some(part => nodeKey(part) === nodeKey(root) || extendsRoot(part, root, depth + 1));

  for (const root of roots) meant.set(root.value, withAlternatives(root));
  for (const schema of schemas.filter(isObjectCursor)) {
    const isExtending = !meant.has(schema.value) && roots.some(root => extendsRoot(schema, root));
    if (isExtending) meant.set(schema.value, withoutAlternatives(schema));
  }
  return meant;

  /** The alternatives that it lists, or else the schemas that extend it, each known by its values of the property. */
  function withAlternatives(root: Cursor<JsonObject>): JsonObject {
    const property = propertyOf(root.value)!;
    const mapping = entries(get(root.value['discriminator'], 'mapping')).flatMap(([tag, target]) =>
      typeof target === 'string' ? [[tag, target] as const] : [],
    );
    const plain = withoutAlternatives(root);
    const keyword = ['oneOf', 'anyOf'].find(name => Array.isArray(root.value[name]));
    if (keyword !== undefined) {
      const listed = elements(down(root, keyword));
      return { ...plain, [keyword]: listed.map(one => tagged(one.value, property, tagsOf(one, property, mapping))) };
    }
    const children = schemas
      .filter(schema => extendsRoot(schema, root))
      .map((child): Alternative => {
        const $ref = `#${formatPointer(child.path)}`;
        return { schema: { $ref }, tags: tagsOf(child, property, mapping) };
      });
    if (children.length === 0) return plain;
    const others = { properties: { [property]: { not: { enum: children.flatMap(({ tags }) => tags) } } } };
    return { allOf: [plain], anyOf: [...children.map(({ schema, tags }) => tagged(schema, property, tags)), others] };
  }

  /** What the alternative itself says the property is, or the names that lead to it, or its own name. */
  function tagsOf(child: Cursor, property: string, mapping: Mapping): Json[] {
    const target = deref(files, child);
    if (!target) return [];
    const stated = statedValues(target, property);
    if (stated.length > 0) return stated;
    const name = target.path.at(-1);
    const mapped = mapping.filter(([, ref]) => {
      const resolved = resolveRef(files, target.file, ref);
      return ('target' in resolved && nodeKey(resolved.target) === nodeKey(target)) || ref === name;
    });
    if (mapped.length > 0) return mapped.map(([tag]) => tag);
    return typeof name === 'string' && target.path.at(-2) === 'schemas' ? [name] : [];
  }

  function statedValues(schema: Cursor, property: string, depth = 0): Json[] {
    if (depth > DEEPEST) return [];
    const stated = deref(files, down(schema, 'properties', property));
    const listed = get(stated?.value, 'enum');
    const constant = get(stated?.value, 'const');
    if (constant !== undefined) return [constant];
    // A list that a root states for all of its family tells none of them apart.
    if (Array.isArray(listed) && !roots.some(root => nodeKey(root) === nodeKey(schema))) return listed;
    return extended(schema).flatMap(part => statedValues(part, property, depth + 1));
  }

  /** Without what it says of its alternatives, and the same of what it extends: that is written out. */
  function withoutAlternatives(schema: Cursor<JsonObject>, depth = 0): JsonObject {
    const { oneOf, anyOf, discriminator, ...own } = schema.value;
    const plain = discriminator === undefined ? schema.value : own;
    const parts = elements(down(schema, 'allOf'));
    if (parts.length === 0) return plain;
    const allOf = parts.map(part => {
      const target = deref(files, part);
      if (!isObjectCursor(target) || target.file !== file || depth > DEEPEST) return part.value;
      const isFamily = roots.some(root => nodeKey(target) === nodeKey(root) || extendsRoot(target, root));
      return isFamily ? withoutAlternatives(target, depth + 1) : part.value;
    });
    return { ...plain, allOf };
  }
}

function tagged(schema: Json, property: string, tags: readonly Json[]): Json {
  if (tags.length === 0) return schema;
  const tag = { type: 'object', required: [property], properties: { [property]: { enum: [...tags] } } };
  return { allOf: [schema, tag] };
}

const DEEPEST = 16;

const propertyOf = (schema: JsonObject) => asString(get(schema['discriminator'], 'propertyName'));
