/**
 * Small faults planted into a JSONata expression, one at a time, by its syntax tree: an item of a list or an entry of a
 * table goes, two values change places, a condition always goes one way, a text, a number, a comparison or a sign is
 * another one.
 */
import jsonata from 'jsonata';

/** What of JSONata's syntax tree is read and changed here. */
export interface Tree {
  type?: string;
  value?: unknown;
  position?: number;
  lhs?: unknown;
  rhs?: unknown;
  expressions?: unknown;
  expression?: unknown;
  condition?: unknown;
  then?: unknown;
  else?: unknown;
  procedure?: Tree;
  [part: string]: unknown;
}

export interface ExpressionMutation {
  /** What was done, in words that stay the same as long as the expression does; unlike all others of the expression. */
  readonly what: string;
  /**
   * Whether it is about a code: a text that is written out. Swapped in both directions, codes survive the way there and
   * back, so only a test that states them can tell.
   */
  readonly isCode: boolean;
  /** A tree of its own, with the fault. */
  readonly tree: () => Tree;
}

interface Edit {
  readonly what: string;
  readonly isCode: boolean;
  readonly apply: (node: Tree) => void;
}

/** A table of more entries, or an expression of more places, is a program: the first ones stand for all. */
const MAX_MUTATIONS = 400;

const TURNED: Readonly<Record<string, string>> = {
  '=': '!=',
  '!=': '=',
  '<': '>=',
  '<=': '>',
  '>': '<=',
  '>=': '<',
  and: 'or',
  or: 'and',
  '+': '-',
  '-': '+',
  '*': '/',
  '/': '*',
};

/** Throws where the expression cannot be parsed. */
export function mutationsOf(expression: string): ExpressionMutation[] {
  const found: ExpressionMutation[] = [];
  const times = new Map<string, number>();
  for (const [index, node] of nodesOf(parsed(expression)).entries()) {
    for (const { what, isCode, apply } of editsOf(node)) {
      if (found.length === MAX_MUTATIONS) return found;
      const time = (times.get(what) ?? 0) + 1;
      times.set(what, time);
      const tree = () => {
        const own = parsed(expression);
        apply(nodesOf(own)[index]!);
        return own;
      };
      found.push({ what: time === 1 ? what : `${what} (${time})`, isCode, tree });
    }
  }
  return found;
}

function parsed(expression: string): Tree {
  return jsonata(expression).ast() as unknown as Tree;
}

/** All nodes in the order of the tree; but what is written out in a table or a list goes as its entry or item. */
function nodesOf(tree: Tree): Tree[] {
  const found: Tree[] = [];
  const visit = (part: unknown): void => {
    if (Array.isArray(part)) for (const each of part) visit(each);
    if (typeof part !== 'object' || part === null || part instanceof RegExp || Array.isArray(part)) return;
    const node = part as Tree;
    if (typeof node.type === 'string') found.push(node);
    for (const child of childrenOf(node)) visit(child);
  };
  visit(tree);
  return found;
}

function childrenOf(node: Tree): unknown[] {
  return Object.entries(node).flatMap(([key, child]) => {
    if (key === 'lhs' && isTable(node)) return [pairsOf(node).flatMap(([, value]) => (isPlain(value) ? [] : [value]))];
    if (key === 'expressions' && isList(node)) return [itemsOf(node).filter(item => !isPlain(item))];
    return key === 'procedure' && node.procedure?.type === 'variable' ? [] : [child];
  });
}

function* editsOf(node: Tree): Iterable<Edit> {
  if (isTable(node)) yield* tableEdits(node);
  else if (isList(node)) yield* listEdits(node);
  else if (node.type === 'condition') yield* branchEdits(node);
  else if (node.type === 'binary') yield* operatorEdits(node);
  else if (node.type === 'unary' && node.value === '-') yield edit('the minus sign dropped', toItsOperand);
  else if (node.type === 'string' || node.type === 'number') yield literalEdit(node);
}

function edit(what: string, apply: Edit['apply'], isCode = false): Edit {
  return { what, isCode, apply };
}

function* tableEdits(table: Tree): Iterable<Edit> {
  const pairs = pairsOf(table);
  for (const [index, [name]] of pairs.entries()) {
    yield edit(`entry ${textOf(name)} dropped`, node => pairsOf(node).splice(index, 1), true);
  }
  for (const [index, [name, value]] of pairs.entries()) {
    const next = pairs[index + 1];
    if (!next || (isPlain(value) && isPlain(next[1]) && value.value === next[1].value)) continue;
    yield edit(
      `values of ${textOf(name)} and ${textOf(next[0])} swapped`,
      node => {
        const [one, other] = [pairsOf(node)[index]!, pairsOf(node)[index + 1]!];
        [one[1], other[1]] = [other[1], one[1]];
      },
      true,
    );
  }
}

function* listEdits(list: Tree): Iterable<Edit> {
  for (const [index, item] of itemsOf(list).entries()) {
    const name = isPlain(item) ? textOf(item) : `${index + 1}`;
    yield edit(`item ${name} dropped`, node => itemsOf(node).splice(index, 1), isPlain(item) && item.type === 'string');
  }
}

function* branchEdits({ condition, else: otherwise }: Tree): Iterable<Edit> {
  const of = wordsOf(condition as Tree);
  yield edit(`condition ${of} always true`, node => become(node, node.then as Tree));
  yield edit(`condition ${of} always false`, node => become(node, otherwise ? (node.else as Tree) : nothing()));
}

function* operatorEdits({ value, lhs, rhs }: Tree): Iterable<Edit> {
  const turned = TURNED[String(value)];
  if (turned === undefined) return;
  const what = `${wordsOf(lhs as Tree)} ${value} ${wordsOf(rhs as Tree)}`;
  yield edit(`${what} turned to ${turned}`, node => {
    node.value = turned;
  });
}

function literalEdit(literal: Tree): Edit {
  const isText = literal.type === 'string';
  return edit(
    `${textOf(literal)} changed`,
    node => {
      // One less, which also tells of lengths and decimals; but not less than nothing.
      const less = Number(literal.value) > 0 ? Number(literal.value) - 1 : Number(literal.value) + 1;
      node.value = isText ? `~${literal.value}` : less;
    },
    isText,
  );
}

function toItsOperand(node: Tree): void {
  become(node, node.expression as Tree);
}

/** The node is the other one from now on, in its place. */
function become(node: Tree, other: Tree): void {
  const { predicate } = node;
  for (const key of Object.keys(node)) delete node[key];
  Object.assign(node, other);
  if (Array.isArray(predicate)) node['predicate'] = [...((other['predicate'] as unknown[]) ?? []), ...predicate];
}

function nothing(): Tree {
  return { type: 'block', expressions: [], position: 0 };
}

function isTable(node: Tree): boolean {
  return node.type === 'unary' && node.value === '{';
}

function isList(node: Tree): boolean {
  return node.type === 'unary' && node.value === '[';
}

function pairsOf(table: Tree): [Tree, Tree][] {
  return table.lhs as [Tree, Tree][];
}

function itemsOf(list: Tree): Tree[] {
  return list.expressions as Tree[];
}

function isPlain({ type, predicate }: Tree): boolean {
  return (type === 'string' || type === 'number' || type === 'value') && predicate === undefined;
}

function textOf({ type, value }: Tree): string {
  return type === 'string' ? `'${String(value)}'` : String(value);
}

/** A few words that tell a part of an expression from its neighbours. */
function wordsOf(node: Tree | undefined): string {
  if (!node) return 'nothing';
  if (isPlain(node)) return textOf(node);
  if (node.type === 'path') return (node['steps'] as Tree[]).map(wordsOf).join('.');
  if (node.type === 'name') return String(node.value);
  if (node.type === 'variable') return `$${String(node.value)}`;
  if (node.type === 'function')
    return `$${String(node.procedure?.value)}(${argumentsOf(node).map(wordsOf).join(', ')})`;
  if (node.type === 'binary') return `${wordsOf(node.lhs as Tree)} ${node.value} ${wordsOf(node.rhs as Tree)}`;
  if (isList(node)) return `[${itemsOf(node).map(wordsOf).join(', ')}]`;
  if (isTable(node)) return '{…}';
  return '…';
}

function argumentsOf(node: Tree): Tree[] {
  return (node['arguments'] as Tree[] | undefined) ?? [];
}
