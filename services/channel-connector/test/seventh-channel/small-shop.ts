import { callFault, CallLog, FaultPlan, jsonOf, serveVendor, type SandboxClock, type VendorCall } from '@holdfast/sandbox';

export const SETS = 'setStock';

/** A shop that keeps figures in memory: `PUT /stock/{id}` with a key sets one, `GET /stock` lists all. */
export async function startSmallShop(key: string, clock: SandboxClock) {
  const skus = new Map<string, string>();
  const shown = new Map<string, number>();
  const faults = new FaultPlan();
  const log = new CallLog();

  const withKey = (handle: (call: VendorCall) => { readonly status: number; readonly body: unknown }) => (call: VendorCall) =>
    call.headers['x-key'] === key && !faults.credentialsRevoked ? handle(call) : { status: 401, body: {} };

  function set(call: VendorCall): { readonly status: number; readonly body: unknown } {
    const id = call.params['id'] ?? '';
    const fault = callFault(call);
    if (fault?.kind === 'reject_listings' && fault.listingIds.includes(id)) return { status: 422, body: {} };
    if (!skus.has(id)) return { status: 404, body: {} };
    shown.set(id, (jsonOf(call) as { readonly quantity: number }).quantity);
    return { status: 200, body: {} };
  }

  const list = () => ({ status: 200, body: [...skus].map(([id, sku]) => ({ id, sku, quantity: shown.get(id) })) });

  const server = await serveVendor({
    routes: [
      { method: 'PUT', path: '/stock/:id', operation: SETS, handle: withKey(set) },
      { method: 'GET', path: '/stock', operation: 'listStock', handle: withKey(list) },
    ],
    faults,
    log,
    clock,
    port: 0,
    faultAnswer: (fault) => (fault.kind === 'throttle' ? { status: 429, throttled: true } : { status: fault.status }),
    onExpireTokens: () => undefined,
    onCall: undefined,
  });
  return {
    url: server.url,
    faults,
    log,
    shown,
    /** Adds a listing that shows one unit. */
    add: (id: string, sku: string): void => {
      skus.set(id, sku);
      shown.set(id, 1);
    },
    close: () => server.close(),
  };
}
