/** Where a path of a document stands in its text, as @stoplight/yaml has it, without searching each map from its start. */
import type { ILocation, IRange, JsonPath } from '@stoplight/types';
import { getLocationForJsonPath, lineForPosition, type YAMLNode, type YamlParserResult } from '@stoplight/yaml';
import { Kind } from '@stoplight/yaml-ast-parser';

/** Offsets at which lines end, each after its line feed, and the end of the text: the form that @stoplight/yaml reads. */
export function lineStarts(text: string): number[] {
  const starts: number[] = [];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  starts.push(text.length + 1);
  return starts;
}

export function rangeIn(lineMap: number[], start: number, end: number): IRange {
  const position = (offset: number) => {
    const line = lineForPosition(offset, lineMap);
    return { line, character: line === 0 ? offset : offset - lineMap[line - 1]! };
  };
  return { start: position(start), end: position(end) };
}

/** Undefined where there is nothing at the path: Spectral does not ask for the nearest. */
export function locationIn(result: YamlParserResult<unknown>, path: JsonPath): ILocation | undefined {
  const node = nodeAt(result.ast, path);
  if (node === MERGED) return getLocationForJsonPath(result, path);
  // The range is that of the node it is given, and depends on what contains that.
  return node === undefined ? undefined : getLocationForJsonPath({ ...result, ast: node }, []);
}

/** A merge key has brought other maps into one that is searched. */
const MERGED = Symbol('merged');

function nodeAt(root: YAMLNode, path: JsonPath): YAMLNode | undefined | typeof MERGED {
  let node: YAMLNode | null | undefined = root;
  for (const segment of path) {
    if (node?.kind === Kind.MAP) {
      const members: ReadonlyMap<string, YAMLNode> = membersOf(node);
      if (members.has('<<')) return MERGED;
      node = members.get(segment as string);
    } else if (node?.kind === Kind.SEQ) {
      node = node.items[Number(segment)];
    } else {
      return undefined;
    }
    if (!node) return undefined;
  }
  return node;
}

const MEMBERS = new WeakMap<YAMLNode, ReadonlyMap<string, YAMLNode>>();

/** By key; the last of equal ones counts. A member without a value is its key. */
function membersOf(map: Extract<YAMLNode, { kind: Kind.MAP }>): ReadonlyMap<string, YAMLNode> {
  const known = MEMBERS.get(map);
  if (known) return known;
  const members = new Map(map.mappings.map(({ key, value }) => [key.value, value ?? key]));
  MEMBERS.set(map, members);
  return members;
}
