import { FaultPlan, type Fault } from '../faults/fault-plan.js';
import { CallLog } from '../http/call-log.js';
import type { VendorAnswer, VendorRoute } from '../http/vendor-call.js';
import { serveVendor } from '../http/vendor-server.js';
import { realClock } from '../sandbox-clock.js';
import type { NewListing, ShownListing, SimulatorOptions, VendorSimulator } from '../simulator.js';
import { CostBucket, type Plan } from './admin-api/bucket.js';
import { Endpoint, operationOf, throttled } from './admin-api/endpoint.js';
import { IdempotencyKeys } from './admin-api/idempotency.js';
import { rootFields } from './admin-api/resolvers.js';
import { adminSchema, API_VERSION } from './admin-api/schema.js';
import { SetQuantities } from './admin-api/set-quantities.js';
import { Views } from './admin-api/views.js';
import { Inventory } from './shop/inventory.js';
import { Orders } from './shop/orders.js';
import { Tokens, type AuthenticationMode } from './tokens.js';
import { webhookCheck } from './webhooks/webhook-schemas.js';
import { Webhooks } from './webhooks/webhooks.js';

const SHOP = 'holdfast-sandbox';
const APP = { clientId: 'sandbox-app', clientSecret: 'shpss_sandbox' };
const ALL_SCOPES = ['read_inventory', 'write_inventory', 'read_locations', 'read_products', 'read_orders'];
const PLACES = ['BER', 'HAM'];

export interface ShopifyOptions extends SimulatorOptions {
  /** Default `standard`: 100 points a second. */
  readonly plan?: Plan;
  /** How the app gets its tokens. Default `client_credentials`. */
  readonly authentication?: AuthenticationMode;
  /** What the merchant granted. Default: all that the channel needs. */
  readonly scopes?: readonly string[];
  /** Names of the shop's locations, which are the names of ours too. Default BER and HAM. */
  readonly locations?: readonly string[];
  /** What a write to a location where the item is not stocked leads to. Default `refuse`. */
  readonly unstocked?: 'refuse' | 'ignore';
  /** Whether a refused write names all of its faults or the first alone. Default `all`. */
  readonly faultsNamed?: 'all' | 'first';
}

export interface ShopifyListing extends NewListing {
  /** Names of the locations that stock it. Default: all. */
  readonly stockedAt?: readonly string[];
  readonly tracked?: boolean;
  /** False for the parent of a bundle. */
  readonly mutable?: boolean;
}

export interface ShopifySimulator extends VendorSimulator {
  addListings(listings: readonly ShopifyListing[]): readonly string[];
  /** What the shop shows of one listing at one place; undefined where it is not stocked. */
  shown(listingId: string, remoteId: string): number | undefined;
  /** A person stops stocking the item at the location. */
  deactivate(listingId: string, remoteId: string): void;
  /** The next calls with this idempotency key are told that a first one still runs. */
  holdKey(key: string, times: number): void;
  /** Restricts or widens what the merchant granted. */
  grant(scopes: readonly string[]): void;
  /** The app gets a second client secret beside the first. @returns it */
  addSecret(): string;
  /** Client secrets but the newest are refused from now on, and so are the tokens that they gave. */
  revokeOlderSecrets(): void;
}

/** Starts one Shopify shop with one app installed in it. */
export async function startShopifySimulator(options: ShopifyOptions = {}): Promise<ShopifySimulator> {
  const clock = options.clock ?? realClock;
  const now = (): number => clock.now();
  const faults = new FaultPlan();
  const log = new CallLog();
  const violation = (text: string): void => log.violation(text);
  let scopes = options.scopes ?? ALL_SCOPES;

  const checkHook = webhookCheck();
  const webhooks = new Webhooks({
    shopDomain: `${SHOP}.myshopify.com`,
    apiVersion: API_VERSION,
    secret: APP.clientSecret,
    now,
    check: (topic, body) => checkHook?.(topic, body).forEach(violation),
  });
  const inventory = new Inventory(options.locations ?? PLACES, now, (level) => webhooks.levelChanged(level));
  const orders = new Orders(inventory, now, (event) => webhooks.orderChanged(event));
  const mode = options.authentication ?? 'client_credentials';
  const tokens = new Tokens(APP, mode, scopes, now, () => faults.credentialsRevoked);
  const bucket = new CostBucket(options.limits === 'none' ? 'unlimited' : (options.plan ?? 'standard'), now);
  const keys = new IdempotencyKeys(now);
  const views = new Views(inventory);
  const setQuantities = new SetQuantities({
    inventory,
    keys,
    now,
    violation,
    unstocked: options.unstocked ?? 'refuse',
    faultsNamed: options.faultsNamed ?? 'all',
  });
  const endpoint = new Endpoint({
    schema: adminSchema(),
    bucket,
    violation,
    accepts: (token) => tokens.accepts(token),
    rootFields: rootFields({ shopDomain: `${SHOP}.myshopify.com`, inventory, orders, views, keys, setQuantities, scopes: () => scopes }),
  });

  const routes: readonly VendorRoute[] = [
    { method: 'POST', path: '/admin/oauth/access_token', operation: 'token', handle: (call) => tokens.answer(call) },
    {
      method: 'POST',
      path: `/admin/api/${API_VERSION}/graphql.json`,
      operation: 'graphql',
      operationOf,
      handle: async (call) => withVersion(await endpoint.answer(call)),
    },
  ];
  const server = await serveVendor({
    routes,
    faults,
    log,
    clock,
    port: options.port ?? 0,
    onCall: options.onCall,
    spared: ['token'],
    onExpireTokens: () => tokens.expireAll(),
    faultAnswer: (fault) => faultAnswer(fault, bucket),
  });

  return {
    vendor: 'shopify',
    url: server.url,
    account: {
      settings: { shop: SHOP, apiVersion: API_VERSION, baseUrl: server.url },
      credentials: {
        webhookSecret: APP.clientSecret,
        ...(tokens.staticToken === undefined ? APP : { accessToken: tokens.staticToken }),
        ...(tokens.currentRefreshToken === undefined ? {} : { refreshToken: tokens.currentRefreshToken }),
      },
      locations: inventory.locations.map(({ id, name }) => ({ locationId: name, remoteId: id })),
    },
    faults,
    log,
    addListings: (listings) =>
      listings.map(({ stockedAt, tracked, mutable, ...listing }) => {
        const item = inventory.add(
          listing,
          inventory.locations.filter(({ name }) => stockedAt?.includes(name) ?? true),
        );
        item.tracked = tracked ?? true;
        item.mutable = mutable ?? true;
        return item.id;
      }),
    listings: () => shown(inventory),
    shown: (listingId, remoteId) => inventory.level(listingId, remoteId)?.available,
    edit: (listingId, quantity, remoteId) => inventory.setAvailable(levelOf(inventory, listingId, remoteId), quantity),
    sell: (lines) => orders.place(lines).id,
    cancel: (orderId) => orders.cancel(orderId),
    refund: (orderId, lines) => orders.refund(orderId, lines),
    deactivate: (listingId, remoteId) => inventory.deactivate(levelOf(inventory, listingId, remoteId)),
    holdKey: (key, times) => keys.hold(key, times),
    addSecret: () => tokens.addSecret(),
    revokeOlderSecrets: () => tokens.revokeOlderSecrets(),
    grant: (granted) => {
      scopes = granted;
    },
    sendHooksTo: (target) => webhooks.sendTo(target),
    hooksSent: () => webhooks.settled(),
    close: () => server.close(),
  };
}

function levelOf(inventory: Inventory, listingId: string, remoteId: string | undefined) {
  const level = remoteId === undefined ? inventory.levelsOf(listingId)[0] : inventory.level(listingId, remoteId);
  if (level === undefined) throw new Error(`${listingId} is not stocked${remoteId === undefined ? '' : ` at ${remoteId}`}`);
  return level;
}

const shown = (inventory: Inventory): readonly ShownListing[] =>
  inventory.items
    .flatMap((item) => inventory.levelsOf(item.id))
    .map(({ item, location, available }) => ({
      listingId: item.id,
      sku: item.sku,
      barcode: item.barcode,
      title: item.title,
      remoteId: location.id,
      quantity: available,
    }))
    .sort((a, b) => (a.listingId === b.listingId ? (a.remoteId < b.remoteId ? -1 : 1) : a.listingId < b.listingId ? -1 : 1));

const withVersion = (answer: VendorAnswer): VendorAnswer => ({
  ...answer,
  headers: { ...answer.headers, 'x-shopify-api-version': API_VERSION },
});

/** A throttle that names a time comes as 429, which the vendor is said to answer too; without one as the documented 200. */
function faultAnswer(fault: Fault & { readonly kind: 'throttle' | 'server_error' }, bucket: CostBucket): VendorAnswer {
  if (fault.kind === 'server_error')
    return { status: fault.status, body: { errors: [{ message: 'Internal error.', extensions: { code: 'INTERNAL_SERVER_ERROR' } }] } };
  bucket.drain();
  const answer = throttled(bucket, 10);
  if (fault.retryAfterMs === undefined) return answer;
  return { ...answer, status: 429, headers: { 'retry-after': (fault.retryAfterMs / 1_000).toFixed(1) } };
}
