/** Which paths of a JSONata expression end up in its value, and are not merely looked at on the way. */
import jsonata from 'jsonata';

/** The part of JSONata's syntax tree that is read here. */
interface Node {
  readonly type?: string;
  readonly value?: unknown;
  readonly steps?: readonly Node[];
  readonly arguments?: readonly Node[];
  readonly procedure?: Node;
  readonly [part: string]: unknown;
}

/** Functions whose value is (a part of) their first argument, or of all of them. */
const PASS_FIRST = new Set([
  'string',
  'substring',
  'substringBefore',
  'substringAfter',
  'trim',
  'uppercase',
  'lowercase',
  'replace',
  'pad',
  'split',
  'distinct',
  'sort',
  'reverse',
  'filter',
  'formatNumber',
  'number',
  'encodeUrlComponent',
  'base64encode',
  'single',
]);
const PASS_ALL = new Set(['join', 'append', 'merge', 'zip']);

/** Paths as names; nothing where the expression cannot be parsed, which is a finding of its own. */
export function copiedPaths(expression: string | undefined): string[][] {
  if (expression === undefined) return [];
  try {
    return valuesOf(jsonata(expression).ast() as unknown as Node);
  } catch {
    return [];
  }
}

function valuesOf(node: Node | undefined): string[][] {
  if (!node) return [];
  switch (node.type) {
    case 'name':
      return [[String(node.value)]];
    case 'path': {
      const steps = node.steps ?? [];
      const names = steps.filter(({ type }) => type === 'name').map(({ value }) => String(value));
      const last = steps.at(-1);
      // `a.{…}` and `a.(…)` make something of `a`; what stands inside tells what.
      return last && last.type !== 'name' && last.type !== 'variable'
        ? valuesOf(last)
        : names.length > 0
          ? [names]
          : [];
    }
    case 'condition':
      return [...valuesOf(node['then'] as Node), ...valuesOf(node['else'] as Node)];
    case 'block':
      return ((node['expressions'] as Node[]) ?? []).flatMap(valuesOf);
    case 'bind':
      return valuesOf(node['rhs'] as Node);
    case 'binary':
      return node.value === '&' ? [...valuesOf(node['lhs'] as Node), ...valuesOf(node['rhs'] as Node)] : [];
    case 'unary':
      return unaryValues(node);
    case 'function': {
      const name = String(node.procedure?.value ?? '');
      const args = node.arguments ?? [];
      if (PASS_ALL.has(name)) return args.flatMap(valuesOf);
      return PASS_FIRST.has(name) ? valuesOf(args[0]) : [];
    }
    default:
      return [];
  }
}

/** `[a, b]` and `{"key": a}`. */
function unaryValues(node: Node): string[][] {
  if (node.value === '[') return ((node['expressions'] as Node[]) ?? []).flatMap(valuesOf);
  if (node.value === '{') return ((node['lhs'] as [Node, Node][]) ?? []).flatMap(([, value]) => valuesOf(value));
  return [];
}
