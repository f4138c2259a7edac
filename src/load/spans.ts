/** Where each value of a document stands in its text. Built only when a location is asked for. */
import { EVENT_ID, type Event, getScalarValue } from 'js-yaml';
import { type Node, parseTree } from 'jsonc-parser';
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
      let node = root;
      let depth = 0;
      for (const step of path) {
        const child = childOf(node, step);
        if (!child) break;
        node = child;
        depth += 1;
      }
      const key = node.parent?.type === 'property' ? node.parent.children?.[0] : undefined;
      const target = key && (part === 'key' || depth < path.length) ? key : node;
      return { start: target.offset, end: target.offset + target.length };
    },
  };
}

/** A step is an index or a name; indices that come from a JSON Pointer are text. Of equal names the last one counts. */
function childOf(node: Node, step: string | number): Node | undefined {
  if (node.type === 'array') return node.children?.[Number(step)];
  const property = node.children?.findLast(({ children }) => children?.[0]?.value === String(step));
  return property?.children?.[1];
}

/** A node by the index of its event; its children are looked up when a path leads through it. */
interface YamlNode {
  readonly at: number;
  readonly key?: Span;
}

export function yamlSpans(text: string, events: readonly Event[]): Spans {
  const first = events[0]?.type === EVENT_ID.DOCUMENT ? 1 : 0;
  const { next, ends } = measure(events);
  const known = new Map<number, ReadonlyMap<string, YamlNode>>();
  const childrenOf = (at: number): ReadonlyMap<string, YamlNode> => {
    const children = known.get(at) ?? readChildren(at);
    known.set(at, children);
    return children;
  };

  function readChildren(parent: number): Map<string, YamlNode> {
    const children = new Map<string, YamlNode>();
    const isMapping = events[parent]!.type === EVENT_ID.MAPPING;
    if (!isMapping && events[parent]!.type !== EVENT_ID.SEQUENCE) return children;
    let at = parent + 1;
    for (let index = 0; at < events.length && events[at]!.type !== EVENT_ID.POP; index += 1) {
      if (!isMapping) {
        children.set(String(index), { at });
        at = next[at]!;
        continue;
      }
      const key = events[at]!;
      const value = next[at]!;
      const name = key.type === EVENT_ID.SCALAR ? getScalarValue(text, key) : '';
      children.set(name, { at: value, key: { start: startOf(key), end: ends[at]! } });
      at = next[value] ?? events.length;
    }
    return children;
  }

  function spanOf({ at, key }: YamlNode): Span | undefined {
    const event = events[at];
    if (!event || event.type === EVENT_ID.POP) return undefined;
    const start = startOf(event);
    // An empty value has no span of its own.
    return key && start < 0 ? { start: key.end, end: key.end } : { start, end: ends[at]! };
  }

  return {
    find(path, part) {
      let node: YamlNode = { at: first };
      let depth = 0;
      while (depth < path.length && events[node.at]) {
        const child = childrenOf(node.at).get(String(path[depth]));
        if (!child) break;
        node = child;
        depth += 1;
      }
      return node.key && (part === 'key' || depth < path.length) ? node.key : spanOf(node);
    },
  };
}

function startOf(event: Event): number {
  switch (event.type) {
    case EVENT_ID.SCALAR:
      return event.valueStart;
    case EVENT_ID.ALIAS:
      return event.anchorStart - 1;
    case EVENT_ID.SEQUENCE:
    case EVENT_ID.MAPPING:
      return event.start;
    default:
      return -1;
  }
}

/** For each event that begins a node: the event after that node, and the offset at which the node ends. */
function measure(events: readonly Event[]): { readonly next: Int32Array; readonly ends: Int32Array } {
  const next = new Int32Array(events.length);
  const ends = new Int32Array(events.length);
  const open: number[] = [];
  const close = (begun: number, after: number, end: number) => {
    next[begun] = after;
    ends[begun] = end;
    const parent = open.at(-1);
    if (parent !== undefined) ends[parent] = Math.max(ends[parent]!, end);
  };
  for (const [at, event] of events.entries()) {
    if (event.type === EVENT_ID.SCALAR) close(at, at + 1, event.valueEnd);
    else if (event.type === EVENT_ID.ALIAS) close(at, at + 1, event.anchorEnd);
    else if (event.type === EVENT_ID.POP) {
      const begun = open.pop();
      if (begun !== undefined) close(begun, at + 1, ends[begun]!);
    } else {
      // Of a collection without members the end is the start.
      ends[at] = startOf(event);
      open.push(at);
    }
  }
  return { next, ends };
}
