/** What AP automation reads of suppliers before it captures, matches and releases invoices. */

export interface InvoiceParty {
  readonly supplierId: string;
  readonly name: string;
  readonly taxNumber: string;
  readonly mayBePaid: boolean;
}

export interface PaymentDetails {
  readonly currency: string;
  readonly netDays: number;
  readonly method: string;
  /** The last four characters, to compare with the account on the invoice. */
  readonly accountEnding: string | undefined;
}

interface Supplier {
  supplierId: string;
  legalName: string;
  status: string;
  tax: { identifier: { value: string } };
}
interface Remittance {
  currency: string;
  paymentMethod: string;
  paymentTerms: { netDays: number };
  bankAccount?: { maskedAccountNumber: string };
}

export function suppliersClient(baseUrl: string, token: string) {
  async function read<T>(path: string): Promise<T | undefined> {
    const response = await fetch(`${baseUrl}${path}`, {
      headers: { accept: 'application/json, application/problem+json', authorization: `Bearer ${token}` },
    });
    if (response.status === 404) return undefined;
    if (!response.ok) throw new Error(`${path} answered ${response.status}`);
    return (await response.json()) as T;
  }
  return {
    async invoiceParty(supplierId: string): Promise<InvoiceParty | undefined> {
      const supplier = await read<Supplier>(`/suppliers/${encodeURIComponent(supplierId)}`);
      return (
        supplier && {
          supplierId: supplier.supplierId,
          name: supplier.legalName,
          taxNumber: supplier.tax.identifier.value,
          mayBePaid: supplier.status === 'approved',
        }
      );
    },
    async paymentDetails(supplierId: string): Promise<PaymentDetails | undefined> {
      const remittance = await read<Remittance>(`/suppliers/${encodeURIComponent(supplierId)}/remittance`);
      return (
        remittance && {
          currency: remittance.currency,
          netDays: remittance.paymentTerms.netDays,
          method: remittance.paymentMethod,
          accountEnding: remittance.bankAccount?.maskedAccountNumber.slice(-4),
        }
      );
    },
  };
}
