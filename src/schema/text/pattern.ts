/** ECMA-262 patterns as languages: of all strings in which the pattern is found. */
import { CharSet, type Concatenation, type Element, JS, type NoParent } from 'refa';
import { Unsupported } from '../budget.ts';
import { modernPattern } from './legacy-pattern.ts';
import { ALL_CHARACTERS, type Term, type Terms } from './term.ts';

type Alternatives = readonly NoParent<Concatenation>[];
type Part = NoParent<Element>;

/**
 * What stands before the place that is looked at: nothing, or a letter of one of the blocks that the look-behinds of
 * the pattern tell apart.
 */
type Before = 'start' | number;
type Next = (before: Before) => Term;

/** The pattern as the flag `u` allows it. Throws {@link Unsupported} where it is none. */
export function unicodePattern(pattern: string): string {
  const readable = isPattern(pattern) ? pattern : modernPattern(pattern);
  if (readable !== undefined && isPattern(readable)) return readable;
  throw new Unsupported(`${JSON.stringify(pattern)} is no regular expression`);
}

function isPattern(pattern: string): boolean {
  try {
    new RegExp(pattern, 'u');
    return true;
  } catch {
    return false;
  }
}

/**
 * Look-aheads become intersections with what follows, look-behinds of one letter are resolved by keeping track of it.
 * Throws {@link Unsupported} for longer look-behinds, unbounded repetition of assertions and infinite back references.
 */
export function patternTerm(pattern: string, terms: Terms): Term {
  const source = unicodePattern(pattern);
  const { expression } = JS.Parser.fromLiteral({ source, flags: 'u' }).parse({ backreferences: 'unknown' });
  const { alternatives } = expression as NoParent<typeof expression>;
  const blocks = blocksOf(alternatives);
  return createReader(terms, blocks).found(alternatives);
}

function createReader(terms: Terms, blocks: readonly CharSet[]) {
  /** The pattern is tried at the start and behind every letter. */
  function found(alternatives: Alternatives): Term {
    const anything: Next = () => terms.any;
    const later = blocks.map((block, index) =>
      terms.concat(terms.concat(terms.any, terms.characters(block)), read(alternatives, index, anything)),
    );
    return terms.or([read(alternatives, 'start', anything), ...later]);
  }

  function read(alternatives: Alternatives, before: Before, next: Next): Term {
    return terms.or(alternatives.map(({ elements }) => sequence(elements, before, next)));
  }

  function sequence(elements: readonly Part[], before: Before, next: Next): Term {
    const [first, ...rest] = elements;
    if (!first) return next(before);
    return element(
      first,
      before,
      remembered(place => sequence(rest, place, next)),
    );
  }

  function element(part: Part, before: Before, next: Next): Term {
    if (!asserts(part)) return consume(plain(part), before, next);
    switch (part.type) {
      case 'Alternation':
        return read(part.alternatives, before, next);
      case 'Quantifier':
        return unrolled(part.alternatives, part.min, part.max, before, next);
      case 'Assertion':
        return part.kind === 'ahead' ? ahead(part, before, next) : behind(part, before, next);
      default:
        throw new Unsupported('a back reference in a pattern');
    }
  }

  /** A language, and what may follow it: which depends on its last letter where a look-behind comes later. */
  function consume(language: Term, before: Before, next: Next): Term {
    const after = blocks.map((_, index) => next(index));
    const untouched = language.nullable ? next(before) : after[0]!;
    if ([...after, untouched].every(term => term === after[0])) return terms.concat(language, after[0]!);
    const endings = blocks.map((block, index) =>
      terms.concat(terms.and([language, terms.concat(terms.any, terms.characters(block))]), after[index]!),
    );
    return terms.or(language.nullable ? [untouched, ...endings] : endings);
  }

  function unrolled(body: Alternatives, min: number, max: number, before: Before, next: Next): Term {
    if (max > MOST_UNROLLED) throw new Unsupported('an assertion in an unbounded repetition of a pattern');
    const from = (done: number, place: Before): Term => {
      const again =
        done < max
          ? [
              read(
                body,
                place,
                remembered(after => from(done + 1, after)),
              ),
            ]
          : [];
      return terms.or(done >= min ? [next(place), ...again] : again);
    };
    return from(0, before);
  }

  function ahead(part: Part & { type: 'Assertion' }, before: Before, next: Next): Term {
    const seen = read(part.alternatives, before, () => terms.any);
    return terms.and([part.negate ? terms.not(seen) : seen, next(before)]);
  }

  function behind(part: Part & { type: 'Assertion' }, before: Before, next: Next): Term {
    const set = lookBehind(part.alternatives);
    const seen = before !== 'start' && !blocks[before]!.isDisjointWith(set);
    return seen !== part.negate ? next(before) : terms.empty;
  }

  function plain(part: Part): Term {
    switch (part.type) {
      case 'CharacterClass':
        return terms.characters(part.characters);
      case 'Alternation':
        return plainAlternatives(part.alternatives);
      case 'Quantifier':
        return terms.repeat(plainAlternatives(part.alternatives), part.min, part.max);
      default:
        throw new Unsupported('a back reference in a pattern');
    }
  }

  function plainAlternatives(alternatives: Alternatives): Term {
    return terms.or(
      alternatives.map(({ elements }) =>
        elements.reduceRight((rest, part) => terms.concat(plain(part), rest), terms.epsilon),
      ),
    );
  }

  return { found };
}

const MOST_UNROLLED = 16;

function remembered(next: Next): Next {
  const known = new Map<Before, Term>();
  return before => {
    const term = known.get(before) ?? next(before);
    known.set(before, term);
    return term;
  };
}

function asserts(part: Part): boolean {
  if (part.type === 'Assertion') return true;
  if (part.type !== 'Alternation' && part.type !== 'Quantifier') return false;
  return part.alternatives.some(({ elements }) => elements.some(asserts));
}

/** The letters that a look-behind asks for; it may ask for one. */
function lookBehind(alternatives: Alternatives): CharSet {
  const sets = alternatives.map(({ elements }) => {
    const [only, ...more] = elements;
    if (only?.type === 'CharacterClass' && more.length === 0) return only.characters;
    throw new Unsupported('a look-behind of more than one character in a pattern');
  });
  return CharSet.empty(ALL_CHARACTERS.maximum).union(...sets);
}

/** The alphabet, split by all look-behinds of the pattern. */
function blocksOf(alternatives: Alternatives): readonly CharSet[] {
  let blocks: readonly CharSet[] = [ALL_CHARACTERS];
  const visit = (parts: Alternatives): void => {
    for (const part of parts.flatMap(({ elements }) => elements)) {
      if (!('alternatives' in part)) continue;
      if (part.type === 'Assertion' && part.kind === 'behind') {
        const set = lookBehind(part.alternatives);
        blocks = blocks.flatMap(block => [block.intersect(set), block.without(set)]).filter(block => !block.isEmpty);
      } else visit(part.alternatives);
    }
  };
  visit(alternatives);
  return blocks;
}
