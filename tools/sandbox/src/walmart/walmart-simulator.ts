import { LaterEffects } from '../effects/later-effects.js';
import { FaultPlan } from '../faults/fault-plan.js';
import { CallLog } from '../http/call-log.js';
import { serveVendor } from '../http/vendor-server.js';
import { realClock } from '../sandbox-clock.js';
import type { VendorSimulator } from '../simulator.js';
import { WalmartAccount } from './account.js';
import { systemError, tooManyCalls } from './errors.js';
import { FeedList } from './feeds/feed-list.js';
import { feedRoutes } from './feeds/feed-routes.js';
import { WalmartGuard } from './guard.js';
import { catalogueRoutes } from './inventory/catalogue-routes.js';
import { multiNodeRoutes } from './inventory/multi-node-routes.js';
import { singleRoutes } from './inventory/single-routes.js';
import { WalmartStock } from './inventory/stock.js';
import { SIGNATURE_HEADER, type WalmartOptions } from './options.js';
import { orderRoutes } from './orders/order-routes.js';
import { PurchaseOrders } from './orders/purchase-orders.js';
import { walmartSpecification } from './specification.js';
import { outOfStockEvent, WalmartSeller } from './walmart-seller.js';
import { WalmartNotifier } from './webhooks/notifier.js';
import { webhookRoutes } from './webhooks/webhook-routes.js';

export interface WalmartSimulator extends VendorSimulator {
  readonly stock: WalmartStock;
  readonly keys: WalmartAccount;
  readonly notifier: WalmartNotifier;
  /** Writes of the SKU are refused as locked for so long. */
  lock(listingId: string, ms: number): void;
}

const SHIP_NODES = ['10000001', '10000002'];
const RETRY_MS = 1_000;

/** Walmart's US marketplace with one seller. */
export async function startWalmartSimulator(options: WalmartOptions = {}): Promise<WalmartSimulator> {
  const clock = options.clock ?? realClock;
  const faults = new FaultPlan();
  const log = new CallLog();
  const keys = new WalmartAccount(clock, faults);
  const guard = new WalmartGuard(keys, clock, options.limits !== 'none');
  const later = new LaterEffects(clock);
  const { scheme, encoding } = { scheme: options.signature ?? 'hmac', encoding: options.encoding ?? 'base64' } as const;
  const notifier = new WalmartNotifier(clock, { scheme, encoding, secret: keys.credentials.webhookSecret, header: SIGNATURE_HEADER });
  const shipNodes = options.shipNodes ?? SHIP_NODES;
  const stock = new WalmartStock({
    shipNodes,
    later,
    reserved: options.reserved ?? 'restarts',
    outOfStock: (one) => notifier.send('INVENTORY_OOS', outOfStockEvent(one)),
  });
  const orders = new PurchaseOrders(clock);
  const feeds = new FeedList(stock, later, clock, { queueMs: options.feedQueueMs ?? 2_000, runMs: options.feedRunMs ?? 10_000 });
  const writing = { stock, later, clock };
  const specification = walmartSpecification();
  const server = await serveVendor({
    routes: [
      ...keys.routes,
      ...singleRoutes(writing, guard),
      ...multiNodeRoutes(writing, guard),
      ...catalogueRoutes(stock, guard),
      ...feedRoutes({ stock, feeds, guard }),
      ...orderRoutes(orders, clock, guard),
      ...webhookRoutes(notifier, guard),
    ],
    faults,
    log,
    clock,
    port: options.port ?? 0,
    onCall: options.onCall,
    spared: ['token', 'tokenDetail'],
    faultAnswer: (fault) =>
      fault.kind === 'throttle'
        ? tooManyCalls({ 'x-current-token-count': '0', 'x-next-replenish-time': String(clock.now() + (fault.retryAfterMs ?? RETRY_MS)) })
        : systemError(fault.status),
    onExpireTokens: () => keys.expireTokens(),
    check: (route, call, answer) => specification(route, call, answer).forEach((text) => log.violation(text)),
  });
  const seller = new WalmartSeller({ stock, orders, notifier, clock });
  return {
    vendor: 'walmart',
    url: server.url,
    account: {
      settings: { baseUrl: server.url, ...(options.limits === 'none' ? { callsPerMinute: 100_000, feedsPerHour: 10_000 } : {}) },
      credentials: keys.credentials,
      locations: shipNodes.map((remoteId, index) => ({ locationId: ['BER', 'HAM', 'MUC', 'CGN'][index] ?? remoteId, remoteId })),
    },
    faults,
    log,
    stock,
    keys,
    notifier,
    addListings: (listings) => seller.addListings(listings),
    listings: () => seller.listings(),
    edit: (listingId, quantity, remoteId) => seller.edit(listingId, quantity, remoteId),
    sell: (lines) => seller.sell(lines),
    cancel: (orderId) => seller.cancel(orderId),
    refund: (orderId, lines) => seller.refund(orderId, lines),
    lock: (listingId, ms) => seller.lock(listingId, ms),
    sendHooksTo: (target) => notifier.sendTo(target),
    hooksSent: () => notifier.settled(),
    close: async () => {
      await notifier.settled();
      await server.close();
    },
  };
}
