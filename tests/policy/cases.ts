/** Small estates: for each policy some that break it, each with the smallest change after which it is kept. */

interface Case {
  readonly name: string;
  readonly fail: Readonly<Record<string, string>>;
  readonly pass: Readonly<Record<string, string>>;
  readonly says: readonly string[];
}

interface Contract {
  readonly id: string;
  readonly layer: string;
  /** More metadata, in YAML flow style, with a comma in front. */
  readonly governance?: string;
  /** Everything else, at the top. */
  readonly body?: string;
}

const metadata = ({ id, layer, governance = '' }: Contract) =>
  `x-governance: {id: '${id}', layer: ${layer}${governance}}`;

function openapi(contract: Contract): string {
  const version = /@(.+)$/.exec(contract.id)![1];
  return `openapi: 3.1.0\ninfo: {title: API, version: ${version}.0.0}\n${metadata(contract)}\n${contract.body ?? 'paths: {}'}\n`;
}

function asyncapi(contract: Contract): string {
  return `asyncapi: 3.0.0\ninfo: {title: Events, version: 1.0.0}\n${metadata(contract)}\n${contract.body ?? 'channels: {}'}\n`;
}

function schema(contract: Contract): string {
  return `$schema: https://json-schema.org/draft/2020-12/schema\ntitle: Thing\nx-version: 1.0.0\n${metadata(contract)}\n${contract.body ?? ''}\n`;
}

function operation(name: string, method: string, more = ''): string {
  return `  /${name}: {${method}: {operationId: ${name}${more}, responses: {'200': {description: Done.}}}}`;
}

function consumer(name: string, uses: string[], more = ''): string {
  const list = uses.map(id => `{id: '${id}', purpose: Needs it.}`).join(', ');
  return `countersign: consumer\nid: consumer:${name}\nname: ${name}\ndescription: An application.\nowner: team:one\n${more}\nuses: [${list}]\n`;
}

function system(name: string, more: string): string {
  return `countersign: system\nid: system:${name}\nname: ${name}\ndescription: A system.\nowner: team:one\nhosting: cloud\nrecordsOf: []\n${more}\n`;
}

const TEAM = `countersign: team\nid: team:one\nname: One\ncontact: one@example.org\nescalation: {contact: two@example.org, withinMinutes: 30}\n`;

/** One case whose passing estate differs from the failing one by a replacement. */
function change(name: string, fail: Record<string, string>, [from, to]: [string, string], says: string[]): Case {
  const pass = Object.fromEntries(Object.entries(fail).map(([file, text]) => [file, text.replaceAll(from, to)]));
  return { name, fail, pass, says };
}

const record = (system: string) =>
  `, systemOfRecord: [{entity: supplier, attributes: [legalName], system: 'system:${system}'}]`;

const scoped = (...operations: string[]) =>
  `paths:\n${operations.join('\n')}\ncomponents: {securitySchemes: {client: {type: oauth2, flows: {clientCredentials: {tokenUrl: 'https://identity.example.org', scopes: {both: Both.}}}}}}`;

const arazzo = (parameters: string, criticality = 'normal') => `arazzo: 1.1.0
info: {title: Flow, version: 1.0.0}
x-governance: {id: 'workflow:flow@1', layer: workflow, criticality: ${criticality}}
sourceDescriptions: [{name: payments, url: payments.yaml, type: openapi}]
workflows:
  - workflowId: flow
    steps:
      - stepId: pay
        operationId: pay
        parameters: [${parameters}]
`;

const mapping = (expression: string) => `countersign: mapping
title: Supplier
version: 1.0.0
x-governance: {id: 'mapping:erp/supplier@1', layer: mapping}
canonical: {$ref: supplier.yaml}
vendor: {$ref: 'erp.yaml#/components/schemas/Vendor'}
toVendor: {TaxNumber: '${expression}'}
toCanonical: {taxId: TaxNumber}
lost: []
tests: [{name: one, direction: toVendor, input: {}, output: {}}]
`;

const vendorSchema = (classification: string) =>
  `paths: {}\ncomponents: {schemas: {Vendor: {type: object, properties: {TaxNumber: {type: string${classification}}}}}}`;

const supplier = schema({
  id: 'schema:supplier@1',
  layer: 'canonical',
  body: 'type: object\nproperties: {tax: {type: object, properties: {id: {$ref: "#/$defs/TaxId"}}}, taxId: {type: string, x-classification: restricted}}\n$defs: {TaxId: {type: string, x-classification: restricted}}',
});

const waiver = (owner: string, granted: string, expires: string) => `countersign: waiver
id: waiver:one
rule: lint/some-rule
subject: api:things@1
fingerprint: 0123456789abcdef0123456789abcdef
reason: Long enough to be a reason that somebody understands.
owner: ${owner}
author: a@example.org
approver: b@example.org
granted: '${granted}'
expires: '${expires}'
`;

const money = `components:
  schemas:
    Sum:
      type: object
      properties: {amount: {type: string}, currency: {type: string}, rate: {type: string}}`;

const things = (reference: string) => ({
  'money.yaml': schema({
    id: 'schema:money@1',
    layer: 'canonical',
    body: '$defs:\n  Money:\n    type: object\n    properties: {amount: {type: string}, currency: {type: string}, rate: {type: string}}',
  }),
  'things.yaml': openapi({ id: 'api:things@1', layer: 'system', body: `paths: {}\n${reference}` }),
});

export const CASES: Readonly<Record<string, readonly Case[]>> = {
  'policy/one-writer': [
    change(
      'two contracts name different systems',
      {
        'supplier.yaml': schema({ id: 'schema:supplier@1', layer: 'canonical', governance: record('platform') }),
        'suppliers.yaml': openapi({ id: 'api:suppliers@1', layer: 'system', governance: record('erp') }),
      },
      ['system:erp', 'system:platform'],
      ['api:suppliers@1 says that system:erp writes legalName of supplier; by schema:supplier@1 it is system:platform'],
    ),
    change(
      'without the canonical model the majority counts',
      {
        'a.yaml': openapi({ id: 'api:a@1', layer: 'system', governance: record('one') }),
        'b.yaml': openapi({ id: 'api:b@1', layer: 'system', governance: record('two') }),
        'c.yaml': openapi({ id: 'api:c@1', layer: 'system', governance: record('two') }),
      },
      ['system:one', 'system:two'],
      ['api:a@1 says that system:one writes legalName of supplier; by api:b@1 it is system:two'],
    ),
  ],
  'policy/circular-update': [
    change(
      'an application changes the record of whose change it was told',
      {
        'portal.yaml': consumer(
          'portal',
          ['event:suppliers@1', 'api:suppliers@1#updateSupplier'],
          'system: system:portal',
        ),
        'events.yaml': asyncapi({ id: 'event:suppliers@1', layer: 'event', governance: record('platform') }),
        'suppliers.yaml': openapi({
          id: 'api:suppliers@1',
          layer: 'system',
          governance: record('platform'),
          body: `paths:\n${operation('updateSupplier', 'patch')}\n${operation('getSupplier', 'get')}`,
        }),
      },
      ['#updateSupplier', '#getSupplier'],
      [
        'consumer:portal is told of supplier legalName by event:suppliers@1 and writes it by api:suppliers@1#updateSupplier',
      ],
    ),
    change(
      'but the system of record may',
      {
        'portal.yaml': consumer(
          'portal',
          ['event:suppliers@1', 'api:suppliers@1#updateSupplier'],
          'system: system:portal',
        ),
        'events.yaml': asyncapi({ id: 'event:suppliers@1', layer: 'event', governance: record('platform') }),
        'suppliers.yaml': openapi({
          id: 'api:suppliers@1',
          layer: 'system',
          governance: record('platform'),
          body: `paths:\n${operation('updateSupplier', 'patch')}`,
        }),
      },
      ['system: system:portal', 'system: system:platform'],
      [
        'consumer:portal is told of supplier legalName by event:suppliers@1 and writes it by api:suppliers@1#updateSupplier',
      ],
    ),
  ],
  'policy/layering': [
    change(
      'an experience API that calls a system API',
      {
        'portal.yaml': consumer('portal-api', ['api:suppliers@1#listSuppliers'], "provides: ['api:portal@1']"),
        'experience.yaml': openapi({ id: 'api:portal@1', layer: 'experience' }),
        'suppliers.yaml': openapi({
          id: 'api:suppliers@1',
          layer: 'system',
          body: `paths:\n${operation('listSuppliers', 'get')}`,
        }),
      },
      ['layer: system', 'layer: process'],
      [
        'consumer:portal-api provides api:portal@1, of the layer experience, and calls api:suppliers@1#listSuppliers, which is of the layer system',
      ],
    ),
    change(
      'an application that calls an ERP',
      {
        'portal.yaml': consumer('portal', ['api:erp/suppliers@1#listSuppliers']),
        'suppliers.yaml': openapi({
          id: 'api:erp/suppliers@1',
          layer: 'vendor',
          body: `paths:\n${operation('listSuppliers', 'get')}`,
        }),
      },
      ['layer: vendor', 'layer: experience'],
      ['consumer:portal is an application and calls api:erp/suppliers@1#listSuppliers, which is of the layer vendor'],
    ),
    change(
      'an API that shows the shape of an ERP',
      {
        'suppliers.yaml': openapi({
          id: 'api:suppliers@1',
          layer: 'process',
          body: "paths: {}\ncomponents: {schemas: {Supplier: {$ref: 'erp.yaml#/components/schemas/Vendor'}}}",
        }),
        'erp.yaml': openapi({ id: 'api:erp@1', layer: 'vendor', body: vendorSchema('') }),
      },
      ['layer: vendor', 'layer: canonical'],
      [
        'api:suppliers@1#components/schemas/Supplier is of the layer process and uses a shape of api:erp@1, which is of the layer vendor',
      ],
    ),
  ],
  'policy/event-owner': [
    change(
      'two contracts with one topic',
      {
        'a.yaml': asyncapi({
          id: 'event:a@1',
          layer: 'event',
          governance: ', owner: team:one',
          body: 'channels: {one: {address: invoices.v1}}',
        }),
        'b.yaml': asyncapi({ id: 'event:b@1', layer: 'event', body: 'channels: {two: {address: invoices.v1}}' }),
        'team.yaml': TEAM,
      },
      ['{two: {address: invoices', '{two: {address: corrections'],
      ['event:b@1 describes the channel invoices.v1, which event:a@1 of team:one describes'],
    ),
  ],
  'policy/canonical-reuse': [
    change(
      'the shape of a canonical type under another name',
      things(money),
      [
        '      type: object\n      properties: {amount',
        "      allOf: [{$ref: 'money.yaml#/$defs/Money'}]\n      properties: {amount",
      ],
      ['api:things@1#components/schemas/Sum Sum is a copy of schema:money@1#$defs/Money'],
    ),
    change(
      'its name and half of its properties',
      things(money.replace('Sum', 'Money').replace(', rate: {type: string}', '')),
      ['    Money:\n      type', '    Deposit:\n      type'],
      ['api:things@1#components/schemas/Money Money is a copy of schema:money@1#$defs/Money'],
    ),
  ],
  'policy/duties-combined': [
    change(
      'one client proposes and releases',
      {
        'bot.yaml': consumer('bot', ['api:payments@1#proposePayment', 'api:payments@1#releasePayment']),
        'payments.yaml': openapi({
          id: 'api:payments@1',
          layer: 'system',
          body: scoped(
            operation('proposePayment', 'post', ', security: [{client: [one]}]'),
            operation('releasePayment', 'post', ', security: [{client: [two]}]'),
          ),
        }),
      },
      ['clientCredentials: {', "authorizationCode: {authorizationUrl: 'https://identity.example.org', "],
      ['consumer:bot calls api:payments@1#proposePayment and api:payments@1#releasePayment: it creates and approves'],
    ),
    change(
      'one scope in two APIs',
      {
        'a.yaml': openapi({
          id: 'api:a@1',
          layer: 'process',
          body: scoped(operation('createInvoice', 'post', ', security: [{client: [both]}]')),
        }),
        'b.yaml': openapi({
          id: 'api:b@1',
          layer: 'process',
          body: scoped(operation('approveInvoice', 'post', ', security: [{client: [both]}]')),
        }),
      },
      ['approveInvoice, security: [{client: [both]}]', 'approveInvoice, security: [{client: [approve]}]'],
      ['api:b@1#approveInvoice approves with the scope both, with which api:a@1#createInvoice creates'],
    ),
  ],
  'policy/critical-dependency': [
    change(
      'a critical workflow that calls what nobody prepared',
      {
        'flow.yaml': arazzo('', 'critical'),
        'payments.yaml': openapi({
          id: 'api:payments@1',
          layer: 'system',
          governance: ', criticality: normal',
          body: `paths:\n${operation('pay', 'post')}`,
        }),
      },
      [
        'layer: system, criticality: normal',
        "layer: system, criticality: high, runbook: 'https://runbooks.example.org', slo: {recoveryMinutes: 60}",
      ],
      [
        'workflow:flow@1 is critical and depends on api:payments@1, which has no criticality of high or critical, no time to recover, no runbook',
      ],
    ),
  ],
  'policy/quota': [
    change(
      'two adapters that are too many together',
      {
        'bank.yaml': system('bank', 'quotas: [{name: Requests, limit: 5 a second, requests: 5, perSeconds: 1}]'),
        'a.yaml': openapi({
          id: 'api:a@1',
          layer: 'system',
          governance: ", demand: [{on: 'system:bank', requests: 3, perSeconds: 1}]",
        }),
        'b.yaml': openapi({
          id: 'api:b@1',
          layer: 'system',
          governance: ", demand: [{on: 'system:bank', requests: 2, perSeconds: 1}, {on: 'system:bank', requests: 4}]",
        }),
        'c.yaml': openapi({
          id: 'api:c@1',
          layer: 'system',
          governance: ", demand: [{on: 'system:bank', requests: 1, perSeconds: 60}]",
        }),
      },
      ['requests: 3, perSeconds: 1', 'requests: 2, perSeconds: 1'],
      [
        'system:bank allows 5 calls in 1 s (Requests), and api:a@1 declares 3, api:b@1 declares 2, api:c@1 declares 1: 6 together',
      ],
    ),
    change(
      'a rate that is fine by the second and not by the day',
      {
        'bank.yaml': system('bank', 'quotas: [{name: Day, limit: 20000 a day, requests: 20000, perSeconds: 86400}]'),
        'a.yaml': openapi({
          id: 'api:a@1',
          layer: 'system',
          governance: ", demand: [{on: 'system:bank', requests: 1}]",
        }),
      },
      [
        "{on: 'system:bank', requests: 1}",
        "{on: 'system:bank', requests: 1}, {on: 'system:bank', requests: 20000, perSeconds: 86400}",
      ],
      ['system:bank allows 20000 calls in 86400 s (Day), and api:a@1 declares 86400: 86400 together'],
    ),
    change(
      'calls at a time',
      {
        'erp.yaml': system('erp', 'quotas: [{name: Parallel calls, limit: 10 at a time, parallel: 10}]'),
        'a.yaml': openapi({
          id: 'api:a@1',
          layer: 'system',
          governance: ", demand: [{on: 'system:erp', parallel: 11}]",
        }),
      },
      ['parallel: 11', 'parallel: 10'],
      ['system:erp allows 10 calls at a time (Parallel calls), and api:a@1 declares 11: 11 together'],
    ),
  ],
  'policy/residency': [
    change(
      'a system, and the system of a consumer, in another country',
      {
        'erp.yaml': system('erp', 'residency: [US, DE]'),
        'a.yaml': openapi({ id: 'api:a@1', layer: 'system', governance: ", system: 'system:erp', residency: [US]" }),
        'portal.yaml': consumer('portal', ['api:a@1'], 'system: system:erp'),
      },
      ['residency: [US, DE]', 'residency: [US]'],
      [
        'api:a@1 may be kept in US, and system:erp keeps data in DE',
        'consumer:portal takes data of api:a@1, which stay in US, to DE',
      ],
    ),
  ],
  'policy/sync-pattern': [
    change(
      'a file where minutes matter',
      {
        'a.yaml': openapi({
          id: 'api:a@1',
          layer: 'system',
          governance: ', sync: {pattern: batch, tolerates: PT15M, why: Prices.}',
        }),
      },
      ['tolerates: PT15M', 'tolerates: P1D'],
      ['api:a@1 may be PT15M old at most, and batch takes 3600 s at best'],
    ),
    change(
      'a kind that cannot be it, and no tolerance',
      { 'a.yaml': openapi({ id: 'api:a@1', layer: 'system', governance: ', sync: {pattern: edi, why: Orders.}' }) },
      ['pattern: edi,', 'pattern: request-response, tolerates: PT1S,'],
      [
        'api:a@1 is of the kind api, which cannot be edi',
        'api:a@1 does not state how old what it carries may be: add sync.tolerates',
      ],
    ),
    change(
      'a service level that is slower than the need',
      {
        'a.yaml': asyncapi({
          id: 'event:a@1',
          layer: 'event',
          governance: ', sync: {pattern: event-driven, tolerates: PT5S, why: Stock.}, slo: {latency: {p95Ms: 60000}}',
        }),
      },
      ['p95Ms: 60000', 'p95Ms: 5000'],
      ['event:a@1 may be PT5S old at most, and its service level allows 60 s'],
    ),
  ],
  'policy/compensation': [
    change(
      'ids of operations that do not exist, or only read',
      {
        'payments.yaml': openapi({
          id: 'api:payments@1',
          layer: 'system',
          body: `paths:\n${operation('getPayment', 'get')}\n${operation('cancelPayment', 'post')}\n${operation('cancelPaymentNow', 'post')}`,
        }),
        'pay.yaml': openapi({
          id: 'api:pay@1',
          layer: 'process',
          body: `paths:\n${operation('pay', 'post', ", x-compensation: {by: ['api:payments@1#getPayment']}")}\n${operation('payAgain', 'post', ", x-compensation: {by: ['api:payments@1#getPaymentNow']}")}`,
        }),
      },
      ['api:payments@1#getPayment', 'api:payments@1#cancelPayment'],
      [
        'api:pay@1#pay is said to be undone by api:payments@1#getPayment, which only reads',
        'api:pay@1#payAgain is said to be undone by api:payments@1#getPaymentNow, which the estate does not have',
      ],
    ),
  ],
  'policy/step-parameters': [
    change(
      'a step that posts without its key',
      {
        'flow.yaml': arazzo('{name: traceparent, in: header, value: $inputs.trace}'),
        'payments.yaml': openapi({
          id: 'api:payments@1',
          layer: 'system',
          body: `paths:\n${operation('pay', 'post', ', parameters: [{name: Idempotency-Key, in: header, required: true, schema: {type: string}}, {name: note, in: query, schema: {type: string}}]')}`,
        }),
      },
      ['{name: traceparent, in: header', '{name: idempotency-key, in: header'],
      ['workflow:flow@1#pay calls api:payments@1#pay without the header parameter Idempotency-Key'],
    ),
  ],
  'policy/classification-lost': [
    change(
      'a restricted field copied into a plain one',
      {
        'supplier.yaml': supplier,
        'erp.yaml': openapi({ id: 'api:erp@1', layer: 'vendor', body: vendorSchema('') }),
        'mapping.yaml': mapping('$exists(tax) ? $substring(tax.id, 0, 10) : null'),
      },
      ['TaxNumber: {type: string}', 'TaxNumber: {type: string, x-classification: restricted}'],
      ['mapping:erp/supplier@1 toVendor copies tax/id, which is restricted, into TaxNumber, which is not classified'],
    ),
    change(
      'but a decision about it is not it',
      {
        'supplier.yaml': supplier,
        'erp.yaml': openapi({ id: 'api:erp@1', layer: 'vendor', body: vendorSchema(', x-classification: internal') }),
        'mapping.yaml': mapping('tax.id'),
      },
      ["'tax.id'", '\'tax.id = "" ? "none" : "some"\''],
      ['mapping:erp/supplier@1 toVendor copies tax/id, which is restricted, into TaxNumber, which is internal'],
    ),
  ],
  'policy/successor': [
    change(
      'a successor that is on its way out too',
      {
        'a.yaml': openapi({
          id: 'api:a@1',
          layer: 'system',
          governance: ", lifecycle: {status: deprecated, successors: ['api:a@2']}",
        }),
        'b.yaml': openapi({ id: 'api:a@2', layer: 'system', governance: ', lifecycle: {status: draft}' }),
      },
      ['status: draft', 'status: active'],
      ['api:a@1 is succeeded by api:a@2, which is draft'],
    ),
  ],
  'policy/vendor-support': [
    change(
      'support that has ended, and support that soon will',
      {
        'a.yaml': openapi({
          id: 'api:a@1',
          layer: 'vendor',
          governance: ", vendor: {product: A, release: '1', cadence: Never., supportedUntil: '2026-11-29'}",
        }),
        'b.yaml': openapi({
          id: 'api:b@1',
          layer: 'vendor',
          governance: ", vendor: {product: A, release: '1', cadence: Never., supportedUntil: '2026-12-10'}",
        }),
      },
      ["supportedUntil: '2026-1", "supportedUntil: '2027-1"],
      ['api:a@1 was supported until 2026-11-29', 'api:b@1 is supported for 10 more days, until 2026-12-10'],
    ),
  ],
  'policy/waiver-form': [
    change(
      'no team, in the future, for too long',
      { 'team.yaml': TEAM, 'waiver.yaml': waiver('team:nobody', '2026-12-24', '2030-01-01') },
      [
        "owner: team:nobody\nauthor: a@example.org\napprover: b@example.org\ngranted: '2026-12-24'\nexpires: '2030",
        "owner: team:one\nauthor: a@example.org\napprover: b@example.org\ngranted: '2026-11-24'\nexpires: '2027",
      ],
      [
        'waiver:one its owner team:nobody is no team of the estate',
        'waiver:one it is granted on 2026-12-24, which is in the future',
        'waiver:one it lasts for 1104 days; 730 are the most',
      ],
    ),
  ],
};
