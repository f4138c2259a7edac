import { type Budget, Unsupported } from './budget.ts';
import type { Formula } from './formula.ts';
import { satisfies } from './satisfies.ts';
import type { StringSet, Strings } from './text/string-set.ts';
import type { Term } from './text/term.ts';

interface Means {
  readonly strings: Strings;
  readonly budget: Budget;
  readonly expand: (name: string) => Formula;
}

/** The strings that do not satisfy the formula. */
export function stringsOutside(formula: Formula, means: Means): StringSet {
  const listed = onlyStrings(formula);
  if (listed) return means.strings.others(listed, []);
  let term: Term | undefined;
  return {
    key: `~${formula.id}`,
    words: undefined,
    has(word) {
      const inside = satisfies(formula, word, means);
      return inside === undefined ? undefined : !inside;
    },
    term() {
      term ??= means.strings.terms.not(language(formula, means));
      return term;
    },
  };
}

/** The strings of an `enum`. */
function onlyStrings(formula: Formula): ReadonlySet<string> | undefined {
  const parts = formula.kind === 'and' ? formula.parts : [formula];
  const set = parts.flatMap(part =>
    part.kind === 'literal' && part.holds && part.atom.is === 'in' ? [part.atom.set] : [],
  );
  const others = parts.filter(part => part.kind !== 'literal' || part.atom.on === 'string');
  const plain = others.every(part => (part.kind === 'types' ? part.types.has('string') : part.kind === 'literal'));
  return plain && set.length === 1 && others.filter(part => part.kind === 'literal').length === 1
    ? set[0]!.words
    : undefined;
}

/** The strings that satisfy the formula. */
function language(formula: Formula, means: Means): Term {
  const { terms } = means.strings;
  switch (formula.kind) {
    case 'true':
      return terms.any;
    case 'false':
      return terms.empty;
    case 'types':
      return formula.types.has('string') ? terms.any : terms.empty;
    case 'literal': {
      const { atom } = formula;
      if (atom.on !== 'string') return formula.guard === 'if' ? terms.any : terms.empty;
      if (atom.is === 'formatted') throw new Unsupported(`nothing is known of the format ${JSON.stringify(atom.as)}`);
      const inside = atom.is === 'in' ? atom.set.term() : terms.atLeast(atom.atLeast);
      return formula.holds ? inside : terms.not(inside);
    }
    case 'and':
      return terms.and(formula.parts.map(part => language(part, means)));
    case 'or':
      return terms.or(formula.parts.map(part => language(part, means)));
    case 'reference': {
      const inside = means.budget.deeper(() => language(means.expand(formula.name), means));
      return formula.holds ? inside : terms.not(inside);
    }
  }
}
