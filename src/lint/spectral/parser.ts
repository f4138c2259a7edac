/**
 * Spectral's YAML parser, with which it also reads JSON, made quicker. The syntax tree is that of its own parser, so
 * that errors and positions are the same by construction; only the data are read off the tree without a proxy around
 * every object. What is rare (syntax errors, aliases, merge keys) is left to Spectral's own reader.
 */
import ordered from '@stoplight/ordered-object-literal';
import { buildJsonPath, parseWithPointers, trapAccess, type YAMLNode, type YamlParserResult } from '@stoplight/yaml';
import {
  determineScalarType,
  Kind,
  load,
  parseYamlBigInteger,
  parseYamlBoolean,
  parseYamlFloat,
  ScalarType,
} from '@stoplight/yaml-ast-parser';
import { lineStarts, locationIn, rangeIn } from './positions.ts';

type Result = YamlParserResult<unknown>;
type Diagnostic = Result['diagnostics'][number];
type Scalar = Extract<YAMLNode, { kind: Kind.SCALAR }>;
type Mapping = Extract<YAMLNode, { kind: Kind.MAPPING }>;

/** Nesting deeper than this is refused: no document needs it, and every walk over one recurses. */
const MAX_DEPTH = 200;
/**
 * Nodes of a document once its aliases are expanded: one for each character of it, which is twenty times what is written,
 * but at least what takes a second or two to lint, and at most far more than the largest public API descriptions have.
 */
const NODES = { always: 500_000, never: 5_000_000 };

/** For Spectral's `new Document(text, parser, source)`. */
export const parser = { parse, getLocationForJsonPath: locationIn, trapAccess };

/** As Spectral reads it, but what is nested too deep or expands to too much is an error, and there are no data then. */
function parse(text: string): Result {
  const ast = treeOf(text);
  if (typeof ast === 'string') return refused(text, ast);
  const lineMap = lineStarts(text);
  const diagnostics: Diagnostic[] = [];
  const result = { ast: ast!, lineMap, diagnostics, metadata: METADATA, comments: {} };
  if (!ast) return { ...result, data: undefined };
  const read = ast.errors.length > 0 ? RARE : readWith(lineMap, diagnostics)(ast, 0);
  if (read === TOO_DEEP) return refused(text, `nesting exceeds ${MAX_DEPTH} levels`);
  if (read === RARE) return parseRare(text, ast);
  // Where several begin on one line they stay in the order in which they were found.
  diagnostics.sort((a, b) => a.range.start.line - b.range.start.line);
  return { ...result, data: read };
}

/** What Spectral's own parser notes: that merge keys are meant. Searching by path looks at it. */
const METADATA = { mergeKeys: true };

/** Spectral's choice. */
const AS_SPECTRAL = { ignoreDuplicateKeys: false, mergeKeys: true, preserveKeyOrder: true, attachComments: false };

/** An object that lists its keys in this order. The types are those of the package's CommonJS form. */
const inOrder = ordered as unknown as (target: object, order: string[]) => object;

/** The tree, or what is wrong with the text that even the parser gives up. */
function treeOf(text: string): YAMLNode | undefined | string {
  try {
    // Duplicate keys are reported below, with the path to them.
    return load(text, { ignoreDuplicateKeys: true }) as YAMLNode | undefined;
  } catch (error) {
    // It has recursed until there was no stack left.
    return error instanceof RangeError ? `nesting exceeds ${MAX_DEPTH} levels` : String(error);
  }
}

function parseRare(text: string, ast: YAMLNode): Result {
  const excess = expansionExcess(ast, Math.min(Math.max(text.length, NODES.always), NODES.never));
  if (excess !== undefined) return refused(text, excess);
  try {
    return parseWithPointers(text, AS_SPECTRAL);
  } catch (error) {
    return refused(text, error instanceof Error ? error.message : String(error));
  }
}

function refused(text: string, reason: string): Result {
  const start = { line: 0, character: 0 };
  const diagnostic = { code: 'YAMLException', message: reason, severity: 0, path: [], range: { start, end: start } };
  const ast = undefined as unknown as YAMLNode;
  return {
    ast,
    lineMap: lineStarts(text),
    data: undefined,
    diagnostics: [diagnostic],
    metadata: METADATA,
    comments: {},
  };
}

/** Aliases and merge keys: reading them is Spectral's. */
const RARE = Symbol('rare');
const TOO_DEEP = Symbol('too deep');

/** Reads data off the tree, and notes what Spectral says about keys. */
function readWith(lineMap: number[], diagnostics: Diagnostic[]) {
  function read(node: YAMLNode | null, depth: number): unknown {
    if (!node) return node;
    if (depth > MAX_DEPTH) return TOO_DEEP;
    switch (node.kind) {
      case Kind.SCALAR:
        return scalarValue(node);
      case Kind.MAP:
        return readMap(node.mappings, depth);
      case Kind.SEQ:
        return readSequence(node.items, depth);
      case Kind.ANCHOR_REF:
        return RARE;
      default:
        return null;
    }
  }

  function readSequence(items: readonly (YAMLNode | null)[], depth: number): unknown {
    const values: unknown[] = [];
    for (const item of items) {
      const value = read(item, depth + 1);
      if (value === RARE || value === TOO_DEEP) return value;
      values.push(value);
    }
    return values;
  }

  function readMap(mappings: readonly Mapping[], depth: number): unknown {
    const container: Record<string, unknown> = {};
    const order = new KeyOrder();
    for (const { key: node, value: valueNode } of mappings) {
      // A complex key; `__proto__` is no key for Spectral either.
      if (node.kind !== Kind.SCALAR) return RARE;
      const keyValue = scalarValue(node);
      const key = String(keyValue);
      if (key === '<<' || key === '__proto__') return RARE;
      if (typeof keyValue !== 'string') diagnostics.push(notAString(node, keyValue));
      if (Object.hasOwn(container, key)) {
        diagnostics.push(fault('YAMLException', 'duplicate key', 0, node));
        // The last one counts, where it stands.
        delete container[key];
        order.forget(key);
      }
      const value = read(valueNode, depth + 1);
      if (value === RARE || value === TOO_DEEP) return value;
      container[key] = value;
      order.note(key);
    }
    return order.isKept ? container : inOrder(container, order.keys);
  }

  function notAString(node: Scalar, value: unknown): Diagnostic {
    const type = node.valueObject === null ? 'null' : typeof value;
    return fault('YAMLIncompatibleValue', `mapping key must be a string scalar rather than ${type}`, 1, node);
  }

  function fault(code: string, message: string, severity: number, node: YAMLNode): Diagnostic {
    const range = rangeIn(lineMap, node.startPosition, node.endPosition);
    return { code, message, severity, path: buildJsonPath(node), range };
  }
  return read;
}

/** Whether an object lists its keys as they were written: JavaScript puts those that look like numbers first. */
class KeyOrder {
  readonly keys: string[] = [];
  isKept = true;
  #last = -1;

  note(key: string): void {
    this.keys.push(key);
    const number = indexOf(key);
    if (number < this.#last) this.isKept = false;
    this.#last = number;
  }

  forget(key: string): void {
    this.keys.splice(this.keys.indexOf(key), 1);
  }
}

/** Of a key that JavaScript orders by its number; above all of these for another. */
function indexOf(key: string): number {
  const first = key.charCodeAt(0);
  const isDigit = first >= 48 && first <= 57;
  return isDigit && /^(?:0|[1-9]\d{0,9})$/.test(key) && Number(key) < 2 ** 32 - 1 ? Number(key) : Number.MAX_VALUE;
}

/** What may begin a plain scalar that is no text: null, true, false, numbers, `.nan`, `~`, and the empty one. */
const MAYBE_NOT_TEXT = /^(?:[-+.~\dnNtTfF]|$)/;

function scalarValue(node: Scalar): unknown {
  const { value } = node;
  if (node.plainScalar && !MAYBE_NOT_TEXT.test(value)) return value;
  switch (determineScalarType(node as never)) {
    case ScalarType.null:
      return null;
    case ScalarType.bool:
      return parseYamlBoolean(value);
    case ScalarType.int:
      return Number(parseYamlBigInteger(value));
    case ScalarType.float:
      return parseYamlFloat(value);
    default:
      return String(value);
  }
}

/** Says by how much a document explodes through its aliases, without expanding them. */
function expansionExcess(root: YAMLNode, most: number): string | undefined {
  const sizes = new Map<YAMLNode, number>();
  const open = new Set<YAMLNode>();
  let isTooDeep = false;
  const measure = (node: YAMLNode | null | undefined, depth: number): number => {
    if (!node || node.kind === Kind.SCALAR || open.has(node)) return 1;
    const known = sizes.get(node);
    if (known !== undefined) return known;
    isTooDeep ||= depth > MAX_DEPTH;
    if (isTooDeep) return 1;
    open.add(node);
    const size = childrenOf(node).reduce((sum, child) => sum + measure(child, depth + 1), 1);
    open.delete(node);
    sizes.set(node, size);
    return size;
  };
  const size = measure(root, 0);
  if (isTooDeep) return `nesting exceeds ${MAX_DEPTH} levels`;
  return size > most ? `the document has over ${most} nodes once its aliases are expanded` : undefined;
}

function childrenOf(node: YAMLNode): readonly (YAMLNode | null | undefined)[] {
  switch (node.kind) {
    case Kind.MAP:
      return node.mappings.map(({ value }) => value);
    case Kind.SEQ:
      return node.items;
    case Kind.ANCHOR_REF:
      return [node.value];
    default:
      return [];
  }
}
