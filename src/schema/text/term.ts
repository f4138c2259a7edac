/**
 * Languages of strings as terms with intersection and complement, explored by derivatives: Brzozowski 1964; Owens,
 * Reppy and Turon, "Regular-expression derivatives re-examined", 2009. No automaton is built before it is needed, and
 * then only the states that a search reaches. Letters are Unicode code points.
 */
import { CharSet } from 'refa';
import type { Budget } from '../budget.ts';

export const LAST_CODE_POINT = 0x10ffff;
export const ALL_CHARACTERS: CharSet = CharSet.all(LAST_CODE_POINT);

interface Shared {
  readonly id: number;
  /** Whether the empty string belongs to the language. */
  readonly nullable: boolean;
}

/** Equal terms are the same object, within one {@link Terms}. */
export type Term = Shared &
  (
    | { readonly kind: 'empty' }
    | { readonly kind: 'epsilon' }
    | { readonly kind: 'characters'; readonly set: CharSet }
    | { readonly kind: 'concat'; readonly first: Term; readonly rest: Term }
    | { readonly kind: 'repeat'; readonly body: Term; readonly min: number; readonly max: number }
    | { readonly kind: 'and' | 'or'; readonly parts: readonly Term[] }
    | { readonly kind: 'not'; readonly part: Term }
  );

type Shape = Term extends infer T ? (T extends Shared ? Omit<T, 'id'> : never) : never;

export interface Terms {
  readonly empty: Term;
  readonly epsilon: Term;
  /** Every string. */
  readonly any: Term;
  /** Strings of at least so many letters. */
  readonly atLeast: (length: number) => Term;
  readonly characters: (set: CharSet) => Term;
  readonly literal: (word: string) => Term;
  readonly concat: (first: Term, rest: Term) => Term;
  readonly repeat: (body: Term, min: number, max: number) => Term;
  readonly and: (parts: readonly Term[]) => Term;
  readonly or: (parts: readonly Term[]) => Term;
  readonly not: (part: Term) => Term;
  /** What may follow the letter. */
  readonly derive: (term: Term, codePoint: number) => Term;
  /** Sets of letters that cover the alphabet; the derivative is the same for all letters of a set. */
  readonly letters: (term: Term) => readonly CharSet[];
  readonly matches: (term: Term, word: string) => boolean;
}

export function createTerms(budget: Budget): Terms {
  const interned = new Map<string, Term>();
  const derivatives = new Map<Term, Map<number, Term>>();
  const partitions = new Map<Term, readonly CharSet[]>();
  const sets = new Map<string, number>();

  function intern(key: string, shape: Shape): Term {
    const known = interned.get(key);
    if (known) return known;
    budget.node();
    const term = { ...shape, id: interned.size } as Term;
    interned.set(key, term);
    return term;
  }

  const empty = intern('empty', { kind: 'empty', nullable: false });
  const epsilon = intern('epsilon', { kind: 'epsilon', nullable: true });
  const anyCharacter = characters(ALL_CHARACTERS);
  const any = repeat(anyCharacter, 0, Number.POSITIVE_INFINITY);
  const some = repeat(anyCharacter, 1, Number.POSITIVE_INFINITY);

  function characters(set: CharSet): Term {
    if (set.isEmpty) return empty;
    return intern(`[${setId(set)}`, { kind: 'characters', set, nullable: false });
  }

  function setId(set: CharSet): number {
    const key = set.toRangesString();
    const id = sets.get(key) ?? sets.size;
    sets.set(key, id);
    return id;
  }

  function literal(word: string): Term {
    return [...word].reduceRight((rest, character) => concat(single(character.codePointAt(0)!), rest), epsilon);
  }

  const single = (codePoint: number) => characters(CharSet.fromCharacter(LAST_CODE_POINT, codePoint));

  function concat(first: Term, rest: Term): Term {
    if (first === empty || rest === empty) return empty;
    if (first === epsilon) return rest;
    if (rest === epsilon) return first;
    if (first === any && rest === any) return any;
    // To the right, so that equal continuations are the same term.
    if (first.kind === 'concat') return concat(first.first, concat(first.rest, rest));
    return intern(`.${first.id},${rest.id}`, {
      kind: 'concat',
      first,
      rest,
      nullable: first.nullable && rest.nullable,
    });
  }

  function repeat(body: Term, min: number, max: number): Term {
    if (max === 0 || body === epsilon) return epsilon;
    if (body === empty) return min === 0 ? epsilon : empty;
    if (min === 1 && max === 1) return body;
    const least = body.nullable ? 0 : min;
    return intern(`*${body.id},${least},${max}`, { kind: 'repeat', body, min: least, max, nullable: least === 0 });
  }

  function and(parts: readonly Term[]): Term {
    return joined('and', parts, empty, any);
  }

  function or(parts: readonly Term[]): Term {
    return joined('or', parts, any, empty);
  }

  /** Associative, commutative, idempotent: without this the derivatives of a term would be infinitely many. */
  function joined(kind: 'and' | 'or', parts: readonly Term[], absorbing: Term, neutral: Term): Term {
    const flat = new Set(parts.flatMap(part => (part.kind === kind ? part.parts : [part])));
    budget.step(flat.size);
    flat.delete(neutral);
    if (flat.has(absorbing)) return absorbing;
    for (const part of flat) if (part.kind === 'not' && flat.has(part.part)) return absorbing;
    if (kind === 'and' && flat.has(epsilon)) return [...flat].every(part => part.nullable) ? epsilon : empty;
    const sorted = [...flat].sort((a, b) => a.id - b.id);
    if (sorted.length === 0) return neutral;
    if (sorted.length === 1) return sorted[0]!;
    const nullable = kind === 'and' ? sorted.every(part => part.nullable) : sorted.some(part => part.nullable);
    return intern(`${kind}${sorted.map(({ id }) => id).join()}`, { kind, parts: sorted, nullable });
  }

  function not(part: Term): Term {
    if (part.kind === 'not') return part.part;
    if (part === empty) return any;
    if (part === any) return empty;
    if (part === epsilon) return some;
    return intern(`!${part.id}`, { kind: 'not', part, nullable: !part.nullable });
  }

  function derive(term: Term, codePoint: number): Term {
    const known = derivatives.get(term)?.get(codePoint);
    if (known) return known;
    budget.step();
    const derived = budget.deeper(() => derivative(term, codePoint));
    let row = derivatives.get(term);
    if (!row) {
      row = new Map();
      derivatives.set(term, row);
    }
    row.set(codePoint, derived);
    return derived;
  }

  function derivative(term: Term, codePoint: number): Term {
    switch (term.kind) {
      case 'empty':
      case 'epsilon':
        return empty;
      case 'characters':
        return term.set.has(codePoint) ? epsilon : empty;
      case 'concat': {
        const through = concat(derive(term.first, codePoint), term.rest);
        return term.first.nullable ? or([through, derive(term.rest, codePoint)]) : through;
      }
      case 'repeat':
        return concat(derive(term.body, codePoint), repeat(term.body, Math.max(0, term.min - 1), term.max - 1));
      case 'and':
        return and(term.parts.map(part => derive(part, codePoint)));
      case 'or':
        return or(term.parts.map(part => derive(part, codePoint)));
      case 'not':
        return not(derive(term.part, codePoint));
    }
  }

  function letters(term: Term): readonly CharSet[] {
    const known = partitions.get(term);
    if (known) return known;
    const partition = budget.deeper(() => partitionOf(term));
    partitions.set(term, partition);
    return partition;
  }

  function partitionOf(term: Term): readonly CharSet[] {
    switch (term.kind) {
      case 'empty':
      case 'epsilon':
        return [ALL_CHARACTERS];
      case 'characters':
        return refine([ALL_CHARACTERS], [term.set]);
      case 'concat':
        return term.first.nullable ? refine(letters(term.first), letters(term.rest)) : letters(term.first);
      case 'repeat':
        return letters(term.body);
      case 'and':
      case 'or':
        return term.parts.map(letters).reduce(refine);
      case 'not':
        return letters(term.part);
    }
  }

  function refine(partition: readonly CharSet[], by: readonly CharSet[]): readonly CharSet[] {
    let blocks = partition;
    for (const set of by) {
      budget.step(blocks.length);
      blocks = blocks.flatMap(block => {
        const inside = block.intersect(set);
        return inside.isEmpty || inside.equals(block) ? [block] : [inside, block.without(set)];
      });
    }
    return blocks;
  }

  function matches(term: Term, word: string): boolean {
    let rest = term;
    for (const character of word) {
      rest = derive(rest, character.codePointAt(0)!);
      if (rest === empty) return false;
    }
    return rest.nullable;
  }

  const atLeast = (length: number) => repeat(anyCharacter, length, Number.POSITIVE_INFINITY);

  return { empty, epsilon, any, atLeast, characters, literal, concat, repeat, and, or, not, derive, letters, matches };
}
