/**
 * The story that the examples of an estate tell, as facts: which documents name each other, and what they say of
 * themselves. Examples are found by the ids in them, so that those of vendors, files and events count like our own.
 */
import { posix } from 'node:path';
import { readAll } from '../../src/layout/index.ts';
import type { Estate, Json, JsonObject } from '../../src/model/index.ts';

export interface Said {
  /** What it is said of, and which fact: `INV-600951 postedOn`. */
  readonly fact: string;
  readonly value: string;
  /** File and pointer. */
  readonly where: string;
}

/** Families of ids, recognised as a whole value wherever they stand. */
const FAMILIES = {
  invoice: /^INV-\d{6}$/,
  invoiceNumber: /^(NW|PFM)-[A-Z0-9/-]+$/,
  payment: /^PAY-\d{6}$/,
  receipt: /^GR-\d{6}$/,
  order: /^PO-\d{6}$/,
  supplier: /^SUP-\d{6}$/,
  requisition: /^REQ-\d{6}$/,
  shipment: /^SH-\d{5}$/,
  contract: /^CTR-\d{6}$/,
  location: /^LOC-\d{6}$/,
  facility: /^FAC-\d{3}$/,
} as const;
type Family = keyof typeof FAMILIES;

/** Where two stand in one object, the first has one of the second: an invoice one supplier, a receipt one shipment. */
const HAS_ONE: readonly (readonly [Family, Family])[] = [
  ['invoice', 'invoiceNumber'],
  ['invoiceNumber', 'invoice'],
  ['invoice', 'supplier'],
  ['invoiceNumber', 'supplier'],
  ['payment', 'supplier'],
  ['receipt', 'supplier'],
  ['receipt', 'shipment'],
  ['order', 'supplier'],
  ['order', 'requisition'],
  ['contract', 'supplier'],
  ['shipment', 'supplier'],
  ['location', 'facility'],
];

/** Of an object with this id: facts, and the fields that say them. The first field that is there counts. */
const FACTS: readonly { readonly id: string; readonly facts: Readonly<Record<string, readonly string[]>> }[] = [
  {
    id: 'invoiceId',
    facts: {
      gross: ['amounts/gross', 'gross', 'grossAmount'],
      invoiceDate: ['invoiceDate'],
      receivedAt: ['receivedAt'],
      postedOn: ['postedOn', 'postingDate'],
      dueDate: ['dueDate'],
      company: ['company', 'companyCode'],
      order: ['lines/0/purchaseOrderLine/purchaseOrderId', 'lines/0/line/purchaseOrderId'],
    },
  },
  { id: 'supplierInvoiceNumber', facts: { invoiceDate: ['invoiceDate'], receivedAt: ['receivedAt'] } },
  {
    id: 'paymentId',
    facts: {
      amount: ['amount'],
      dueOn: ['dueOn', 'dueDate'],
      releasedAt: ['releasedAt'],
      sentAt: ['sentAt'],
      settledAt: ['settledAt'],
      bankReference: ['bankReference'],
      company: ['company', 'companyCode'],
      invoice: ['remittance/0/invoiceId'],
      createdBy: ['createdBy'],
      releasedBy: ['releasedBy'],
    },
  },
  {
    id: 'goodsReceiptId',
    facts: {
      receivedAt: ['receivedAt'],
      receivedBy: ['receivedBy'],
      order: ['lines/0/purchaseOrderLine/purchaseOrderId', 'lines/0/line/purchaseOrderId'],
    },
  },
  { id: 'purchaseOrderId', facts: { orderDate: ['orderDate'], company: ['company', 'companyCode'] } },
  { id: 'supplierId', facts: { name: ['legalName', 'supplierName'], legacyNumber: ['legacyVendorNumber'] } },
  { id: 'legacyVendorNumber', facts: { supplier: ['supplierId'] } },
  { id: 'itemId', facts: { description: ['description'], gtin: ['gtin'], unspsc: ['unspsc'] } },
  { id: 'glAccount', facts: { name: ['glAccountName'] } },
  { id: 'glAccountId', facts: { name: ['name'] } },
];

/** What one document says. Where `isStory` is not set, only how documents belong together is taken from it. */
export function* factsOf(document: Json, where: string, isStory: boolean): Generator<Said> {
  for (const [pointer, value] of objectsIn(document, where)) {
    yield* relationsOf(value, pointer);
    if (isStory) yield* statementsOf(value, pointer);
  }
}

function* relationsOf(value: JsonObject, where: string): Generator<Said> {
  const named = (family: Family) => {
    const ids = new Set(Object.values(value).filter(text => typeof text === 'string' && FAMILIES[family].test(text)));
    return ids.size === 1 ? ([...ids][0] as string) : undefined;
  };
  for (const [family, other] of HAS_ONE) {
    const [id, has] = [named(family), named(other)];
    if (id !== undefined && has !== undefined) yield { fact: `${id} ${other}`, value: has, where };
  }
}

function* statementsOf(value: JsonObject, where: string): Generator<Said> {
  for (const { id: key, facts } of FACTS) {
    const id = value[key];
    if (typeof id !== 'string' || !/^([A-Z]+-)?[0-9-]+$/.test(id)) continue;
    for (const [fact, fields] of Object.entries(facts)) {
      const said = fields.map(field => plain(at(value, field))).find(text => text !== undefined);
      if (said !== undefined) yield { fact: `${id} ${fact}`, value: said, where };
    }
  }
}

/** Amounts without their currency and without the zeros at the end, so that files and APIs can be compared. */
function plain(value: Json | undefined): string | undefined {
  if (typeof value === 'object' && value !== null && 'amount' in value) return plain(value.amount);
  if (typeof value !== 'string') return;
  return /^-?\d+\.\d+$/.test(value) ? value.replace(/\.?0+$/, '') : value;
}

const at = (value: Json, pointer: string): Json | undefined =>
  pointer
    .split('/')
    .reduce<Json | undefined>(
      (inner, key) => (typeof inner === 'object' && inner !== null ? (inner as JsonObject)[key] : undefined),
      value,
    );

export function* objectsIn(value: Json, where = ''): Generator<[pointer: string, value: JsonObject]> {
  if (typeof value !== 'object' || value === null) return;
  if (!Array.isArray(value)) yield [where, value];
  for (const [key, inner] of Object.entries(value)) yield* objectsIn(inner as Json, `${where}/${key}`);
}

/**
 * Everything the estate says. Tests of mappings and pacts vary the story on purpose, amounts and dates first; they still
 * have to call each document by its own id.
 */
export function storyOf(estate: Estate): Said[] {
  const written = [...estate.files.values()].flatMap(({ path, value }) =>
    value === undefined ? [] : [...factsOf(value, `${path}#`, !/^(mappings|consumers)\//.test(path))],
  );
  return [
    ...written,
    ...exampleFiles(estate).flatMap(({ path, document }) => [...factsOf(document, `${path}#`, true)]),
  ];
}

/** The example files of the layouts, read by them. */
export function exampleFiles(estate: Estate): { readonly path: string; readonly document: JsonObject }[] {
  return estate.layouts.flatMap(({ file, value }) =>
    value.examples.map(example => {
      const path = posix.join(posix.dirname(file.path), example.file);
      return { path, document: readAll(value, estate.data.get(path)!).document };
    }),
  );
}

/** Facts of which more than one thing is said, each with what is said and where first. */
export function contradictionsIn(said: readonly Said[]): string[] {
  const byFact = new Map<string, Map<string, string>>();
  for (const { fact, value, where } of said) {
    const values = byFact.get(fact) ?? new Map<string, string>();
    byFact.set(fact, values);
    if (!values.has(value)) values.set(value, where);
  }
  return [...byFact]
    .filter(([, values]) => values.size > 1)
    .map(([fact, values]) => `${fact}: ${[...values].map(([value, where]) => `${value} (${where})`).join(', ')}`)
    .sort();
}
