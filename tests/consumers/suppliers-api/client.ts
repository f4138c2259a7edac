/** The SAP adapter of the suppliers API: keeps the vendor record in step through API_BUSINESS_PARTNER. */

export interface Session {
  readonly token: string;
  readonly cookie: string;
}

export interface NewVendor {
  readonly supplierId: string;
  readonly name: string;
}

export interface Vendor {
  readonly number: string;
  readonly name: string;
  readonly isBlocked: boolean;
  readonly paymentIsBlocked: boolean;
  readonly etag: string;
}

const ENTITIES = '/API_BUSINESS_PARTNER/A_BusinessPartner';

export function sapClient(baseUrl: string, user: string, password: string) {
  const authorization = `Basic ${btoa(`${user}:${password}`)}`;
  const read = { accept: 'application/json', authorization };
  const written = ({ token, cookie }: Session) => ({ ...read, 'x-csrf-token': token, cookie });
  async function ask(path: string, init: RequestInit): Promise<Response> {
    const response = await fetch(baseUrl + path, init);
    if (!response.ok) throw new Error(`SAP answered ${response.status} to ${path}`);
    return response;
  }
  return {
    /** Looks before it creates, because SAP has no idempotency key, and takes the session for the write along. */
    async findVendor(supplierId: string): Promise<{ number: string | undefined; session: Session }> {
      const filter = encodeURIComponent(`BusinessPartnerIDByExtSystem eq '${supplierId}'`);
      const response = await ask(`${ENTITIES}?$filter=${filter}&$top=1`, {
        headers: { ...read, 'x-csrf-token': 'Fetch' },
      });
      const { d } = (await response.json()) as { d: { results: { BusinessPartner: string }[] } };
      const cookie = response.headers.getSetCookie().map(text => text.split(';')[0]!);
      const session = { token: response.headers.get('x-csrf-token') ?? '', cookie: cookie.join('; ') };
      return { number: d.results[0]?.BusinessPartner, session };
    },
    async createVendor(session: Session, { supplierId, name }: NewVendor): Promise<string> {
      const response = await ask(ENTITIES, {
        method: 'POST',
        headers: { ...written(session), 'content-type': 'application/json' },
        body: JSON.stringify({
          BusinessPartnerCategory: '2',
          BusinessPartnerGrouping: 'BPEE',
          BusinessPartnerIDByExtSystem: supplierId,
          OrganizationBPName1: name.slice(0, 40),
          BusinessPartnerIsBlocked: true,
          to_BusinessPartnerRole: {
            results: [{ BusinessPartnerRole: 'FLVN00' }, { BusinessPartnerRole: 'FLVN01' }],
          },
        }),
      });
      const { d } = (await response.json()) as { d: { BusinessPartner: string } };
      return d.BusinessPartner;
    },
    async vendor(number: string): Promise<Vendor> {
      const response = await ask(`${ENTITIES}('${number}')?$expand=to_Supplier`, { headers: read });
      const { d } = (await response.json()) as {
        d: {
          BusinessPartner: string;
          OrganizationBPName1: string;
          BusinessPartnerIsBlocked: boolean;
          to_Supplier: { PaymentIsBlockedForSupplier: boolean };
        };
      };
      return {
        number: d.BusinessPartner,
        name: d.OrganizationBPName1,
        isBlocked: d.BusinessPartnerIsBlocked,
        paymentIsBlocked: d.to_Supplier.PaymentIsBlockedForSupplier,
        etag: response.headers.get('etag') ?? '',
      };
    },
    async unblock(session: Session, number: string, etag: string): Promise<void> {
      await ask(`${ENTITIES}('${number}')`, {
        method: 'PATCH',
        headers: { ...written(session), 'content-type': 'application/json', 'if-match': etag },
        body: JSON.stringify({ BusinessPartnerIsBlocked: false }),
      });
    },
  };
}
