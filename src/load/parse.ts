import { CORE_SCHEMA, constructFromEvents, type Event, mergeTag, parseEvents, YAMLException } from 'js-yaml';
import { getNodeValue, type Node, type ParseError, parseTree, printParseErrorCode } from 'jsonc-parser';
import type { SourceFile } from '../model/estate.ts';
import type { Location } from '../model/finding.ts';
import { formatPointer, type Json, type Path } from '../model/json.ts';
import { jsonSpans, type Span, type Spans, yamlSpans } from './spans.ts';

/** Nesting deeper than this is refused: no contract needs it, and every walk over a document may recurse. */
const MAX_DEPTH = 100;
/** Nodes of a document after its YAML aliases are expanded; far above the largest public API descriptions. */
const MAX_NODES = 5_000_000;

const YAML = CORE_SCHEMA.withTags(mergeTag);

export interface Parsed {
  readonly file: SourceFile;
  /** Why there is no value. */
  readonly problem?: { readonly message: string; readonly location: Location };
}

/** Parses YAML 1.2 (with merge keys) or JSON, by the file's ending. Never throws. */
export function parseSource(path: string, raw: string): Parsed {
  const text = raw.startsWith('\uFEFF') ? raw.slice(1) : raw;
  try {
    const { value, spans } = path.endsWith('.json') ? parseJson(text) : parseYaml(text);
    const excess = excessOf(value);
    if (excess) throw new Problem(excess, 0);
    return { file: sourceFile(path, text, value, spans) };
  } catch (error) {
    const { message, offset } = problemOf(error);
    const file = sourceFile(path, text, undefined, () => undefined);
    return {
      file,
      problem: { message, location: locationOf(path, lineStarts(text), { start: offset, end: offset + 1 }) },
    };
  }
}

class Problem extends Error {
  constructor(
    message: string,
    readonly offset: number,
  ) {
    super(message);
  }
}

function problemOf(error: unknown): { message: string; offset: number } {
  if (error instanceof Problem) return error;
  if (error instanceof YAMLException) return { message: error.reason, offset: error.mark?.position ?? 0 };
  return { message: error instanceof Error ? error.message : String(error), offset: 0 };
}

function parseYaml(text: string): { value: Json; spans: () => Spans | undefined } {
  const events: Event[] = parseEvents(text, { maxDepth: MAX_DEPTH });
  const documents = constructFromEvents(events, { source: text, schema: YAML, maxAliases: 10_000 });
  if (documents.length === 0) throw new Problem('the file is empty', 0);
  if (documents.length > 1) throw new Problem('the file holds more than one YAML document', 0);
  return { value: documents[0] as Json, spans: () => yamlSpans(text, events) };
}

/** Keys such as `"\\n"`, which JSON.parse of V8 13 and later may read as a backslash (nodejs/node#63785). */
const ONE_ESCAPED_LETTER = /"\\(?:u[\da-fA-F]{4}|[^u])"\s*:/;

function parseJson(text: string): { value: Json; spans: () => Spans | undefined } {
  try {
    const value = JSON.parse(text) as Json;
    return { value: ONE_ESCAPED_LETTER.test(text) ? nodeValue(parseTree(text)!) : value, spans: () => jsonSpans(text) };
  } catch (cause) {
    const errors: ParseError[] = [];
    parseTree(text, errors, { disallowComments: true });
    const first = errors[0];
    if (!first) throw cause;
    throw new Problem(spaced(printParseErrorCode(first.error)), first.offset);
  }
}

/** As JSON.parse would have it: the last of equal keys counts, and `__proto__` is a key like any other. */
function nodeValue(node: Node): Json {
  const children = node.children ?? [];
  if (node.type === 'array') return children.map(nodeValue);
  if (node.type !== 'object') return getNodeValue(node) as Json;
  return Object.fromEntries(children.map(({ children: pair }) => [pair![0]!.value as string, nodeValue(pair![1]!)]));
}

/** `PropertyNameExpected` → `property name expected`. */
function spaced(code: string): string {
  return code.replace(/(?<=[a-z])[A-Z]/g, letter => ` ${letter}`).toLowerCase();
}

/** Says what is too much about a value: nested too deep, cyclic or exploding through YAML aliases. */
function excessOf(root: Json): string | undefined {
  const sizes = new Map<object, number>();
  const open = new Set<object>();
  const measure = (value: Json, depth: number): number => {
    if (typeof value !== 'object' || value === null) return 1;
    const known = sizes.get(value);
    if (known !== undefined) return known;
    if (open.has(value)) throw new Problem('a YAML alias refers to a node that contains it', 0);
    if (depth > MAX_DEPTH) throw new Problem(`nesting exceeds ${MAX_DEPTH} levels`, 0);
    open.add(value);
    let size = 1;
    for (const child of Array.isArray(value) ? value : Object.values(value)) size += measure(child, depth + 1);
    open.delete(value);
    sizes.set(value, size);
    return size;
  };
  try {
    const size = measure(root, 0);
    return size > MAX_NODES ? `the document has over ${MAX_NODES} nodes once its aliases are expanded` : undefined;
  } catch (error) {
    return problemOf(error).message;
  }
}

function sourceFile(path: string, text: string, value: Json | undefined, spans: () => Spans | undefined): SourceFile {
  let positions: { spans: Spans | undefined; starts: number[] } | undefined;
  return {
    path,
    text,
    value,
    locate(at: Path, part = 'value') {
      positions ??= { spans: spans(), starts: lineStarts(text) };
      const span = positions.spans?.find(at, part) ?? { start: 0, end: 0 };
      const location = locationOf(path, positions.starts, span);
      return value === undefined ? location : { ...location, pointer: formatPointer(at) };
    },
  };
}

function locationOf(file: string, starts: readonly number[], span: Span): Location {
  const [line, column] = lineAndColumn(starts, span.start);
  const [endLine, endColumn] = lineAndColumn(starts, Math.max(span.start, span.end));
  return { file, line, column, endLine, endColumn };
}

function lineStarts(text: string): number[] {
  const starts = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return starts;
}

/** Line and column, both from 1, of an offset. */
function lineAndColumn(starts: readonly number[], offset: number): [number, number] {
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (starts[middle]! <= offset) low = middle;
    else high = middle - 1;
  }
  return [low + 1, offset - starts[low]! + 1];
}
