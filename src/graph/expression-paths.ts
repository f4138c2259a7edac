/** Which parts of a document a JSONata expression reads, and where its result stands in it, told without running it. */

/** The part of JSONata's syntax tree that is read here. */
export interface Node {
  readonly type?: string;
  readonly value?: unknown;
  readonly [part: string]: unknown;
}

/** A place in the document, as property names from its root; or an object that the expression builds of such places. */
export type Place = { readonly path: readonly string[] } | { readonly members: ReadonlyMap<string, readonly Place[]> };

export interface Reading {
  /** Property names from the root of the document; list indices do not appear. */
  readonly paths: readonly (readonly string[])[];
  /** Where the result may stand; empty where it is something new. */
  readonly result: readonly Place[];
}

interface Scope {
  readonly context: readonly Place[];
  /** What `$$` is. */
  readonly root: readonly Place[];
  readonly variables: ReadonlyMap<string, readonly Place[]>;
}

const ROOT: Place = { path: [] };
const NOWHERE: readonly Place[] = [];
/** Functions whose result is made of items of these arguments. */
const SAME_ITEMS: Readonly<Record<string, readonly number[]>> = {
  append: [0, 1],
  distinct: [0],
  filter: [0],
  merge: [0],
  reverse: [0],
  shuffle: [0],
  single: [0],
  sort: [0],
};
/** Functions that call one of theirs with each item of a list. */
const WITH_ITEMS = ['map', 'filter', 'single', 'sort', 'reduce', 'each', 'sift'];

export function readingOf(tree: Node, context: readonly Place[] = [ROOT]): Reading {
  const paths = new Map<string, readonly string[]>();
  const reader = { read: (path: readonly string[]) => path.length > 0 && paths.set(JSON.stringify(path), path) };
  const variables = new Map([['source', [ROOT]]]);
  const result = follow(tree, { context, root: context, variables }, reader);
  return { paths: [...paths.values()], result };
}

interface Reader {
  readonly read: (path: readonly string[]) => unknown;
}

function follow(node: Node, scope: Scope, reader: Reader): readonly Place[] {
  const result = resultOf(node, scope, reader);
  filter(node, result, scope, reader);
  return result;
}

function resultOf(node: Node, scope: Scope, reader: Reader): readonly Place[] {
  switch (node.type) {
    case 'path':
      return followPath(node, scope, reader);
    case 'name':
      return note(membersOf(scope.context, String(node.value)), reader);
    case 'variable':
      if (node.value === '') return scope.context;
      return node.value === '$' ? scope.root : (scope.variables.get(String(node.value)) ?? NOWHERE);
    case 'block':
      return followBlock(node, scope, reader);
    case 'bind':
      return follow(node['rhs'] as Node, scope, reader);
    case 'condition': {
      follow(node['condition'] as Node, scope, reader);
      return ['then', 'else'].flatMap(way => (node[way] ? follow(node[way] as Node, scope, reader) : []));
    }
    case 'unary':
      if (node.value === '{') return [{ members: followRecord(node, scope, reader) }];
      if (node.value === '[') return nodesIn(node['expressions']).flatMap(item => follow(item, scope, reader));
      break;
    case 'function':
      return followCall(node, scope, reader);
  }
  for (const child of childrenOf(node)) follow(child, scope, reader);
  return NOWHERE;
}

/** Each step reads from what the step before it came to. */
function followPath(node: Node, scope: Scope, reader: Reader): readonly Place[] {
  let { context } = scope;
  // Steps of names are one path, which is read as a whole.
  const whole: Reader = { read: () => undefined };
  for (const step of nodesIn(node['steps'])) {
    if (step.type === 'name') context = membersOf(context, String(step.value));
    else {
      note(context === scope.context ? NOWHERE : context, reader);
      context = resultOf(step, { ...scope, context }, step.type === 'variable' ? whole : reader);
    }
    filter(step, context, scope, reader);
  }
  const isNamed = nodesIn(node['steps']).some(({ type }) => type === 'name');
  return isNamed ? note(context, reader) : context;
}

/** What stands in brackets is about the items. */
function filter(node: Node, context: readonly Place[], scope: Scope, reader: Reader): void {
  for (const key of ['stages', 'predicate', 'group']) {
    for (const part of nodesIn(node[key])) follow(part, { ...scope, context }, reader);
  }
}

function followBlock(node: Node, scope: Scope, reader: Reader): readonly Place[] {
  const variables = new Map(scope.variables);
  let result = NOWHERE;
  for (const part of nodesIn(node['expressions'])) {
    result = follow(part, { ...scope, variables }, reader);
    if (part.type === 'bind') variables.set(String((part['lhs'] as Node).value), result);
  }
  return result;
}

function followRecord(node: Node, scope: Scope, reader: Reader): ReadonlyMap<string, readonly Place[]> {
  const members = new Map<string, readonly Place[]>();
  for (const [name, value] of (node['lhs'] ?? []) as readonly (readonly [Node, Node])[]) {
    follow(name, scope, reader);
    const places = follow(value, scope, reader);
    if (name.type === 'string') members.set(String(name.value), places);
  }
  return members;
}

function followCall(node: Node, scope: Scope, reader: Reader): readonly Place[] {
  const procedure = node['procedure'] as Node;
  const name = procedure.type === 'variable' ? String(procedure.value) : '';
  const given = nodesIn(node['arguments']);
  if (name === '') follow(procedure, scope, reader);
  let bodies = NOWHERE;
  const places: (readonly Place[])[] = [];
  for (const argument of given) {
    if (argument.type !== 'lambda') {
      places.push(follow(argument, scope, reader));
      continue;
    }
    const items = WITH_ITEMS.includes(name) ? (places[0] ?? NOWHERE) : NOWHERE;
    bodies = followLambda(argument, items, scope, reader);
    places.push(NOWHERE);
  }
  if (name === 'map') return bodies;
  const [, key] = given;
  if (name === 'lookup' && key?.type === 'string') return note(membersOf(places[0] ?? [], String(key.value)), reader);
  return (SAME_ITEMS[name] ?? []).flatMap(index => places[index] ?? []);
}

function followLambda(node: Node, items: readonly Place[], scope: Scope, reader: Reader): readonly Place[] {
  const variables = new Map(scope.variables);
  for (const { value } of nodesIn(node['arguments'])) variables.set(String(value), items);
  return follow(node['body'] as Node, { ...scope, variables }, reader);
}

function membersOf(places: readonly Place[], name: string): readonly Place[] {
  return places.flatMap((place): readonly Place[] =>
    'path' in place ? [{ path: [...place.path, name] }] : (place.members.get(name) ?? []),
  );
}

function note(places: readonly Place[], reader: Reader): readonly Place[] {
  for (const place of places) if ('path' in place) reader.read(place.path);
  return places;
}

function childrenOf(node: Node): Node[] {
  return Object.entries(node).flatMap(([key, child]) =>
    ['stages', 'predicate', 'group', 'position'].includes(key) ? [] : nodesIn(child),
  );
}

/** The nodes in a part, in lists of any depth. */
function nodesIn(part: unknown): Node[] {
  if (Array.isArray(part)) return part.flatMap(nodesIn);
  return typeof part === 'object' && part !== null && !(part instanceof RegExp) ? [part as Node] : [];
}
