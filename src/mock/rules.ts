import type { Rule } from '../model/finding.ts';

/** Rules about mocks: whether what they add to the contracts can be believed. */
const all = {
  definitionInvalid: {
    id: 'mock/definition-invalid',
    severity: 'error',
    title: 'A mock definition is not valid',
    why: 'A misspelt behaviour or state is silently not mocked, and tests pass against something that does not exist.',
    fix: 'Correct the key shown; the published schema and the dialect list what there is.',
  },
} as const satisfies Record<string, Rule>;

export const mockRules: readonly Rule[] = Object.values(all);
export default all;
