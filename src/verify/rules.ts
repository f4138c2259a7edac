import type { Rule } from '../model/finding.ts';

/** Rules about pacts: against the contracts they name, and against a provider that runs. */
const all = {
  contractMismatch: {
    id: 'pact/contract-mismatch',
    severity: 'error',
    title: 'A pact expects what the contract does not promise',
    policies: ['D7.5'],
    why: 'The consumer relies on something that the provider may leave out or change without notice.',
    fix: 'Correct the consumer and record its pact again, or agree with the owner to add it to the contract.',
  },
  unknownProvider: {
    id: 'pact/unknown-provider',
    severity: 'error',
    title: 'A pact names a provider that is no contract',
    why: 'Nothing checks the pact, and nobody sees the consumer when the provider changes.',
    fix: 'Name the provider as its contract is named, e.g. "suppliers@2" for api:suppliers@2 and event:suppliers@2.',
  },
  unknownConsumer: {
    id: 'pact/unknown-consumer',
    severity: 'error',
    title: 'A pact names a consumer that has no entry',
    policies: ['D6.1'],
    why: 'Nobody can be told when what it uses changes.',
    fix: 'Add a consumer.yaml with this name and its owner, or correct the name in the pact.',
  },
  usesDeprecated: {
    id: 'pact/uses-deprecated',
    severity: 'warn',
    title: 'A consumer uses what is deprecated',
    policies: ['D6.16'],
    why: 'It stops working on the sunset date.',
    fix: 'Move the consumer to a successor and record its pact again.',
  },
  interactionFailed: {
    id: 'verify/interaction-failed',
    severity: 'error',
    title: 'A provider does not answer as a pact expects',
    policies: ['D7.5'],
    why: 'The consumer breaks as soon as it meets this version of the provider.',
    fix: 'Compare the mismatches: correct the provider, or the pact where the consumer expects more than it needs.',
  },
  unknownState: {
    id: 'verify/unknown-state',
    severity: 'warn',
    title: 'A pact asks for a provider state that the provider does not know',
    why: 'The interaction ran in whatever state there was: that it passed says little.',
    fix: 'Add the state to the mock definition or to the provider’s test set-up, or correct its name in the pact.',
  },
} as const satisfies Record<string, Rule>;

export const verifyRules: readonly Rule[] = Object.values(all);
export default all;
