import type { Json } from '../../model/json.ts';
import { type Algebra, type Formula, TYPES, type Type } from '../formula.ts';
import { ONE } from '../rational.ts';
import { type Keyword, malformed } from './keyword.ts';

export const type: Keyword = {
  name: 'type',
  formula: (value, { algebra }) => union(value, algebra),
};

/** OpenAPI 3.0: `nullable` adds null to the types of the same schema object, and means nothing without them. */
export const nullableType: Keyword = {
  name: 'type',
  formula: (value, { schema, algebra }) =>
    schema['nullable'] === true ? algebra.or([union(value, algebra), algebra.types(['null'])]) : union(value, algebra),
};

function union(value: Json, algebra: Algebra): Formula {
  return algebra.or((Array.isArray(value) ? value : [value]).map(name => named(name, algebra)));
}

function named(name: Json, algebra: Algebra): Formula {
  if (name === 'integer') return algebra.is({ on: 'number', is: 'multiple', of: ONE });
  const known = TYPES.find(type => type === name) satisfies Type | undefined;
  if (!known) throw malformed('type', 'the name of a type, or several');
  return algebra.types([known]);
}
