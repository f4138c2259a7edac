import { beforeAll, describe, expect, test } from 'vitest';
import { load, snapshotOfDirectory } from '../../src/load/index.ts';
import type { Estate, JsonObject } from '../../src/model/index.ts';
import { contradictionsIn, exampleFiles, factsOf, objectsIn, type Said, storyOf } from './story.ts';

let estate: Estate;
let story: Said[];
beforeAll(async () => {
  estate = load(await snapshotOfDirectory('contracts'));
  story = storyOf(estate);
}, 60_000);

/** Pairs of fields of one object, the first never after the second. */
const IN_ORDER = [
  ['createdAt', 'updatedAt'],
  ['startedAt', 'endedAt'],
  ['submittedAt', 'decidedAt'],
  ['requestedAt', 'decidedAt'],
  ['raisedAt', 'resolvedAt'],
  ['raisedAt', 'dueAt'],
  ['firstFailedAt', 'lastAttemptAt'],
  ['firstFailedAt', 'detectedAt'],
  ['orderDate', 'neededBy'],
  ['orderDate', 'changedAt'],
  ['shippedOn', 'receivedAt'],
  ['invoiceDate', 'receivedAt'],
  ['invoiceDate', 'postedOn'],
  ['invoiceDate', 'dueDate'],
  ['receivedAt', 'postedOn'],
  ['releasedAt', 'sentAt'],
  ['sentAt', 'settledAt'],
  ['releasedAt', 'settledAt'],
  ['validFrom', 'validTo'],
  ['effectiveFrom', 'effectiveTo'],
  ['startsOn', 'endsOn'],
  ['startsAt', 'endsAt'],
  ['from', 'to'],
] as const;

const isTime = (value: unknown): value is string =>
  typeof value === 'string' && /^20\d\d-\d\d-\d\d(T[\d:.]+Z)?$/.test(value);
/** Days and instants side by side: compared by the day where one of them is no more than that. */
const isAfter = (one: string, other: string) => {
  const length = Math.min(one.length, other.length) <= 10 ? 10 : undefined;
  return one.slice(0, length) > other.slice(0, length);
};

describe('the story of the examples', () => {
  test('is one: no example contradicts another', () => {
    expect(story.length).toBeGreaterThan(2000);
    expect(contradictionsIn(story)).toEqual([]);
  });

  test('runs forward inside each example', () => {
    const documents = [...estate.files.values()].map(({ path, value }) => [path, value ?? null] as const);
    const files = exampleFiles(estate).map(({ path, document }) => [path, document] as const);
    const backward = [...documents, ...files]
      .filter(([path]) => !path.startsWith('mappings/'))
      .flatMap(([path, document]) => [...objectsIn(document, `${path}#`)])
      .flatMap(([where, value]) =>
        IN_ORDER.filter(([first, then]) => isBackward(value, first, then)).map(
          pair => `${where}: ${pair.join(' after ')}`,
        ),
      );
    expect(backward).toEqual([]);
  });

  test('runs forward from the order to the payment', () => {
    const facts = new Map(story.map(({ fact, value }) => [fact, value]));
    const late: string[] = [];
    const holds = (first: string, then: string) => {
      const [one, other] = [facts.get(first), facts.get(then)];
      if (one !== undefined && other !== undefined && isAfter(one, other))
        late.push(`${first} ${one}, ${then} ${other}`);
    };
    for (const { fact, value } of story) {
      const [id, what] = fact.split(' ');
      if (what === 'order' && id!.startsWith('GR-')) holds(`${value} orderDate`, `${id} receivedAt`);
      if (what === 'order' && id!.startsWith('INV-')) holds(`${value} orderDate`, `${id} invoiceDate`);
      if (what === 'invoice' && id!.startsWith('PAY-')) holds(`${value} postedOn`, `${id} releasedAt`);
    }
    expect([...new Set(late)]).toEqual([]);
  });

  test('has no document that was captured before it was made', () => {
    const received = new Map(
      story.filter(({ fact }) => fact.endsWith(' receivedAt')).map(({ fact, value }) => [fact.split(' ')[0], value]),
    );
    const numbers = new Map(
      story.filter(({ fact }) => fact.endsWith(' invoice')).map(({ fact, value }) => [fact.split(' ')[0], value]),
    );
    const made = exampleFiles(estate).flatMap(({ path, document }) => {
      const objects = [...objectsIn(document)].map(([, value]) => value);
      const header = objects.find(({ controlNumber, time }) => controlNumber !== undefined && time !== undefined);
      const number = objects.find(value => value.supplierInvoiceNumber !== undefined)?.supplierInvoiceNumber;
      // Partners write the time of Chicago, which in summer is five hours behind UTC.
      return path.includes('/810_')
        ? [{ number: String(number), at: Date.parse(`${header?.date}T${header?.time}:00-05:00`) }]
        : [];
    });
    expect(made.length).toBeGreaterThan(0);
    for (const { number, at } of made) {
      const captured = received.get(numbers.get(number));
      expect(at, number).toBeLessThanOrEqual(Date.parse(captured!));
    }
  });

  test('separates who proposes a payment from who releases it', () => {
    const facts = new Map(story.map(({ fact, value }) => [fact, value]));
    const same = [...facts].filter(
      ([fact, value]) => fact.endsWith(' releasedBy') && facts.get(fact.replace('releasedBy', 'createdBy')) === value,
    );
    expect(same).toEqual([]);
  });
});

describe('what is held against the examples', () => {
  const said = (...documents: JsonObject[]) =>
    contradictionsIn(documents.flatMap((document, index) => [...factsOf(document, `${index}`, true)]));

  test('a number that two invoices share, whatever the fields are called', () => {
    expect(
      said({ invoiceId: 'INV-600001', supplierInvoiceNumber: 'NW-26-1' }, { Text: 'INV-600002', Ref: 'NW-26-1' }),
    ).toEqual(['NW-26-1 invoice: INV-600001 (0), INV-600002 (1)']);
  });

  test('another amount, but not another way to write it', () => {
    const invoice = (gross: JsonObject | string): JsonObject => ({ invoiceId: 'INV-600001', gross });
    expect(said(invoice({ amount: '10.50', currency: 'USD' }), invoice('10.5'))).toEqual([]);
    expect(said(invoice({ amount: '10.50', currency: 'USD' }), invoice('15.0'))).toEqual([
      'INV-600001 gross: 10.5 (0), 15 (1)',
    ]);
  });

  test('an end before its beginning', () => {
    expect(
      isBackward({ sentAt: '2026-05-02T10:00:00Z', settledAt: '2026-05-02T09:00:00Z' }, 'sentAt', 'settledAt'),
    ).toBe(true);
    expect(isBackward({ sentAt: '2026-05-02T10:00:00Z', settledAt: '2026-05-02' }, 'sentAt', 'settledAt')).toBe(false);
  });
});

function isBackward(value: JsonObject, first: string, then: string): boolean {
  const [one, other] = [value[first], value[then]];
  return isTime(one) && isTime(other) && isAfter(one, other);
}
