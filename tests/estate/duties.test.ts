import { beforeAll, describe, expect, test } from 'vitest';
import { load, snapshotOfDirectory } from '../../src/load/index.ts';
import type { Json, JsonObject } from '../../src/model/index.ts';
import { objectsIn } from './story.ts';

/** An operation that refuses who had a hand in the matter before: it has to know who asks. */
interface Decision {
  readonly id: string;
  readonly operation: JsonObject;
  readonly document: JsonObject;
}

/** Separated by the client, not by the person, with the reason. */
const BY_CLIENT = new Map([
  ['api:invoices@2#postInvoice', 'posting is a job; what is compared is the client that recorded the approval'],
  ['api:requisitions@1#recordRequisitionDecision', 'the connector reports what the approval platform decided'],
]);

const LAYERS = ['system', 'process', 'experience'];

let decisions: Decision[];
beforeAll(async () => {
  const estates = await Promise.all(LAYERS.map(async layer => load(await snapshotOfDirectory(`contracts/${layer}`))));
  decisions = estates
    .flatMap(({ contracts }) => contracts)
    .flatMap(({ id, document }) =>
      Object.values((document.paths ?? {}) as JsonObject)
        .flatMap(item => Object.values(item as JsonObject) as JsonObject[])
        .filter(({ operationId, responses }) => typeof operationId === 'string' && refusesOwnWork(responses))
        .map(operation => ({ id: `${id}#${operation.operationId}`, operation, document })),
    );
}, 60_000);

const refusesOwnWork = (responses: Json | undefined) =>
  [...objectsIn(((responses ?? {}) as JsonObject)['403'] ?? null)].some(
    ([, { code }]) => code === 'segregation-of-duties',
  );

/** Whether a token of the scheme says which person it is for, and not only which client. */
function namesPerson(document: JsonObject, scheme: string): boolean {
  const schemes = (document.components as JsonObject).securitySchemes as JsonObject;
  return 'authorizationCode' in ((schemes[scheme] as JsonObject).flows as JsonObject);
}

/** A schema of the body, which is always one of the document's own. */
function resolved(document: JsonObject, schema: JsonObject): JsonObject {
  const name = typeof schema.$ref === 'string' ? schema.$ref.split('/').at(-1)! : undefined;
  return name === undefined
    ? schema
    : (((document.components as JsonObject).schemas as JsonObject)[name] as JsonObject);
}

describe('decisions that some must not take', () => {
  test('are taken by the person in the token', () => {
    expect(decisions.length).toBeGreaterThan(10);
    const anonymous = decisions.filter(
      ({ operation, document }) =>
        !(operation.security as JsonObject[]).some(schemes =>
          Object.keys(schemes).some(name => namesPerson(document, name)),
        ),
    );
    expect(anonymous.map(({ id }) => id).sort()).toEqual([...BY_CLIENT.keys()].sort());
  });

  test('do not ask the body who it is', () => {
    const asking = decisions.filter(({ id, operation, document }) => {
      const schema = (
        ((operation.requestBody as JsonObject)?.content as JsonObject)?.['application/json'] as JsonObject
      )?.schema;
      const fields = Object.keys((resolved(document, (schema ?? {}) as JsonObject).properties ?? {}) as JsonObject);
      return !BY_CLIENT.has(id) && fields.some(field => /^(decided|approved|released|reopened|issued)By$/.test(field));
    });
    expect(asking.map(({ id }) => id)).toEqual([]);
  });
});
