/**
 * Ids with wildcards. A pattern is read part by part as an id is (docs/decisions/0003-id-grammar.md): `*` stands for any
 * characters of one part, a part `**` for any number of parts. So `api:invoices@*` is the contract,
 * `api:invoices@*#*` one of its operations, and `api:**` any API and everything in it. A part with a wildcard in it
 * ignores case: `*costCenter*` finds `costCenter` and `listCostCenters`.
 *
 * Matching walks all positions of a pattern at once, so its time is bounded by length of pattern times length of id,
 * whatever a pattern's author thinks up.
 */
export interface Part {
  readonly role: 'kind' | 'name' | 'version' | 'hash' | 'path';
  readonly text: string;
}

/** Positions in a pattern that what was read so far may have led to. */
export type State = ReadonlySet<number>;

export type Pattern = readonly Part[];

/** The parts of an id or of a pattern. The `#` is a part of its own, so that `*` never leaves the contract. */
export function partsOf(text: string): Part[] {
  if (text === '**') return [{ role: 'path', text }];
  const hash = text.indexOf('#');
  const head = hash < 0 ? text : text.slice(0, hash);
  const colon = head.indexOf(':');
  const at = head.lastIndexOf('@');
  const name = head.slice(colon + 1, at < 0 ? undefined : at);
  return [
    { role: 'kind', text: head.slice(0, colon) },
    ...name.split('/').map(part => ({ role: 'name' as const, text: part })),
    ...(at < 0 ? [] : [{ role: 'version' as const, text: head.slice(at + 1) }]),
    ...(hash < 0 ? [] : [HASH, ...pathParts(text.slice(hash + 1).split('/'))]),
  ];
}

export const HASH: Part = { role: 'hash', text: '#' };

export function pathParts(segments: readonly string[]): Part[] {
  return segments.map(text => ({ role: 'path', text }));
}

export function start(pattern: Pattern): State {
  return withSkips(pattern, [0]);
}

/** The state after `parts`; empty where nothing that begins so can match. */
export function advance(pattern: Pattern, state: State, parts: readonly Part[]): State {
  let current = state;
  for (const part of parts) {
    const next: number[] = [];
    for (const position of current) {
      const wanted = pattern[position];
      if (!wanted) continue;
      if (wanted.text === '**') {
        // At the end it takes whatever follows; before something else it stays in the name, or in the path.
        if (position === pattern.length - 1 || wanted.role === part.role) next.push(position);
      } else if (wanted.role === part.role && matchesPart(wanted.text, part.text)) next.push(position + 1);
    }
    current = withSkips(pattern, next);
  }
  return current;
}

/** Whether what was read so far is the whole of what the pattern asks for. */
export function accepts(pattern: Pattern, state: State): boolean {
  return state.has(pattern.length);
}

/** Whether an id, of which these are the parts, is what the pattern asks for. */
export function matches(pattern: Pattern, parts: readonly Part[]): boolean {
  return accepts(pattern, advance(pattern, start(pattern), parts));
}

/** `**` may stand for nothing, so wherever it can be, what follows it can be too. */
function withSkips(pattern: Pattern, positions: readonly number[]): State {
  const state = new Set<number>();
  for (const first of positions) {
    let position = first;
    state.add(position);
    while (pattern[position]?.text === '**') {
      position += 1;
      state.add(position);
    }
  }
  return state;
}

function matchesPart(wanted: string, text: string): boolean {
  return wanted.includes('*') ? matchesGlob(wanted.toLowerCase(), text.toLowerCase()) : wanted === text;
}

/** Greedy, going back only to the last `*`: that is enough, and never takes more than the product of the lengths. */
function matchesGlob(glob: string, text: string): boolean {
  let [at, from] = [0, 0];
  let [star, resume] = [-1, 0];
  while (from < text.length) {
    if (glob[at] === '*') {
      star = at;
      resume = from;
      at += 1;
    } else if (glob[at] === text[from]) {
      at += 1;
      from += 1;
    } else if (star >= 0) {
      at = star + 1;
      resume += 1;
      from = resume;
    } else {
      return false;
    }
  }
  while (glob[at] === '*') at += 1;
  return at === glob.length;
}
