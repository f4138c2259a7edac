import { describe, expect, test } from 'vitest';
import { edgesOf, inspectGraph } from '../../src/graph/index.ts';
import { estateOf } from '../estates.ts';

const API = `openapi: 3.1.0
info: {title: Things, version: 1.0.0}
x-governance: {id: "api:things@1", owner: "team:a"}
paths:
  /things: {get: {operationId: listThings, responses: {'200': {description: ok}}}}
`;
const EVENTS = `asyncapi: 3.0.0
info: {title: Things, version: 1.0.0}
x-governance: {id: "event:things@1", owner: "team:a"}
channels:
  things:
    address: things
    messages:
      thingMade: {payload: {type: object}}
      thingLost: {payload: {type: object}}
  answers/all:
    address: answers
    messages:
      answered: {payload: {type: object}}
operations:
  publishMade:
    action: send
    channel: {$ref: '#/channels/things'}
    messages: [{$ref: '#/channels/things/messages/thingMade'}]
  publishAny: {action: send, channel: {$ref: '#/channels/things'}}
`;
const OLD_EVENTS = `asyncapi: 2.6.0
info: {title: Old things, version: 1.0.0}
x-governance: {id: "event:old-things@1", owner: "team:a"}
channels:
  things: {subscribe: {operationId: publishOld, message: {name: oldThing, payload: {type: object}}}}
`;
const workflow = (step: string, sources = ['things', 'events', 'old']) => `arazzo: 1.1.0
info: {title: Flow, version: 1.0.0}
x-governance: {id: "workflow:flow@1", owner: "team:a"}
sourceDescriptions:
${sources.map(name => `  - {name: ${name}, url: ${name}.yaml, type: ${name === 'things' ? 'openapi' : 'asyncapi'}}`).join('\n')}
workflows:
  - workflowId: flow
    steps:
      - {stepId: only, ${step}}
`;
const read = (step: string, sources?: string[]) => {
  const files = { 'things.yaml': API, 'events.yaml': EVENTS, 'old.yaml': OLD_EVENTS };
  const estate = estateOf({ ...files, 'flow.yaml': workflow(step, sources) });
  return {
    edges: edgesOf(estate)
      .filter(({ from }) => from === 'workflow:flow@1#only')
      .map(({ relation, to }) => `${relation} ${to}`),
    unbound: inspectGraph(estate, edgesOf(estate))
      .filter(({ rule }) => rule === 'graph/workflow-step-unbound')
      .map(({ message }) => message),
  };
};

describe('a step of a workflow', () => {
  test.each([
    ['calls an operation', 'operationId: $sourceDescriptions.things.listThings', ['calls api:things@1#listThings']],
    [
      'receives the messages of an operation',
      'operationId: $sourceDescriptions.events.publishMade, action: receive',
      ['subscribes event:things@1#thingMade'],
    ],
    [
      'receives all messages of the channel where the operation lists none',
      'operationId: $sourceDescriptions.events.publishAny, action: receive',
      ['subscribes event:things@1#thingLost', 'subscribes event:things@1#thingMade'],
    ],
    [
      'sends, whatever the described application does',
      'operationId: $sourceDescriptions.events.publishMade, action: send',
      ['writes event:things@1#thingMade'],
    ],
    [
      'names a channel',
      "channelPath: '$sourceDescriptions.events#/channels/answers~1all', action: receive",
      ['subscribes event:things@1#answered'],
    ],
    [
      'names a channel by the URL of the source',
      "channelPath: '{$sourceDescriptions.events.url}#/channels/answers~1all', action: receive",
      ['subscribes event:things@1#answered'],
    ],
    [
      'receives a message of AsyncAPI 2',
      'operationId: $sourceDescriptions.old.publishOld, action: receive',
      ['subscribes event:old-things@1#oldThing'],
    ],
  ])('%s', (_, step, expected) => {
    expect(read(step)).toEqual({ edges: expected, unbound: [] });
  });

  test('needs no name of the source where there is one', () => {
    expect(read('operationId: publishMade, action: receive', ['events']).edges).toEqual([
      'subscribes event:things@1#thingMade',
    ]);
  });

  test.each([
    ['operation', 'operationId: $sourceDescriptions.things.publishMade'],
    ['operation', 'operationId: $sourceDescriptions.nobody.listThings'],
    ['channel', "channelPath: '$sourceDescriptions.events#/channels/thing', action: receive"],
    ['channel', "channelPath: '$sourceDescriptions.things#/channels/things', action: receive"],
    ['channel', 'channelPath: things, action: receive'],
  ])('is unbound where the source has no such %s: %s', (what, step) => {
    const { edges, unbound } = read(step);
    expect(edges).toEqual([]);
    expect(unbound).toEqual([expect.stringContaining(`names the ${what} "`)]);
  });

  test('that runs another workflow is bound to no operation', () => {
    expect(read('workflowId: other')).toEqual({ edges: [], unbound: [] });
  });
});
