import type { Rule } from '../model/index.ts';

const all = {
  invalid: {
    id: 'example/invalid',
    severity: 'error',
    title: 'An example violates its schema',
    policies: ['D6.3'],
    why: 'Examples are what people copy and what mocks answer with; one of the two is wrong.',
    fix: 'Correct the example, or the schema if the example is right.',
  },
  unusable: {
    id: 'example/schema-unusable',
    severity: 'error',
    title: 'A schema cannot be used to validate anything',
    policies: ['D6.3'],
    why: 'No validator can hold anything against it, here or anywhere else.',
    fix: 'Correct the keyword that the message names.',
  },
} as const satisfies Record<string, Rule>;

export const exampleRules: readonly Rule[] = Object.values(all);
export default all;
