import type { Json } from '../../model/json.ts';
import { type Case, provided, together } from '../evaluated.ts';
import type { Formula } from '../formula.ts';
import { count, type Keyword, map, names, type Site } from './keyword.ts';

export const required: Keyword = {
  name: 'required',
  formula: (value, site) => requires(names(value, 'required'), site),
};

export const minProperties: Keyword = {
  name: 'minProperties',
  formula: (value, { algebra }) => algebra.where({ on: 'object', is: 'large', atLeast: count(value, 'minProperties') }),
};

export const maxProperties: Keyword = {
  name: 'maxProperties',
  formula: (value, { algebra }) =>
    algebra.unless({ on: 'object', is: 'large', atLeast: count(value, 'maxProperties') + 1 }),
};

export const dependentRequired: Keyword = {
  name: 'dependentRequired',
  formula: (value, site) =>
    site.algebra.and(
      map(value, 'dependentRequired').map(([name, needed]) =>
        where(name, requires(names(needed, 'dependentRequired'), site), site),
      ),
    ),
};

export const dependentSchemas: Keyword = {
  name: 'dependentSchemas',
  holds: 'map',
  reach: 'here',
  formula: (value, site) =>
    site.algebra.and(map(value, 'dependentSchemas').map(([name, schema]) => where(name, site.here(schema), site))),
  cases: (value, site) => present(map(value, 'dependentSchemas'), site),
};

/** Before 2019-09: names or a schema. */
export const dependencies: Keyword = {
  name: 'dependencies',
  holds: 'map of schemas or names',
  reach: 'here',
  formula: (value, site) =>
    site.algebra.and(
      map(value, 'dependencies').map(([name, needed]) =>
        where(name, Array.isArray(needed) ? requires(names(needed, 'dependencies'), site) : site.here(needed), site),
      ),
    ),
  cases: (value, site) =>
    present(
      map(value, 'dependencies').filter(([, needed]) => !Array.isArray(needed)),
      site,
    ),
};

/** What the schemas of those members evaluate that are there. */
function present(schemas: readonly (readonly [string, Json])[], site: Site): Case[] {
  const { algebra, strings } = site;
  const families = schemas.map(([name, schema]) => {
    const there = algebra.is({ on: 'object', is: 'having', names: strings.listed([name]), formula: algebra.always });
    return provided(there, site.cases(schema), algebra);
  });
  return together(families, algebra);
}

function requires(names: readonly string[], site: Site): Formula {
  return site.algebra.and(names.map(name => has(name, site)));
}

/** Where the value is an object: it has the member. */
function has(name: string, { algebra, strings }: Site): Formula {
  return algebra.where({ on: 'object', is: 'having', names: strings.listed([name]), formula: algebra.always });
}

/** Where the value is an object with the member, the formula. */
function where(name: string, formula: Formula, { algebra, strings }: Site): Formula {
  const absent = algebra.unless({
    on: 'object',
    is: 'having',
    names: strings.listed([name]),
    formula: algebra.always,
  });
  return algebra.or([absent, formula]);
}
