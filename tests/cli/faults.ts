/** Faults that the program must find in the shipped contracts. */

/** One fault in a copy of the shipped contracts, and the finding that must come of it. */
export interface Fault {
  readonly name: string;
  readonly file: string;
  /** Text that stands in the file exactly once, or at least once where `all` is set, and what it becomes. */
  readonly edit: readonly [from: string, to: string];
  readonly rule: string;
  readonly subject: string;
  readonly base?: true;
}

const V1 = 'system/suppliers/v1/openapi.yaml';
const V2 = 'system/suppliers/v2/openapi.yaml';
const CANONICAL = 'canonical/supplier/v1/supplier.schema.yaml';
export const FAULTS: readonly Fault[] = [
  {
    name: 'a removed required response field',
    file: CANONICAL,
    edit: ['  legalName:\n    type: string\n', '  legalNaam:\n    type: string\n'],
    rule: 'compat/response-property-removed',
    // The schema that every place shares.
    subject: 'schema:supplier@1#legalName',
    base: true,
  },
  {
    name: 'a field newly required in a request',
    file: V2,
    edit: [
      'required: [legalName, supplierType, address, tax]',
      'required: [legalName, supplierType, address, tax, tradingName]',
    ],
    rule: 'compat/request-property-required',
    subject: 'api:suppliers@2#createSupplier/request/body/tradingName',
    base: true,
  },
  {
    name: 'a duplicate operationId',
    file: V2,
    edit: ['operationId: getRemittance', 'operationId: getSupplier'],
    rule: 'lint/operation-operationId-unique',
    subject: 'api:suppliers@2#getSupplier',
  },
  {
    name: 'an unresolvable $ref',
    file: V2,
    edit: ["$ref: '#/components/schemas/SupplierCreate'", "$ref: '#/components/schemas/SupplierKreate'"],
    rule: 'load/unresolved-ref',
    subject: 'api:suppliers@2#createSupplier/request/body',
  },
  {
    name: 'broken YAML',
    file: V2,
    edit: ['info:\n', 'info: [\n'],
    rule: 'load/syntax',
    subject: 'api:suppliers@2',
  },
  {
    name: 'an example that violates its schema',
    file: V2,
    edit: ['                    form1099Required: true\n', '                    form1099Required: perhaps\n'],
    rule: 'example/invalid',
    subject: 'api:suppliers@2#createSupplier/request/body',
  },
  {
    name: 'a missing owner',
    file: V2,
    edit: ['  owner: team:supplier-master-data\n', ''],
    rule: 'lint/ownership-declared',
    subject: 'api:suppliers@2',
  },
  {
    name: 'a pact that asks for a field the contract lacks',
    file: 'consumers/ap-automation/pacts/suppliers@2.json',
    edit: ['"legalName": "Northwind Surgical Supply",', '"legalName": "Northwind Surgical Supply", "rating": 5,'],
    rule: 'pact/contract-mismatch',
    subject: 'api:suppliers@2#getSupplier/response/200/body/rating',
  },
  {
    name: 'a sunset before its deprecation',
    file: V1,
    edit: ["sunsetDate: '2028-06-30'", "sunsetDate: '2025-06-30'"],
    rule: 'lifecycle/sunset-before-deprecation',
    subject: 'api:suppliers@1',
  },
  {
    name: 'an expired waiver',
    file: 'waivers/suppliers-v1-idempotency-key.yaml',
    edit: ["expires: '2028-06-30'", "expires: '2026-10-31'"],
    rule: 'lifecycle/waiver-expired',
    subject: 'waiver:suppliers-v1-idempotency-key',
  },
];
