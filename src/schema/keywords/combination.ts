import type { Json } from '../../model/json.ts';
import { type Case, provided, together } from '../evaluated.ts';
import type { Formula } from '../formula.ts';
import { type Keyword, list, type Site } from './keyword.ts';

export const allOf: Keyword = {
  name: 'allOf',
  holds: 'schemas',
  reach: 'here',
  formula: (value, site) => site.algebra.and(list(value, 'allOf').map(site.here)),
  cases: (value, site) => together(list(value, 'allOf').map(site.cases), site.algebra),
};

export const anyOf: Keyword = {
  name: 'anyOf',
  holds: 'schemas',
  reach: 'here',
  formula: (value, site) => site.algebra.or(list(value, 'anyOf').map(site.here)),
  cases: (value, site) =>
    together(
      list(value, 'anyOf').map(schema => provided(site.here(schema), site.cases(schema), site.algebra)),
      site.algebra,
    ),
};

export const oneOf: Keyword = {
  name: 'oneOf',
  holds: 'schemas',
  reach: 'here',
  formula: (value, site) => exactlyOne(list(value, 'oneOf').map(site.here), site),
  // The others do not hold, or the keyword does not.
  cases: (value, site) => branches(list(value, 'oneOf'), site),
};

export const not: Keyword = {
  name: 'not',
  holds: 'schema',
  reach: 'here',
  formula: (value, site) => site.algebra.not(site.here(value)),
};

/** `then` and `else` mean nothing without `if`. */
export const conditional: Keyword = {
  name: 'if',
  holds: 'schema',
  reach: 'here',
  formula(value, site) {
    const { algebra, here } = site;
    const condition = here(value);
    const [then, otherwise] = [site.schema['then'] ?? true, site.schema['else'] ?? true];
    return algebra.and([algebra.or([algebra.not(condition), here(then)]), algebra.or([condition, here(otherwise)])]);
  },
  cases(value, site) {
    const { algebra, here, cases } = site;
    const condition = here(value);
    const met = together([cases(value), cases(site.schema['then'] ?? true)], algebra);
    const unmet = cases(site.schema['else'] ?? true);
    return [...restricted(condition, met, site), ...restricted(algebra.not(condition), unmet, site)];
  },
};

export function branches(schemas: readonly Json[], site: Site): Case[] {
  return schemas.flatMap(schema => restricted(site.here(schema), site.cases(schema), site));
}

function restricted(condition: Formula, cases: readonly Case[], { algebra }: Site): Case[] {
  return cases.map(({ when, evaluated }) => ({ when: algebra.and([condition, when]), evaluated }));
}

/**
 * One branch and none of the others. Its negation then reads "each branch that holds is not alone", which facts about
 * other branches decide at once; pairs of branches would be as many, and decided late.
 */
function exactlyOne(formulas: readonly Formula[], { algebra }: Site): Formula {
  const negations = formulas.map(algebra.not);
  return algebra.or(
    formulas.map((formula, index) => algebra.and([formula, ...negations.filter((_, other) => other !== index)])),
  );
}
