/** Where each value of a document stands in its text. Built only when a location is asked for. */
import { EVENT_ID, type Event, getScalarValue } from 'js-yaml';
import { findNodeAtLocation, parseTree } from 'jsonc-parser';
import type { Path } from '../model/json.ts';

/** Offsets in UTF-16 code units, end exclusive. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

export interface Spans {
  /** The span at `path`, or of its nearest existing ancestor. */
  find(path: Path, part: 'key' | 'value'): Span | undefined;
}

export function jsonSpans(text: string): Spans | undefined {
  const root = parseTree(text);
  if (!root) return undefined;
  return {
    find(path, part) {
      for (let length = path.length; length >= 0; length -= 1) {
        const node = findNodeAtLocation(root, [...path.slice(0, length)]);
        if (!node) continue;
        const exact = length === path.length;
        const key = node.parent?.type === 'property' ? node.parent.children?.[0] : undefined;
        const target = key && (part === 'key' || !exact) ? key : node;
        return { start: target.offset, end: target.offset + target.length };
      }
      return undefined;
    },
  };
}

interface YamlNode extends Span {
  readonly key?: Span;
  readonly children?: ReadonlyMap<string, YamlNode>;
}

export function yamlSpans(text: string, events: readonly Event[]): Spans {
  const root = readDocument(text, events);
  return {
    find(path, part) {
      let node: YamlNode | undefined = root;
      let depth = 0;
      while (node && depth < path.length) {
        const child: YamlNode | undefined = node.children?.get(String(path[depth]));
        if (!child) break;
        node = child;
        depth += 1;
      }
      if (!node) return undefined;
      return node.key && (part === 'key' || depth < path.length) ? node.key : node;
    },
  };
}

/** One pass over js-yaml's event stream; keys and values alternate in a mapping. */
function readDocument(text: string, events: readonly Event[]): YamlNode | undefined {
  let at = 0;

  function readNode(): YamlNode | undefined {
    const event = events[at];
    at += 1;
    if (!event) return undefined;
    switch (event.type) {
      case EVENT_ID.SCALAR:
        return { start: event.valueStart, end: event.valueEnd };
      case EVENT_ID.ALIAS:
        return { start: event.anchorStart - 1, end: event.anchorEnd };
      case EVENT_ID.SEQUENCE:
        return readCollection(event.start, readItem);
      case EVENT_ID.MAPPING:
        return readCollection(event.start, readMember);
      default:
        return undefined;
    }
  }

  function readItem(index: number): [string, YamlNode] | undefined {
    const node = readNode();
    return node && [String(index), node];
  }

  function readMember(): [string, YamlNode] | undefined {
    const event = events[at];
    const key = readNode();
    const value = readNode();
    if (!key || !value) return undefined;
    const name = event?.type === EVENT_ID.SCALAR ? getScalarValue(text, event) : '';
    // An empty value has no span of its own.
    const span = value.start < 0 ? { start: key.end, end: key.end } : {};
    return [name, { ...value, ...span, key: { start: key.start, end: key.end } }];
  }

  function readCollection(start: number, readChild: (index: number) => [string, YamlNode] | undefined): YamlNode {
    const children = new Map<string, YamlNode>();
    let end = start;
    for (let index = 0; at < events.length && events[at]!.type !== EVENT_ID.POP; index += 1) {
      const child = readChild(index);
      if (!child) continue;
      children.set(...child);
      end = Math.max(end, child[1].end);
    }
    at += 1;
    return { start, end, children };
  }

  if (events[0]?.type === EVENT_ID.DOCUMENT) at = 1;
  return readNode();
}
