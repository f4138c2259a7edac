import type { Rule } from '../model/index.ts';

const all = {
  unknownTarget: {
    id: 'graph/unknown-target',
    severity: 'error',
    title: 'Something refers to an id that the estate does not have',
    policies: ['D6.1'],
    why: 'An owner, a system, a successor or an operation that does not exist answers for nothing.',
    fix: 'Correct the id, or add the entry that it names.',
  },
  undeclaredUse: {
    id: 'graph/undeclared-use',
    severity: 'warn',
    title: 'A consumer uses something that it does not declare',
    policies: ['D6.18'],
    why: 'Whoever plans by the declarations overlooks this consumer.',
    fix: 'Add it to `uses` in the consumer entry.',
  },
  unprovenUse: {
    id: 'graph/unproven-use',
    severity: 'info',
    title: 'A consumer declares a use that no pact shows',
    why: 'Nobody can tell whether a change breaks it.',
    fix: 'Add an interaction to its pact, or remove the declaration.',
  },
  duplicateConcept: {
    id: 'graph/duplicate-concept',
    severity: 'error',
    title: 'Two canonical schemas define the same concept',
    policies: ['D6.3'],
    why: 'Two definitions of one thing drift apart, and then two systems mean different things by one word.',
    fix: 'Keep one definition and refer to it with $ref; where the things differ, give them names that say so.',
  },
  stepUnbound: {
    id: 'graph/workflow-step-unbound',
    severity: 'error',
    title: 'A workflow step names an operation or channel that does not exist',
    why: 'The workflow cannot run, and impact analysis does not see what it depends on.',
    fix: 'Name an operationId, or a channelPath, of one of the workflow’s source descriptions.',
  },
} as const satisfies Record<string, Rule>;

export const graphRules: readonly Rule[] = Object.values(all);
export default all;
