import type { Rule } from '../model/index.ts';

const all = {
  expression: {
    id: 'mapping/expression',
    severity: 'error',
    title: 'An expression of a mapping cannot be parsed',
    why: 'The field is never mapped.',
    fix: 'Correct the JSONata at the position shown.',
  },
  unknownField: {
    id: 'mapping/unknown-field',
    severity: 'error',
    title: 'A mapping names a field that the schema does not have',
    why: 'It reads nothing, or writes what the other side ignores or refuses.',
    fix: 'Correct the name, or add the field to the schema.',
  },
  requiredField: {
    id: 'mapping/required-field',
    severity: 'error',
    title: 'A mapping never writes a field that the target requires',
    why: 'No document that it produces is accepted.',
    fix: 'Map the field, or give it a constant.',
  },
  test: {
    id: 'mapping/test-failed',
    severity: 'error',
    title: 'A test of a mapping fails',
    why: 'The mapping does not do what its owner says it does.',
    fix: 'Correct the expression, or the expectation, after you know which of them is wrong.',
  },
} as const satisfies Record<string, Rule>;

export const mappingRules: readonly Rule[] = Object.values(all);
export default all;
