import { count, type Keyword } from './keyword.ts';

export const minItems: Keyword = {
  name: 'minItems',
  formula: (value, { algebra }) => algebra.where({ on: 'array', is: 'long', atLeast: count(value, 'minItems') }),
};

export const maxItems: Keyword = {
  name: 'maxItems',
  formula: (value, { algebra }) => algebra.unless({ on: 'array', is: 'long', atLeast: count(value, 'maxItems') + 1 }),
};

export const uniqueItems: Keyword = {
  name: 'uniqueItems',
  formula: (value, { algebra }) => (value === true ? algebra.where({ on: 'array', is: 'unique' }) : algebra.always),
};
