import type { Json } from '../../model/json.ts';
import { itemsEvaluated } from '../evaluated.ts';
import type { Formula } from '../formula.ts';
import { type Keyword, list, type Site } from './keyword.ts';

/** 2020-12: one schema for each of the first items. */
export const prefixItems: Keyword = {
  name: 'prefixItems',
  holds: 'schemas',
  reach: 'below',
  formula: (value, site) => first(list(value, 'prefixItems'), site),
  cases: (value, { algebra }) => itemsEvaluated({ upTo: list(value, 'prefixItems').length, matching: [] }, algebra),
};

/** 2020-12: the items behind those of prefixItems. */
export const items: Keyword = {
  name: 'items',
  holds: 'schema',
  reach: 'below',
  formula: (value, site) => from(prefixLength(site.schema['prefixItems']), value, site),
  cases: (_, { algebra }) => itemsEvaluated('all', algebra),
};

/** Before 2020-12: a schema for all items, or one for each of the first. */
export const itemsOrTuple: Keyword = {
  name: 'items',
  holds: 'schema or schemas',
  reach: 'below',
  formula: (value, site) => (Array.isArray(value) ? first(value, site) : from(0, value, site)),
  cases: (value, { algebra }) =>
    itemsEvaluated(Array.isArray(value) ? { upTo: value.length, matching: [] } : 'all', algebra),
};

/** Before 2020-12: the items behind a tuple; means nothing beside any other `items`. */
export const additionalItems: Keyword = {
  name: 'additionalItems',
  holds: 'schema',
  reach: 'below',
  formula: (value, site) =>
    Array.isArray(site.schema['items']) ? from(site.schema['items'].length, value, site) : site.algebra.always,
  cases: (_, { schema, algebra }) => (Array.isArray(schema['items']) ? itemsEvaluated('all', algebra) : []),
};

function first(schemas: readonly Json[], { algebra, below }: Site): Formula {
  return algebra.and(
    schemas.map((schema, index) => algebra.where({ on: 'array', is: 'item', index, formula: below(schema) })),
  );
}

function from(start: number, schema: Json, { algebra, below }: Site): Formula {
  return algebra.unless({ on: 'array', is: 'holding', from: start, formula: algebra.not(below(schema)), atLeast: 1 });
}

const prefixLength = (value: Json | undefined) => (Array.isArray(value) ? value.length : 0);
