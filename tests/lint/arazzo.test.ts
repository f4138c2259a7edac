import { expect, test } from 'vitest';
import { lint, loadRuleset } from '../../src/lint/index.ts';
import { estateOf } from '../estates.ts';

/** A workflow with a field of 1.1, a step without a description and an expression that leads nowhere. */
const flow = (version: string) => `arazzo: ${version}
info: {title: Flow, version: 1.0.0, summary: s, description: d}
x-governance: {id: "workflow:flow@1"}
sourceDescriptions: [{name: events, url: events.yaml, type: asyncapi}]
workflows:
  - workflowId: flow
    summary: s
    description: d
    steps:
      - stepId: only
        operationId: $sourceDescriptions.events.publishMade
        action: receive
        outputs: {made: $steps.nobody.outputs.made}
`;
const rulesFor = async (version: string) => {
  const estate = estateOf({ 'flow.yaml': flow(version) });
  const ruleset = await loadRuleset('rulesets', 'internal.yaml');
  const findings = await lint(estate, [{ ruleset, contracts: estate.contracts }]);
  return new Set(findings.map(({ rule }) => rule).filter(rule => rule.startsWith('lint/arazzo-')));
};

test('the rules of Arazzo 1.0 hold for 1.1, but for its JSON Schema', async () => {
  const [older, newer] = [await rulesFor('1.0.1'), await rulesFor('1.1.0')];
  expect(newer).toEqual(new Set(['lint/arazzo-step-description', 'lint/arazzo-step-output-validation']));
  expect(older).toEqual(new Set([...newer, 'lint/arazzo-document-schema']));
});

test('a version that is not known yet is not held against them', async () => {
  expect(await rulesFor('1.2.0')).toEqual(new Set());
});
