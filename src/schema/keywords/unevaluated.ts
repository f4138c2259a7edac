import { type Case, itemsEvaluated, properties } from '../evaluated.ts';
import type { Formula } from '../formula.ts';
import type { Keyword, Site } from './keyword.ts';
import { every } from './properties.ts';

export const unevaluatedProperties: Keyword = {
  name: 'unevaluatedProperties',
  holds: 'schema',
  reach: 'below',
  formula: (value, site) => otherProperties(site.ownCases(), site.below(value), site),
  cases: (_, { algebra }) => properties('all', algebra),
};

export const unevaluatedItems: Keyword = {
  name: 'unevaluatedItems',
  holds: 'schema',
  reach: 'below',
  formula: (value, site) => otherItems(site.ownCases(), site.below(value), site),
  cases: (_, { algebra }) => itemsEvaluated('all', algebra),
};

/** Members that no case evaluates satisfy the formula. */
export function otherProperties(cases: readonly Case[], formula: Formula, site: Site): Formula {
  const { algebra, strings } = site;
  return algebra.or(
    cases.map(({ when, evaluated: { properties } }) => {
      if (properties === 'all') return when;
      const listed = properties.flatMap(set => (set.words ? [...set.words] : []));
      const others = strings.others(
        listed,
        properties.filter(set => !set.words),
      );
      return algebra.and([when, every(others, formula, site)]);
    }),
  );
}

function otherItems(cases: readonly Case[], formula: Formula, { algebra }: Site): Formula {
  return algebra.or(
    cases.map(({ when, evaluated: { items } }) => {
      if (items === 'all') return when;
      const failing = algebra.not(algebra.or([formula, ...items.matching]));
      return algebra.and([
        when,
        algebra.unless({ on: 'array', is: 'holding', from: items.upTo, formula: failing, atLeast: 1 }),
      ]);
    }),
  );
}
