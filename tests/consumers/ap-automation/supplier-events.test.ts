import { Matchers } from '@pact-foundation/pact';
import { expect, test } from 'vitest';
import { recordPact } from '../pact.ts';
import {
  captureDesk,
  onSupplierApproved,
  onSupplierStatusChanged,
  type SupplierApproved,
  type SupplierStatusChanged,
} from './events.ts';

const { integer, regex, string } = Matchers;
const pact = recordPact('ap-automation', 'suppliers@1');
const metadataOf = (message: string) => ({ message, contentType: 'application/cloudevents+json' });

test('opens an approved supplier for invoice capture, once', () =>
  pact()
    .addAsynchronousInteraction()
    .given('supplier SUP-100045 was approved')
    .expectsToReceive('supplierApproved for a supplier with agreed terms', message =>
      message
        .withJSONContent({
          id: string('0190a6f1-6a3e-7c52-9b1f-2d8f5e4c1a01'),
          type: 'example.lakeshore.supplier.approved.v1',
          data: {
            supplierId: regex('^SUP-[0-9]{6}$', 'SUP-100045'),
            legalName: string('Northwind Surgical Supply'),
            paymentTerms: { code: string('N30'), netDays: integer(30) },
          },
        })
        .withMetadata(metadataOf('supplierApproved')),
    )
    .executeTest(async ({ contents }) => {
      const desk = captureDesk();
      const event = contents.content as unknown as SupplierApproved;
      onSupplierApproved(desk, event);
      onSupplierApproved(desk, event);
      expect([...desk.open]).toEqual([['SUP-100045', { name: 'Northwind Surgical Supply', netDays: 30 }]]);
    }));

test('holds the invoices of a suspended supplier', () =>
  pact()
    .addAsynchronousInteraction()
    .given('supplier SUP-100045 was suspended')
    .expectsToReceive('supplierStatusChanged for a suspended supplier', message =>
      message
        .withJSONContent({
          id: string('0190a6f1-6a3e-7c52-9b1f-2d8f5e4c1a02'),
          type: 'example.lakeshore.supplier.status-changed.v1',
          data: { supplierId: regex('^SUP-[0-9]{6}$', 'SUP-100045'), toStatus: 'suspended' },
        })
        .withMetadata(metadataOf('supplierStatusChanged')),
    )
    .executeTest(async ({ contents }) => {
      const desk = captureDesk();
      onSupplierStatusChanged(desk, contents.content as unknown as SupplierStatusChanged);
      expect([...desk.onHold]).toEqual(['SUP-100045']);
    }));
