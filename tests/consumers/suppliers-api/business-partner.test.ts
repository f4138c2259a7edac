import { Matchers } from '@pact-foundation/pact';
import { expect, test } from 'vitest';
import { recordPact, settled } from '../pact.ts';
import { sapClient } from './client.ts';

const { boolean, regex, string } = Matchers;
const pact = recordPact('suppliers-api', 'sap-s4hana/business-partner@1');
const entities = '/API_BUSINESS_PARTNER/A_BusinessPartner';
const read = { Accept: 'application/json', Authorization: regex('^Basic .+$', 'Basic dGVjaDp0ZXN0') };
/** A session that the provider state opens: tokens cannot be fetched inside of an interaction. */
const session = { token: 'Kx2mQ0test0token0==', cookie: 'SAP_SESSIONID_MCK_100=pact-session' };
const write = {
  ...read,
  'Content-Type': 'application/json',
  'X-CSRF-Token': regex('^.+$', session.token),
  Cookie: regex('^SAP_SESSIONID_[A-Z0-9]+_[0-9]{3}=.+$', session.cookie),
};
const json = { 'Content-Type': 'application/json' };
const etag = 'W/"\'20260306143000\'"';

test('looks for a vendor and takes a session for the write along', () =>
  pact()
    .addInteraction()
    .given('no business partner is known under SUP-100047')
    .uponReceiving('a search by our supplier id that fetches a CSRF token')
    .withRequest('GET', entities, request =>
      request
        .headers({ ...read, 'X-CSRF-Token': 'Fetch' })
        .query({ $filter: "BusinessPartnerIDByExtSystem eq 'SUP-100047'", $top: '1' }),
    )
    .willRespondWith(200, response =>
      response
        .headers({
          ...json,
          'X-CSRF-Token': regex('^.+$', session.token),
          'Set-Cookie': regex('^SAP_SESSIONID_[A-Z0-9]+_[0-9]{3}=.+$', `${session.cookie}; path=/; HttpOnly`),
        })
        .jsonBody({ d: { results: [] } }),
    )
    .executeTest(
      settled(async url => {
        const found = await sapClient(url, 'tech', 'test').findVendor('SUP-100047');
        expect(found).toEqual({ number: undefined, session });
      }),
    ));

test('creates a vendor, blocked until it is approved', () =>
  pact()
    .addInteraction()
    .given('a session with a CSRF token is open')
    .uponReceiving('a new vendor')
    .withRequest('POST', entities, request =>
      request.headers(write).jsonBody({
        BusinessPartnerCategory: '2',
        BusinessPartnerGrouping: 'BPEE',
        BusinessPartnerIDByExtSystem: string('SUP-100045'),
        OrganizationBPName1: string('Northwind Surgical Supply'),
        BusinessPartnerIsBlocked: true,
        to_BusinessPartnerRole: {
          results: [{ BusinessPartnerRole: 'FLVN00' }, { BusinessPartnerRole: 'FLVN01' }],
        },
      }),
    )
    .willRespondWith(201, response => response.headers(json).jsonBody({ d: { BusinessPartner: string('1000451') } }))
    .executeTest(
      settled(async url => {
        const vendor = { supplierId: 'SUP-100045', name: 'Northwind Surgical Supply' };
        expect(await sapClient(url, 'tech', 'test').createVendor(session, vendor)).toBe('1000451');
      }),
    ));

test('reads a vendor with its finance view', () =>
  pact()
    .addInteraction()
    .given('business partner 1000451 exists')
    .uponReceiving('a request for a vendor with its finance view')
    .withRequest('GET', `${entities}('1000451')`, request => request.headers(read).query({ $expand: 'to_Supplier' }))
    .willRespondWith(200, response =>
      response.headers({ ...json, ETag: regex('^W/".+"$', etag) }).jsonBody({
        d: {
          BusinessPartner: '1000451',
          OrganizationBPName1: string('Northwind Surgical Supply'),
          BusinessPartnerIsBlocked: boolean(false),
          to_Supplier: { PaymentIsBlockedForSupplier: boolean(false) },
        },
      }),
    )
    .executeTest(
      settled(async url => {
        expect(await sapClient(url, 'tech', 'test').vendor('1000451')).toEqual({
          number: '1000451',
          name: 'Northwind Surgical Supply',
          isBlocked: false,
          paymentIsBlocked: false,
          etag,
        });
      }),
    ));

test('unblocks a vendor in the state that was read', () =>
  pact()
    .addInteraction()
    .given('business partner 1000451 exists')
    .given('a session with a CSRF token is open')
    .uponReceiving('the end of a block')
    .withRequest('PATCH', `${entities}('1000451')`, request =>
      request.headers({ ...write, 'If-Match': regex('^W/".+"$', etag) }).jsonBody({ BusinessPartnerIsBlocked: false }),
    )
    .willRespondWith(204)
    .executeTest(
      settled(async url => {
        await sapClient(url, 'tech', 'test').unblock(session, '1000451', etag);
      }),
    ));
