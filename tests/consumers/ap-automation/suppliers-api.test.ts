import { Matchers } from '@pact-foundation/pact';
import { expect, test } from 'vitest';
import { recordPact, settled } from '../pact.ts';
import { suppliersClient } from './client.ts';

const { integer, like, regex, string } = Matchers;
const pact = recordPact('ap-automation', 'suppliers@2');
const headers = {
  Accept: 'application/json, application/problem+json',
  Authorization: regex('^Bearer .+$', 'Bearer test-token'),
};
const json = { 'Content-Type': 'application/json' };
const problem = { 'Content-Type': 'application/problem+json' };

test('reads who an invoice comes from', () =>
  pact()
    .addInteraction()
    .given('supplier SUP-100045 is approved')
    .uponReceiving('a request for an approved supplier')
    .withRequest('GET', '/suppliers/SUP-100045', request => request.headers(headers))
    .willRespondWith(200, response =>
      response.headers(json).jsonBody({
        supplierId: 'SUP-100045',
        status: 'approved',
        legalName: string('Northwind Surgical Supply'),
        tax: { identifier: { value: string('00-0000001') } },
      }),
    )
    .executeTest(
      settled(async url => {
        expect(await suppliersClient(url, 'test-token').invoiceParty('SUP-100045')).toEqual({
          supplierId: 'SUP-100045',
          name: 'Northwind Surgical Supply',
          taxNumber: '00-0000001',
          mayBePaid: true,
        });
      }),
    ));

test('knows no supplier by an id that was never given', () =>
  pact()
    .addInteraction()
    .given('no supplier has the id SUP-999999')
    .uponReceiving('a request for an unknown supplier')
    .withRequest('GET', '/suppliers/SUP-999999', request => request.headers(headers))
    .willRespondWith(404, response =>
      response.headers(problem).jsonBody({ code: 'supplier-not-found', retryable: false }),
    )
    .executeTest(
      settled(async url => {
        expect(await suppliersClient(url, 'test-token').invoiceParty('SUP-999999')).toBeUndefined();
      }),
    ));

test('reads how a supplier is paid', () =>
  pact()
    .addInteraction()
    .given('supplier SUP-100045 has remittance data')
    .uponReceiving('a request for remittance data')
    .withRequest('GET', '/suppliers/SUP-100045/remittance', request => request.headers(headers))
    .willRespondWith(200, response =>
      response.headers(json).jsonBody({
        currency: regex('^[A-Z]{3}$', 'USD'),
        paymentTerms: { netDays: integer(30) },
        paymentMethod: regex('^(ach|wire|check|virtual-card)$', 'ach'),
        bankAccount: like({ maskedAccountNumber: regex('^\\*{4}[A-Z0-9]{4}$', '****6789') }),
      }),
    )
    .executeTest(
      settled(async url => {
        expect(await suppliersClient(url, 'test-token').paymentDetails('SUP-100045')).toEqual({
          currency: 'USD',
          netDays: 30,
          method: 'ach',
          accountEnding: '6789',
        });
      }),
    ));
