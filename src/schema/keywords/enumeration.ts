import { oneOfValues } from '../values.ts';
import { type Keyword, list } from './keyword.ts';

export const enumeration: Keyword = {
  name: 'enum',
  formula: (value, { algebra, strings }) => oneOfValues(list(value, 'enum'), algebra, strings),
};

export const constant: Keyword = {
  name: 'const',
  formula: (value, { algebra, strings }) => oneOfValues([value], algebra, strings),
};
