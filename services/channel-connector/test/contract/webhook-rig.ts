import { CallLog, callFault, FaultPlan, jsonOf, serveVendor, type VendorCall } from '@holdfast/sandbox';
import { Webhook } from 'standardwebhooks';
import { newSecret } from '@holdfast/vendor-http';
import { webhookProvider } from '../../src/providers/webhook/provider.js';
import { readInventoryUpdated } from '../../src/receiver/inventory-updated.js';
import { NewestListings } from '../../src/receiver/newest-listings.js';
import type { LeapingTime } from '../leaping-time.js';
import type { VendorRig, VendorUnderTest } from './rig.js';

const WRITES = 'inventory.updated';

export const webhookRig: VendorRig = {
  provider: webhookProvider,
  writes: WRITES,
  batch: 200,
  throttle: { fault: { kind: 'throttle', retryAfterMs: 20_000 }, pauseMs: 20_000 },
  checks: ['reachable', 'token'],
  lacks: {
    tokens: 'each message is signed with the secret; there is no token',
    reading: 'a receiver reports nothing back; a message that it did not answer is sent again under the same id',
    telling: 'a receiver reports nothing back',
    orders: 'orders of such a shop are reservations that it makes by itself',
  },
  start: startReceiver,
};

/** A merchant's own shop: our receiver's memory behind a server that acts out faults. */
async function startReceiver(time: LeapingTime): Promise<VendorUnderTest> {
  const faults = new FaultPlan();
  const log = new CallLog();
  const newest = new NewestListings();
  const secret = newSecret();

  function take(call: VendorCall): { readonly status: number } {
    if (faults.credentialsRevoked || !isSigned(call, secret)) return { status: 401 };
    const update = readInventoryUpdated(jsonOf(call));
    if (update === undefined) return { status: 400 };
    const { listings } = update.data;
    const fault = callFault(call);
    if (fault?.kind === 'reject_listings' && listings.some(({ listingId }) => fault.listingIds.includes(listingId))) return { status: 422 };
    newest.take(String(call.headers['webhook-id']), listings);
    return { status: 204 };
  }

  const server = await serveVendor({
    routes: [{ method: 'POST', path: '/hook', operation: WRITES, handle: take }],
    faults,
    log,
    clock: time,
    port: 0,
    faultAnswer: (fault) =>
      fault.kind === 'throttle'
        ? { status: 429, throttled: true, headers: { 'retry-after': String((fault.retryAfterMs ?? 0) / 1_000) } }
        : { status: fault.status },
    onExpireTokens: () => undefined,
    onCall: undefined,
  });
  return {
    account: { settings: { url: `${server.url}/hook` }, credentials: { secret } },
    faults,
    log,
    addListings: (skus) => skus.map((sku) => `listing of ${sku}`),
    shown: (listingId) => newest.listings.get(listingId)?.quantity,
    edit: () => undefined,
    sell: () => {
      throw new Error('a receiver tells of no orders');
    },
    cancel: () => undefined,
    sendHooksTo: () => undefined,
    hooksSent: () => Promise.resolve(),
    close: () => server.close(),
  };
}

/** Signed for its own time: the library would compare that with the time of the machine. */
function isSigned({ headers, body }: VendorCall, secret: string): boolean {
  const id = String(headers['webhook-id']);
  const at = new Date(Number(headers['webhook-timestamp']) * 1_000);
  return headers['webhook-signature'] === new Webhook(secret).sign(id, at, body.toString());
}
