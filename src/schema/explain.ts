import { formatPointer, type Json, type Path } from '../model/json.ts';
import { applications } from './applications.ts';
import type { Formula } from './formula.ts';
import type { KeywordReading, Reading } from './reading.ts';
import type { Strings } from './text/string-set.ts';

/** Where a witness tells two schemas apart. Pointers are as in {@link Resources.locate}. */
export interface Place {
  /** The part of the witness that is at fault, as a JSON pointer. */
  readonly instance: string;
  /** The schemas of the first document that describe that part. */
  readonly accepting: readonly string[];
  /** The keyword of the second document that rejects it. */
  readonly rejecting: string;
}

export interface ExplainMeans {
  readonly strings: Strings;
  readonly satisfies: (formula: Formula, value: Json) => boolean | undefined;
}

export function explain(a: Reading, b: Reading, witness: Json, means: ExplainMeans): Place {
  const { path, pointer } = createRejection(means)(b, witness, []);
  return { instance: formatPointer(path), accepting: describing(a, witness, path, means), rejecting: pointer };
}

interface Rejection {
  readonly path: Path;
  readonly pointer: string;
}

type Reject = (reading: Reading, value: Json, path: Path) => Rejection;

/** Finds the innermost keyword that rejects a value; what it found once, it knows. */
function createRejection(means: ExplainMeans): Reject {
  const known = new Map<string, Rejection>();
  const reject: Reject = (reading, value, path) => {
    const id = `${formatPointer(path)} ${reading.pointer}`;
    const found = known.get(id) ?? rejection(reading, value, path, means, reject);
    known.set(id, found);
    return found;
  };
  return reject;
}

function rejection(reading: Reading, value: Json, path: Path, means: ExplainMeans, reject: Reject): Rejection {
  const failing = reading.keywords().find(({ formula }) => means.satisfies(formula(), value) === false);
  if (!failing) return { path, pointer: reading.pointer };
  const inner = [...applications(failing, reading, value, means.strings)].filter(
    ({ to, value: part }) => means.satisfies(to.formula(), part) === false,
  );
  const must =
    inner.find(application => application.must) ?? nearest(failing, reading, inner, { value, path, means, reject });
  if (must) return reject(must.to, must.value, [...path, ...must.path]);
  return { path, pointer: `${reading.pointer}${formatPointer([failing.keyword.name])}` };
}

type Inner = ReturnType<typeof applications> extends Generator<infer T> ? T : never;

/** Of alternatives: the branch that was meant, where the value fits only one but for something inside. */
function nearest(
  { keyword, value: held }: KeywordReading,
  reading: Reading,
  inner: readonly Inner[],
  { value, path, means, reject }: { value: Json; path: Path; means: ExplainMeans; reject: Reject },
): Inner | undefined {
  if (keyword.name === 'if') {
    const met = means.satisfies(reading.inside(['if'], 'here').formula(), value) === true;
    return inner.find(({ to }) => to.pointer.endsWith(met ? '/then' : '/else'));
  }
  if (Array.isArray(held) && inner.length < held.length) return undefined;
  const deep = inner.filter(({ to, value: part, path: step }) => {
    const whole = [...path, ...step];
    return reject(to, part, whole).path.length > whole.length;
  });
  return deep.length === 1 ? deep[0] : undefined;
}

/** The schemas that the part of the value at the path is described by. */
export function describing(reading: Reading, value: Json, path: Path, means: ExplainMeans): string[] {
  const found = new Set<string>();
  const visited = new Set<string>();
  const visit = (at: Reading, part: Json, rest: Path): void => {
    const id = `${rest.length} ${at.pointer}`;
    if (visited.has(id)) return;
    visited.add(id);
    const keywords = at.keywords();
    // A mere reference is named by what it leads to.
    if (rest.length === 0 && !isMereReference(keywords)) found.add(at.pointer);
    for (const keyword of keywords) {
      for (const next of applications(keyword, at, part, means.strings)) {
        if (next.path.length > 0 && (rest.length === 0 || String(next.path[0]) !== String(rest[0]))) continue;
        if (!next.must && means.satisfies(next.to.formula(), next.value) !== true) continue;
        visit(next.to, next.value, rest.slice(next.path.length));
      }
    }
  };
  visit(reading, value, path);
  return [...found];
}

const isMereReference = (keywords: readonly KeywordReading[]): boolean =>
  keywords.length === 1 && keywords[0]!.keyword.name === '$ref';
