import { Matchers } from '@pact-foundation/pact';
import { expect, test } from 'vitest';
import { recordPact, settled } from '../pact.ts';
import { portalClient, StaleRecord } from './client.ts';

const { regex, string } = Matchers;
const pact = recordPact('supplier-portal', 'suppliers@1');
const authorised = { Accept: 'application/json', Authorization: regex('^Bearer .+$', 'Bearer test-token') };
const change = { ...authorised, 'Content-Type': 'application/merge-patch+json' };
const shown = { 'Content-Type': 'application/json', ETag: regex('^"[A-Za-z0-9._-]+"$', '"3"') };
const body = {
  name: string('Northwind Surgical Supply'),
  status: regex('^(PENDING|ACTIVE|BLOCKED)$', 'ACTIVE'),
  street: string('100 Harbor Street, Suite 400'),
  city: string('Milwaukee'),
  zip: string('53202-0001'),
  email: string('remittance@northwind-surgical.example'),
  phone: string('+1 312-555-0142'),
};

test('shows a supplier its own record', () =>
  pact()
    .addInteraction()
    .given('supplier SUP-100045 exists')
    .uponReceiving('a request for the own record')
    .withRequest('GET', '/suppliers/SUP-100045', request => request.headers(authorised))
    .willRespondWith(200, response => response.headers(shown).jsonBody(body))
    .executeTest(
      settled(async url => {
        expect(await portalClient(url, 'test-token').ownRecord('SUP-100045')).toEqual({
          name: 'Northwind Surgical Supply',
          isActive: true,
          address: ['100 Harbor Street, Suite 400', '53202-0001 Milwaukee'],
          email: 'remittance@northwind-surgical.example',
          phone: '+1 312-555-0142',
          state: '"3"',
        });
      }),
    ));

test('saves a correction on top of the state that was shown', () =>
  pact()
    .addInteraction()
    .given('supplier SUP-100045 is in state 3')
    .uponReceiving('a correction of the telephone number')
    .withRequest('PATCH', '/suppliers/SUP-100045', request =>
      request.headers({ ...change, 'If-Match': '"3"' }).jsonBody({ phone: string('+1 312-555-0142') }),
    )
    .willRespondWith(200, response => response.headers(shown).jsonBody(body))
    .executeTest(
      settled(async url => {
        const saved = await portalClient(url, 'test-token').correct('SUP-100045', '"3"', { phone: '+1 312-555-0142' });
        expect(saved.phone).toBe('+1 312-555-0142');
      }),
    ));

test('does not overwrite what somebody else changed', () =>
  pact()
    .addInteraction()
    .given('supplier SUP-100045 was changed by someone else')
    .uponReceiving('a correction on top of a state that has passed')
    .withRequest('PATCH', '/suppliers/SUP-100045', request =>
      request.headers({ ...change, 'If-Match': '"2"' }).jsonBody({ phone: string('+1 312-555-0142') }),
    )
    .willRespondWith(412)
    .executeTest(
      settled(async url => {
        const saving = portalClient(url, 'test-token').correct('SUP-100045', '"2"', { phone: '+1 312-555-0142' });
        await expect(saving).rejects.toThrow(StaleRecord);
      }),
    ));
