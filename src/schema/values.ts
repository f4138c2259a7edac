import { isObject, type Json } from '../model/json.ts';
import { type Algebra, type Formula, TYPES } from './formula.ts';
import { fromNumber } from './rational.ts';
import type { Strings } from './text/string-set.ts';

/** Exactly these values: scalars as one set for each type, arrays and objects by their structure. */
export function oneOfValues(values: readonly Json[], algebra: Algebra, strings: Strings): Formula {
  const scalars = values.filter(value => typeof value !== 'object' || value === null);
  const present = new Set<string>(scalars.map(value => (value === null ? 'null' : typeof value)));
  const numbers = scalars.filter(value => typeof value === 'number').map(fromNumber);
  const booleans = new Set(scalars.filter(value => typeof value === 'boolean'));
  const scalar = algebra.and([
    algebra.types(TYPES.filter(type => present.has(type))),
    algebra.where({ on: 'number', is: 'among', values: numbers }),
    algebra.where({ on: 'string', is: 'in', set: strings.listed(scalars.filter(value => typeof value === 'string')) }),
    booleans.size === 1 ? algebra.where({ on: 'boolean', is: booleans.has(true) }) : algebra.always,
  ]);
  const structured = values.filter(value => typeof value === 'object' && value !== null);
  return algebra.or([scalar, ...structured.map(value => exactly(value, algebra, strings))]);
}

function exactly(value: Json, algebra: Algebra, strings: Strings): Formula {
  if (Array.isArray(value)) {
    return algebra.and([
      algebra.types(['array']),
      algebra.where({ on: 'array', is: 'long', atLeast: value.length }),
      algebra.unless({ on: 'array', is: 'long', atLeast: value.length + 1 }),
      ...value.map((item, index) =>
        algebra.where({ on: 'array', is: 'item', index, formula: exactly(item, algebra, strings) }),
      ),
    ]);
  }
  if (isObject(value)) {
    const other = strings.others(Object.keys(value), []);
    return algebra.and([
      algebra.types(['object']),
      algebra.unless({ on: 'object', is: 'having', names: other, formula: algebra.always }),
      ...Object.entries(value).flatMap(([name, member]) => {
        const names = strings.listed([name]);
        const another = algebra.not(exactly(member, algebra, strings));
        return [
          algebra.where({ on: 'object', is: 'having', names, formula: algebra.always }),
          algebra.unless({ on: 'object', is: 'having', names, formula: another }),
        ];
      }),
    ]);
  }
  return oneOfValues([value], algebra, strings);
}
