import type { Json } from '../../model/json.ts';
import { itemsEvaluated } from '../evaluated.ts';
import type { Formula } from '../formula.ts';
import { count, type Keyword, type Site } from './keyword.ts';

/** Drafts 6 and 7: at least one item. */
export const contains: Keyword = {
  name: 'contains',
  holds: 'schema',
  reach: 'below',
  formula: (value, site) => holding(site.below(value), 1, site),
};

/** 2019-09: as many items as minContains and maxContains say. */
export const containsCounted: Keyword = {
  ...contains,
  formula(value, site) {
    const { algebra, schema } = site;
    const formula = site.below(value);
    const least = bound(schema['minContains'], 'minContains') ?? 1;
    const most = bound(schema['maxContains'], 'maxContains');
    const atMost =
      most === undefined
        ? algebra.always
        : algebra.unless({ on: 'array', is: 'holding', from: 0, formula, atLeast: most + 1 });
    return algebra.and([holding(formula, least, site), atMost]);
  },
};

/** 2020-12: and they count as evaluated. */
export const containsEvaluating: Keyword = {
  ...containsCounted,
  cases: (value, { algebra, below }) => itemsEvaluated({ upTo: 0, matching: [below(value)] }, algebra),
};

function holding(formula: Formula, atLeast: number, { algebra }: Site): Formula {
  return algebra.where({ on: 'array', is: 'holding', from: 0, formula, atLeast });
}

const bound = (value: Json | undefined, keyword: string) => (value === undefined ? undefined : count(value, keyword));
