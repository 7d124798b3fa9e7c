import type { VendorSimulator } from '../simulator.js';
import { checked, type Asked, type AskedFault } from './asked.js';

/** Checks the body and does to the vendor what it says. @returns what is answered; undefined for nothing */
type Act = (vendor: VendorSimulator, body: unknown) => Readonly<Record<string, string>> | undefined;

/** By the last part of the path. */
const ACTS: Readonly<Record<keyof Asked, Act>> = {
  faults: (vendor, body) => void plan(vendor, checked('faults', body)),
  edits: (vendor, body) => {
    const { listingId, quantity, remoteId } = checked('edits', body);
    return void vendor.edit(listingId, quantity, remoteId ?? firstPlace(vendor));
  },
  orders: (vendor, body) => ({ orderId: vendor.sell(checked('orders', body).lines.map((line) => ({ ...placed(vendor), ...line }))) }),
  cancellations: (vendor, body) => void vendor.cancel(checked('cancellations', body).orderId),
  refunds: (vendor, body) => {
    const { orderId, lines } = checked('refunds', body);
    const at = placed(vendor);
    return void vendor.refund(
      orderId,
      lines.map((line) => ({ ...at, ...line })),
    );
  },
  hooks: (vendor, body) => void vendor.sendHooksTo({ url: checked('hooks', body).url }),
};

const isAct = (what: string): what is keyof typeof ACTS => Object.hasOwn(ACTS, what);

/** @param what the last part of the path */
export const actOf = (what: string): Act | undefined => (isAct(what) ? ACTS[what] : undefined);

function plan({ faults }: VendorSimulator, { times = 1, operation, ...fault }: AskedFault): void {
  if (fault.kind === 'none') return faults.clear();
  if (fault.kind === 'revoke_credentials') return void (faults.credentialsRevoked = true);
  faults.next(fault, times, operation);
}

const firstPlace = ({ account }: VendorSimulator): string | undefined => account.locations?.[0]?.remoteId;

function placed(vendor: VendorSimulator): { readonly remoteId?: string } {
  const remoteId = firstPlace(vendor);
  return remoteId === undefined ? {} : { remoteId };
}
