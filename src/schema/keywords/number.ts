import type { Json } from '../../model/json.ts';
import type { Formula } from '../formula.ts';
import { fromNumber } from '../rational.ts';
import { type Keyword, malformed, number, type Site } from './keyword.ts';

export const multipleOf: Keyword = {
  name: 'multipleOf',
  formula(value, { algebra }) {
    const unit = number(value, 'multipleOf');
    if (unit <= 0) throw malformed('multipleOf', 'above zero');
    return algebra.where({ on: 'number', is: 'multiple', of: fromNumber(unit) });
  },
};

export const minimum: Keyword = { name: 'minimum', formula: (value, site) => above('minimum', value, true, site) };
export const maximum: Keyword = { name: 'maximum', formula: (value, site) => below('maximum', value, true, site) };

export const exclusiveMinimum: Keyword = {
  name: 'exclusiveMinimum',
  formula: (value, site) => above('exclusiveMinimum', value, false, site),
};

export const exclusiveMaximum: Keyword = {
  name: 'exclusiveMaximum',
  formula: (value, site) => below('exclusiveMaximum', value, false, site),
};

/** Draft 4 and OpenAPI 3.0: a boolean beside the bound makes it exclusive. */
export const minimumWithFlag: Keyword = {
  name: 'minimum',
  formula: (value, site) => above('minimum', value, site.schema['exclusiveMinimum'] !== true, site),
};

export const maximumWithFlag: Keyword = {
  name: 'maximum',
  formula: (value, site) => below('maximum', value, site.schema['exclusiveMaximum'] !== true, site),
};

function above(keyword: string, value: Json, orEqual: boolean, { algebra }: Site): Formula {
  return algebra.where({ on: 'number', is: 'above', bound: fromNumber(number(value, keyword)), orEqual });
}

function below(keyword: string, value: Json, orEqual: boolean, { algebra }: Site): Formula {
  const bound = fromNumber(number(value, keyword));
  return algebra.unless({ on: 'number', is: 'above', bound, orEqual: !orEqual });
}
