/**
 * For each policy across contracts: how to break it in the shipped estate. A mutation changes documents by their id, as
 * many as it can, and returns the subjects at which the policy has to report.
 */
import { at, list, type Node, node, objectSchemas, operations, steps } from './document.ts';

/** Every document with an id: contracts, systems, consumers, waivers. */
export type Documents = ReadonlyMap<string, Node>;
export type Mutation = (documents: Documents) => string[];

const governance = (document: Node) => node(document['x-governance']);
const layerOf = (document: Node | undefined) => String(at(document, 'x-governance', 'layer'));

/** In each document of which `change` says that it could be broken. */
function each(prefix: string, change: (document: Node, id: string) => boolean): Mutation {
  return documents =>
    [...documents].filter(([id, document]) => id.startsWith(prefix) && change(document, id)).map(([id]) => id);
}

/** In each contract, by its metadata. */
function metadata(change: (metadata: Node, document: Node) => boolean): Mutation {
  return each('', document => document['x-governance'] !== undefined && change(governance(document), document));
}

const canonical = (documents: Documents) => [...documents].filter(([, document]) => layerOf(document) === 'canonical');

export const POLICY_MUTATIONS: Readonly<Record<string, Mutation>> = {
  // Where the canonical model names the writer, each other contract that says something else.
  'policy/one-writer': documents => {
    const named = new Set(
      canonical(documents).flatMap(([, document]) =>
        list(governance(document)['systemOfRecord']).flatMap(record =>
          list(at(record, 'attributes')).map(attribute => `${at(record, 'entity')} ${attribute}`),
        ),
      ),
    );
    return metadata(({ systemOfRecord, layer }) => {
      const records = list(systemOfRecord).filter(
        record =>
          layer !== 'canonical' &&
          list(at(record, 'attributes')).some(attribute => named.has(`${at(record, 'entity')} ${attribute}`)),
      );
      for (const record of records) node(record)['system'] = 'system:mobile-approvals';
      return records.length > 0;
    })(documents);
  },
  'policy/circular-update': documents => {
    const consumer = documents.get('consumer:ap-automation')!;
    consumer['system'] = 'system:data-warehouse';
    consumer['uses'] = [...list(consumer['uses']), { id: 'api:suppliers@2#updateSupplier', purpose: 'Writes back.' }];
    return ['consumer:ap-automation'];
  },
  'policy/layering': documents => {
    const callers = each('consumer:', document => {
      if (!list(document['provides']).every(id => layerOf(documents.get(String(id))) === 'experience')) return false;
      document['uses'] = [...list(document['uses']), { id: 'api:sap-s4hana/cost-center@1', purpose: 'Directly.' }];
      return true;
    })(documents);
    const shapes = [...documents].flatMap(([id, document]) => {
      const schemas = node(at(document, 'components', 'schemas'));
      const depth = id.startsWith('api:') && ['system', 'process', 'experience'].includes(layerOf(document));
      if (!depth) return [];
      schemas['OfTheErp'] = {
        $ref: '../../../vendor/treasury/payments/v1/openapi.yaml#/components/schemas/Instruction',
      };
      return [`${id}#components/schemas/OfTheErp`];
    });
    return [...callers, ...shapes];
  },
  'policy/event-owner': documents => {
    const events = [...documents].filter(([, document]) => layerOf(document) === 'event');
    const [, ...others] = events;
    for (const [, document] of events)
      node(Object.values(node(document['channels']))[0])['address'] = 'shared.topic.v1';
    return others.map(([id]) => id);
  },
  'policy/canonical-reuse': documents => {
    const money: Node = JSON.parse(JSON.stringify(at(documents.get('schema:common@1'), '$defs', 'Address')));
    return [...documents].flatMap(([id, document]) => {
      const isApi = id.startsWith('api:') && ['system', 'process', 'experience'].includes(layerOf(document));
      if (!isApi || at(governance(document), 'lifecycle', 'status') === 'deprecated') return [];
      node(at(document, 'components', 'schemas'))['ShipAddress'] = JSON.parse(JSON.stringify(money)) as Node;
      return [`${id}#components/schemas/ShipAddress`];
    });
  },
  'policy/duties-combined': documents => {
    const consumer = documents.get('consumer:ap-automation')!;
    const pairs = ['api:payments@1#proposePayment', 'api:payments@1#releasePayment'];
    consumer['uses'] = [...list(consumer['uses']), ...pairs.map(id => ({ id, purpose: 'Both.' }))];
    // In its own name, where a person's token was needed.
    const release = operations(documents.get('api:payments@1')!).find(({ id }) => id === 'releasePayment')!;
    release.operation['security'] = [{ oauth2: ['payments:release'] }];
    return ['consumer:ap-automation'];
  },
  'policy/critical-dependency': documents => {
    const called = documents.get('api:suppliers@2')!;
    delete governance(called)['runbook'];
    return [...documents]
      .filter(([, document]) => layerOf(document) === 'workflow' && governance(document)['criticality'] === 'critical')
      .filter(([, document]) =>
        steps(document).some(({ step }) =>
          /suppliers\.(create|get|change|update|list)/.test(String(step['operationId'])),
        ),
      )
      .map(([id]) => id);
  },
  'policy/quota': each('system:', document => {
    const rates = list(document['quotas']).filter(
      quota => at(quota, 'requests') !== undefined || at(quota, 'parallel') !== undefined,
    );
    for (const rate of rates) {
      for (const key of ['requests', 'parallel']) if (node(rate)[key] !== undefined) node(rate)[key] = 1;
    }
    return rates.length > 0;
  }),
  'policy/residency': documents => {
    for (const [id, document] of documents) if (id.startsWith('system:')) document['residency'] = ['US', 'DE'];
    return metadata(({ residency, system }) => residency !== undefined && system !== undefined)(documents);
  },
  'policy/sync-pattern': metadata(({ sync, layer }) => {
    if (sync === undefined) return false;
    node(sync)['pattern'] = layer === 'file' ? 'request-response' : 'edi';
    return true;
  }),
  'policy/compensation': documents =>
    [...documents].flatMap(([id, document]) =>
      operations(document).flatMap(({ id: name, operation }) => {
        if (operation['x-compensation'] === undefined) return [];
        operation['x-compensation'] = { by: ['api:payments@1#unpay'] };
        return [`${id}#${name}`];
      }),
    ),
  'policy/step-parameters': documents =>
    [...documents].flatMap(([id, document]) =>
      steps(document).flatMap(({ id: name, step }) => {
        const kept = list(step['parameters']).filter(parameter => at(parameter, 'name') !== 'Idempotency-Key');
        if (kept.length === list(step['parameters']).length) return [];
        step['parameters'] = kept;
        return [`${id}#${name}`];
      }),
    ),
  // The vendors' contracts forget what they classified; each mapping that writes a tax number there copies it.
  'policy/classification-lost': documents => {
    for (const [, document] of documents) {
      if (layerOf(document) !== 'vendor') continue;
      for (const [, schema] of objectSchemas(document)) {
        for (const property of Object.values(node(schema['properties']))) delete node(property)['x-classification'];
      }
    }
    return ['sap-s4hana', 'oracle-fusion', 'dynamics-365', 'workday', 'infor-m3'].map(
      name => `mapping:${name}/supplier@1`,
    );
  },
  'policy/successor': metadata(({ lifecycle }, document) => {
    if (at(lifecycle, 'status') !== 'deprecated') return false;
    node(lifecycle)['successors'] = [String(governance(document)['id'])];
    return true;
  }),
  'policy/vendor-support': metadata(({ vendor }) => {
    if (at(vendor, 'supportedUntil') === undefined) return false;
    node(vendor)['supportedUntil'] = '2026-11-29';
    return true;
  }),
  'policy/waiver-form': each('waiver:', document => {
    document['owner'] = 'team:nobody';
    return true;
  }),
};
