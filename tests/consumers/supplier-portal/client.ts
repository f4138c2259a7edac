/** What the supplier portal shows a supplier of its own record, and lets it correct. Still on version 1. */

export interface OwnRecord {
  readonly name: string;
  readonly isActive: boolean;
  readonly address: readonly string[];
  readonly email: string | undefined;
  readonly phone: string | undefined;
  /** Sent back with a correction, so that nobody's change is overwritten. */
  readonly state: string;
}

export interface Correction {
  readonly street?: string;
  readonly email?: string;
  readonly phone?: string;
}

/** Somebody else changed the record since it was read. */
export class StaleRecord extends Error {
  override readonly name = 'StaleRecord';
}

interface Supplier {
  name: string;
  status: string;
  street: string;
  city: string;
  zip: string;
  email?: string;
  phone?: string;
}

export function portalClient(baseUrl: string, token: string) {
  const authorization = `Bearer ${token}`;
  async function recordOf(response: Response): Promise<OwnRecord> {
    if (response.status === 412) throw new StaleRecord();
    if (!response.ok) throw new Error(`the suppliers API answered ${response.status}`);
    const { name, status, street, city, zip, email, phone } = (await response.json()) as Supplier;
    const state = response.headers.get('etag') ?? '';
    return { name, isActive: status === 'ACTIVE', address: [street, `${zip} ${city}`], email, phone, state };
  }
  return {
    async ownRecord(supplierId: string): Promise<OwnRecord> {
      return recordOf(
        await fetch(`${baseUrl}/suppliers/${supplierId}`, { headers: { accept: 'application/json', authorization } }),
      );
    },
    async correct(supplierId: string, state: string, correction: Correction): Promise<OwnRecord> {
      return recordOf(
        await fetch(`${baseUrl}/suppliers/${supplierId}`, {
          method: 'PATCH',
          headers: {
            accept: 'application/json',
            authorization,
            'content-type': 'application/merge-patch+json',
            'if-match': state,
          },
          body: JSON.stringify(correction),
        }),
      );
    },
  };
}
