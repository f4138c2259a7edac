/**
 * References of a document to itself, resolved as json-ref-resolver resolves them, circles included: what it leaves
 * unresolved in them depends on the order in which it goes, so that order is kept. It spends its time on drafts of an
 * immutable library and on walking graphs again and again; here one copy is changed in place, which comes to the same.
 */
import { encodePointerFragment, pathToPointer, pointerToPath } from '@stoplight/json';
import { type Resolver, ResolverDepGraph } from '@stoplight/spectral-ref-resolver';

type Resolved = Awaited<ReturnType<Resolver['resolve']>>;
type Container = Record<string, unknown>;

/** Undefined where there is a reference to another document, or one that is written in a way that is seldom seen. */
export function resolveLocally(source: unknown, baseUri = ''): Resolved | undefined {
  if (!PLAIN_SOURCE.test(baseUri) || !isContainer(source)) return undefined;
  const references = findReferences(source);
  if (references === undefined) return undefined;
  const graph = new ResolverDepGraph();
  const refMap: Record<string, string> = {};
  const root = baseUri === '' ? 'root' : baseUri;
  graph.addNode(root, { refMap, data: source });
  for (const pointer of references.targets) graph.addNode(`${baseUri}${pointer}`, { refMap: {} });
  const { result, missing } = replaceReferences(source, references, refMap);
  const errors = missing.map(({ pointer, path }) => ({
    code: 'POINTER_MISSING' as const,
    message: `'${pointer}' does not exist`,
    path,
    uriStack: [],
    pointerStack: [],
  }));
  // Spectral's own resolver freezes what it has resolved, by which the JSONPath engine chooses its way.
  return { result: Object.freeze(result), graph, refMap, errors } as unknown as Resolved;
}

/** Paths and URIs that mean the same to a library for URIs as they are written. */
const PLAIN_SOURCE = /^(?:\/[\w./@+-]*)?$/;
/** Pointers of which the same is true. Percent signs and a tilde that escapes nothing are left to that library. */
const PLAIN_REFERENCE = /^#(?:\/(?:[\w.${}:,@+* -]|~[01])*)+$/;

interface References {
  /** Pointer to the reference → pointer that it has. In the order of the document. */
  readonly targetOf: ReadonlyMap<string, string>;
  /** In the order in which they are referred to first. */
  readonly targets: ReadonlySet<string>;
  /** Path into something → what it refers to somewhere below: by these circles are noticed. */
  readonly stems: ReadonlyMap<string, ReadonlySet<string>>;
}

function findReferences(source: Container): References | undefined {
  const targetOf = new Map<string, string>();
  const targets = new Set<string>();
  const stems = new Map<string, Set<string>>();
  const path: string[] = [];

  /** False where a reference is none of ours. */
  function crawl(value: Container, pointer: string): boolean {
    if (typeof value['$ref'] === 'string') return note(value['$ref'], pointer);
    for (const key of Object.keys(value)) {
      const member = value[key];
      if (!isContainer(member)) continue;
      path.push(key);
      const isOurs = crawl(member, `${pointer}/${encodePointerFragment(key)}`);
      path.pop();
      if (!isOurs) return false;
    }
    return true;
  }

  function note(reference: string, pointer: string): boolean {
    if (pointer === '#' || !PLAIN_REFERENCE.test(reference)) return false;
    const target = pointerToPath(reference).map(String);
    // A reference to what contains it stays as it is.
    if (target.every((segment, index) => path[index] === segment)) return true;
    noteStems(pointer, reference, target);
    targetOf.set(pointer, reference);
    targets.add(reference);
    return true;
  }

  /** json-ref-resolver joins these paths without escapes. */
  function noteStems(pointer: string, reference: string, target: readonly string[]): void {
    let stem = '#';
    let tail = '';
    for (const [index, part] of path.entries()) {
      if (part === target[index]) {
        stem += `/${part}`;
        continue;
      }
      tail += `/${part}`;
      const dependent = stem + tail;
      if (dependent === pointer || dependent === reference) continue;
      const dependencies = stems.get(dependent) ?? new Set();
      stems.set(dependent, dependencies.add(reference));
    }
  }

  return crawl(source, '#') ? { targetOf, targets, stems } : undefined;
}

interface Missing {
  readonly pointer: string;
  readonly path: string[];
}

function replaceReferences(
  source: Container,
  { targetOf, stems }: References,
  refMap: Record<string, string>,
): { result: unknown; missing: Missing[] } {
  const missing: Missing[] = [];
  if (targetOf.size === 0) return { result: source, missing };
  const copy = new Copy(source);
  const referrers = referrersOf(targetOf);
  for (const pointer of processingOrder(targetOf, referrers)) {
    const dependants = postorder(referrers, pointer);
    if (dependants.length === 0) continue;
    const target = pointerToPath(pointer).map(String);
    const value = copy.get(target);
    const below = new Set(postorder(stems, pointer).map(stem => pathKey(pointerToPath(stem).map(String))));
    for (const dependant of dependants) {
      const path = pointerToPath(dependant).map(String);
      const isCircular = below.size > 0 && path.some((_, index) => below.has(pathKey(path.slice(0, index + 1))));
      if (isCircular) continue;
      refMap[pathToPointer(path)] = pathToPointer(target);
      if (value === undefined) missing.push({ pointer, path });
      else copy.set(path, value);
    }
  }
  return { result: copy.root, missing };
}

function pathKey(path: readonly string[]): string {
  return path.join('\n');
}

function referrersOf(targetOf: ReadonlyMap<string, string>): ReadonlyMap<string, ReadonlySet<string>> {
  const referrers = new Map<string, Set<string>>();
  for (const [pointer, target] of targetOf) {
    const known = referrers.get(target) ?? new Set();
    referrers.set(target, known.add(pointer));
  }
  return referrers;
}

/** What is referred to comes before what refers to it; those in circles come last. */
function processingOrder(
  targetOf: ReadonlyMap<string, string>,
  referrers: ReadonlyMap<string, ReadonlySet<string>>,
): Set<string> {
  const done = new Set<string>();
  const follow = (start: string) => {
    const chain = new Set<string>();
    for (
      let at: string | undefined = start;
      at !== undefined && !done.has(at) && !chain.has(at);
      at = targetOf.get(at)
    ) {
      chain.add(at);
    }
    for (const pointer of [...chain].reverse()) done.add(pointer);
  };
  const all = [...targetOf].flat();
  for (const pointer of all) if (!referrers.has(pointer)) follow(pointer);
  for (const pointer of all) follow(pointer);
  return done;
}

/** What can be reached from a node, deepest first, without the node itself. Needs no stack, however long a chain is. */
function postorder(edges: ReadonlyMap<string, ReadonlySet<string>>, start: string): string[] {
  const first = edges.get(start);
  if (!first) return [];
  const found: string[] = [];
  const entered = new Set([start]);
  const open: { node: string; next: Iterator<string> }[] = [{ node: start, next: first.values() }];
  for (let top = open.at(-1); top !== undefined; top = open.at(-1)) {
    const { done, value } = top.next.next();
    if (done) {
      open.pop();
      if (top.node !== start) found.push(top.node);
    } else if (!entered.has(value)) {
      entered.add(value);
      open.push({ node: value, next: (edges.get(value) ?? NOTHING).values() });
    }
  }
  return found;
}

const NOTHING: ReadonlySet<string> = new Set();

/** A value of which only what is looked at or changed is copied. The source must be a tree. */
class Copy {
  readonly root: Container;
  readonly #own = new Set<unknown>();

  constructor(source: Container) {
    this.root = this.#copyOf(source);
  }

  /** Changes to what it gives are seen wherever it was put. */
  get(path: readonly string[]): unknown {
    let value: unknown = this.root;
    for (const segment of path) value = isContainer(value) ? this.#member(value, segment) : undefined;
    return value;
  }

  set(path: readonly string[], value: unknown): void {
    const holder = this.get(path.slice(0, -1));
    if (isContainer(holder)) holder[path.at(-1)!] = value;
  }

  #member(holder: Container, segment: string): unknown {
    if (!Object.hasOwn(holder, segment)) return undefined;
    const member = holder[segment];
    if (!isContainer(member) || this.#own.has(member)) return member;
    const copy = this.#copyOf(member);
    holder[segment] = copy;
    return copy;
  }

  #copyOf(value: Container): Container {
    const copy = (Array.isArray(value) ? [...value] : { ...value }) as Container;
    this.#own.add(copy);
    return copy;
  }
}

function isContainer(value: unknown): value is Container {
  return typeof value === 'object' && value !== null;
}
