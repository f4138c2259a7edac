/** What AP automation does when the supplier of its invoices changes. */

export interface SupplierApproved {
  id: string;
  data: { supplierId: string; legalName: string; paymentTerms: { code: string; netDays: number } };
}
export interface SupplierStatusChanged {
  id: string;
  data: { supplierId: string; toStatus: string };
}

export interface CaptureDesk {
  readonly open: Map<string, { readonly name: string; readonly netDays: number }>;
  readonly onHold: Set<string>;
  readonly seen: Set<string>;
}

export function captureDesk(): CaptureDesk {
  return { open: new Map(), onHold: new Set(), seen: new Set() };
}

/** Delivery is at least once, so what was seen is dropped. */
export function onSupplierApproved(desk: CaptureDesk, { id, data }: SupplierApproved): void {
  if (desk.seen.has(id)) return;
  desk.seen.add(id);
  desk.open.set(data.supplierId, { name: data.legalName, netDays: data.paymentTerms.netDays });
}

export function onSupplierStatusChanged(desk: CaptureDesk, { id, data }: SupplierStatusChanged): void {
  if (desk.seen.has(id)) return;
  desk.seen.add(id);
  if (data.toStatus === 'approved') desk.onHold.delete(data.supplierId);
  else desk.onHold.add(data.supplierId);
}
