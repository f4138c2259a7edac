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
  noSchema: {
    id: 'mapping/no-schema',
    severity: 'error',
    title: 'A side of a mapping is no schema',
    why: 'Nothing of the mapping can be checked on that side.',
    fix: 'Refer to a schema, or to a node of a file layout, e.g. layout.yaml#/structure/invoice; correct the layout if it is not valid.',
  },
  test: {
    id: 'mapping/test-failed',
    severity: 'error',
    title: 'A test of a mapping fails',
    why: 'The mapping does not do what its owner says it does.',
    fix: 'Correct the expression, or the expectation, after you know which of them is wrong.',
  },
  notGenerated: {
    id: 'mapping/not-generated',
    severity: 'error',
    title: 'No documents can be generated to prove a mapping with',
    why: 'Nothing is known about the mapping beyond its own few tests.',
    fix: 'Read what the schema or the assumption cannot mean at once, and correct it.',
  },
  assumption: {
    id: 'mapping/assumption-too-strong',
    severity: 'error',
    title: 'A mapping assumes what hardly any valid document fulfils',
    why: 'The proof then covers a corner of what the contract allows, and says nothing of the rest.',
    fix: 'State it as a schema (`assumes[].schema`), which generates such documents; or correct the contract.',
  },
  expressionFailed: {
    id: 'mapping/expression-failed',
    severity: 'error',
    title: 'An expression of a mapping fails on a valid document',
    why: 'The message is rejected by our own adapter, and somebody has to repair it by hand.',
    fix: 'Let the expression cope with the document shown, or state in `assumes` why it never occurs.',
  },
  invalidOutput: {
    id: 'mapping/invalid-output',
    severity: 'error',
    title: 'A mapping turns a valid document into one that the other side refuses',
    why: 'The order, receipt or invoice stays behind, and the two systems no longer agree.',
    fix: 'Correct the expression for the document shown, or state in `assumes` why it never occurs.',
  },
  notKept: {
    id: 'mapping/not-kept',
    severity: 'error',
    title: 'A field does not survive the way there and back, and is not listed as lost',
    why: 'Whoever reads the record from the other system sees something else than what was written.',
    fix: 'Map the field in both directions, or list it under `lost` with the reason.',
  },
  keptAfterAll: {
    id: 'mapping/kept-after-all',
    severity: 'warn',
    title: 'A field that is listed as lost always survives',
    why: 'Readers of the mapping work around a loss that does not happen.',
    fix: 'Take it off the list.',
  },
  unaccountedField: {
    id: 'mapping/unaccounted-field',
    severity: 'warn',
    title: 'A field is not mapped in both directions and is not listed as lost',
    why: 'Nobody decided what happens to it, and no generated document had it.',
    fix: 'Map the field, or list it under `lost` with the reason.',
  },
  untestedExpression: {
    id: 'mapping/untested-expression',
    severity: 'warn',
    title: 'Nothing notices a fault in an expression of a mapping',
    why: 'The next change can make the same fault without a failing test.',
    fix: 'Add a test or a variant of one whose output differs; drop what makes no difference; or state under `equivalent` why no valid document can show it.',
  },
  unpinnedCode: {
    id: 'mapping/unpinned-code',
    severity: 'warn',
    title: 'No test of a mapping states what becomes of a code',
    why: 'A code that is wrong in both directions survives the way there and back, so generated documents cannot tell.',
    fix: 'Add a test, or a variant of one, with the code on both sides.',
  },
  notEquivalent: {
    id: 'mapping/not-equivalent',
    severity: 'warn',
    title: 'A change that a mapping states to make no difference makes one, or does not exist',
    why: 'The statement hides a fault that a test could find.',
    fix: 'Take it off the list; where a test is missing, add it.',
  },
} as const satisfies Record<string, Rule>;

export const mappingRules: readonly Rule[] = Object.values(all);
export default all;
