import { get, isObject, type Json } from '../../model/json.ts';
import { properties as evaluates } from '../evaluated.ts';
import type { Formula } from '../formula.ts';
import type { StringSet, Strings } from '../text/string-set.ts';
import { type Keyword, map, type Site } from './keyword.ts';

export const properties: Keyword = {
  name: 'properties',
  holds: 'map',
  reach: 'below',
  formula: (value, site) =>
    site.algebra.and(
      map(value, 'properties').map(([name, schema]) => every(site.strings.listed([name]), site.below(schema), site)),
    ),
  cases: (value, { algebra, strings }) =>
    evaluates([strings.listed(map(value, 'properties').map(([name]) => name))], algebra),
};

export const patternProperties: Keyword = {
  name: 'patternProperties',
  holds: 'map',
  reach: 'below',
  formula: (value, site) =>
    site.algebra.and(
      map(value, 'patternProperties').map(([pattern, schema]) =>
        every(site.strings.pattern(pattern), site.below(schema), site),
      ),
    ),
  cases: (value, { algebra, strings }) =>
    evaluates(
      map(value, 'patternProperties').map(([pattern]) => strings.pattern(pattern)),
      algebra,
    ),
};

export const additionalProperties: Keyword = {
  name: 'additionalProperties',
  holds: 'schema',
  reach: 'below',
  formula: (value, site) => every(additionalNames(site.schema, site.strings), site.below(value), site),
  cases: (_, { algebra }) => evaluates('all', algebra),
};

export const propertyNames: Keyword = {
  name: 'propertyNames',
  holds: 'schema',
  reach: 'below',
  formula(value, site) {
    const { algebra } = site;
    return algebra.unless({
      on: 'object',
      is: 'having',
      names: site.namesOutside(site.below(value)),
      formula: algebra.always,
    });
  },
};

/** Names that neither `properties` nor `patternProperties` of the same schema object speaks of. */
export function additionalNames(schema: Json, strings: Strings): StringSet {
  const keys = (value: Json | undefined) => (isObject(value) ? Object.keys(value) : []);
  const [named, matched] = [keys(get(schema, 'properties')), keys(get(schema, 'patternProperties'))];
  return strings.others(named, matched.map(strings.pattern));
}

/** Every member with such a name has such a value. */
export function every(names: StringSet, formula: Formula, { algebra }: Pick<Site, 'algebra'>): Formula {
  return algebra.unless({ on: 'object', is: 'having', names, formula: algebra.not(formula) });
}
