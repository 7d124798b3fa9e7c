import { FaultPlan } from '../faults/fault-plan.js';
import { CallLog } from '../http/call-log.js';
import { serveVendor } from '../http/vendor-server.js';
import { realClock } from '../sandbox-clock.js';
import type { ShownListing, SimulatorOptions, VendorSimulator } from '../simulator.js';
import { Login } from './access/login.js';
import { TokenBuckets } from './access/token-buckets.js';
import { newAccount } from './account.js';
import { quotaExceeded, refusal } from './answers.js';
import { LaterEffects } from '../effects/later-effects.js';
import { FeedDocuments } from './feeds/documents.js';
import { feedOperations } from './feeds/feed-routes.js';
import { Feeds, type FeedPace } from './feeds/feeds.js';
import { AmazonIds } from './ids.js';
import { guarded } from './operations.js';
import { MessageQueue } from './queue/message-queue.js';
import { Notifications } from './queue/notifications.js';
import { queueRoutes } from './queue/queue-routes.js';
import { fbaOperations } from './shop/fba-operation.js';
import { shownQuantity, type AmazonListing } from './shop/listing.js';
import { listingOperations } from './shop/listing-operations.js';
import { orderOperations } from './shop/order-operations.js';
import { AmazonOrders } from './shop/orders.js';
import { AmazonShop, type NewFbaListing } from './shop/shop.js';
import { AmazonSpecification } from './specification-check.js';

export interface AmazonSimulatorOptions extends SimulatorOptions {
  readonly marketplaceIds?: readonly string[];
  /** Milliseconds from ACCEPTED until the figure shows. Default 1,000. */
  readonly applyMs?: number;
  readonly feeds?: Partial<FeedPace>;
  /** Whether the product type PRODUCT is taken for every listing. Not confirmed by Amazon; default false. */
  readonly takesCatchAll?: boolean;
  /** Results that a search shows over all its pages. Not confirmed by Amazon; default 1,000. */
  readonly searchDepth?: number;
  /** Whether the figures rise again when an order is cancelled. Not confirmed by Amazon; default true. */
  readonly restocksOnCancel?: boolean;
}

export interface AmazonSimulator extends VendorSimulator {
  readonly vendor: 'amazon';
  /** Adds listings whose stock lies in Amazon's warehouses. */
  addFbaListings(listings: readonly NewFbaListing[]): readonly string[];
  /** The attribute of availability of a listing as it is kept, for what a write must not lose. */
  availability(sku: string): readonly Readonly<Record<string, unknown>>[];
  /** The next feed ends as FATAL after so many of its messages took effect. */
  endNextFeedFatal(afterMessages: number): void;
  /** Messages of the queue: visible, and received but not deleted. */
  queued(): { readonly visible: number; readonly inFlight: number };
}

const GERMANY = 'A1PA6795UKMFR9';

/** Starts a simulated Amazon: login, Selling Partner API, presigned feed documents and a notification queue on one port. */
export async function startAmazonSimulator(options: AmazonSimulatorOptions = {}): Promise<AmazonSimulator> {
  const clock = options.clock ?? realClock;
  const account = newAccount(options.marketplaceIds ?? [GERMANY]);
  const log = new CallLog();
  const faults = new FaultPlan();
  const ids = new AmazonIds();
  const effects = new LaterEffects(clock);
  const specification = new AmazonSpecification(log);
  const queue = new MessageQueue(clock, ids);
  const notifications = new Notifications(account, ids, queue, (type, message) => specification.notification(type, message));
  const shop = new AmazonShop(account.marketplaceIds[0] ?? GERMANY, clock, ids, notifications);
  const orders = new AmazonOrders(shop, ids, (order, at) => notifications.orderChanged(order, at));
  const login = new Login(account, clock, faults, ids);
  const takesCatchAll = options.takesCatchAll ?? false;
  let url = '';
  let closed = false;
  const fatal: number[] = [];

  const documents = new FeedDocuments(clock, ids, () => url);
  const feeds = new Feeds({
    queuedMs: 1_000,
    workMs: 2_000,
    compressedReports: true,
    ...options.feeds,
    account,
    shop,
    documents,
    effects,
    ids,
    takesCatchAll,
    finished: (feed, at) => notifications.feedFinished(feed, at),
    checkReport: (report) => specification.report(report),
  });
  const operations = [
    ...listingOperations({
      account,
      shop,
      feeds,
      effects,
      ids,
      clock,
      log,
      takesCatchAll,
      applyMs: options.applyMs ?? 1_000,
      searchDepth: options.searchDepth ?? 1_000,
    }),
    ...feedOperations({ account, feeds, documents, clock, takeFatal: () => fatal.shift(), checkFeed: (feed) => specification.feed(feed) }),
    ...fbaOperations(account, shop, clock),
    ...orderOperations(account, orders, clock),
  ];
  const buckets = new TokenBuckets(clock, options.limits !== 'none');
  const server = await serveVendor({
    routes: [
      { method: 'POST', path: '/auth/o2/token', operation: 'token', handle: login.token },
      ...guarded(operations, { login, buckets, effects, ids, log }),
      ...documents.routes(),
      ...queueRoutes({ account, queue, effects, faults, clock, closed: () => closed }),
    ],
    faults,
    log,
    clock,
    port: options.port ?? 0,
    onCall: options.onCall,
    spared: ['token', 'uploadDocument', 'downloadDocument', 'sqs'],
    faultAnswer: (fault) =>
      fault.kind === 'throttle'
        ? quotaExceeded()
        : refusal(fault.status, 'InternalFailure', 'We encountered an internal error. Please try again.'),
    onExpireTokens: () => login.expireAll(),
    check: (route, call, answer) => specification.call(route, call, answer),
  });
  url = server.url;

  /** Acts on the shop as of now, after all that is due. */
  const now = <T>(act: (at: number) => T): T => {
    effects.settle();
    return act(clock.now());
  };
  return {
    vendor: 'amazon',
    url,
    account: {
      settings: {
        sellerId: account.sellerId,
        marketplaceIds: account.marketplaceIds,
        region: account.region,
        baseUrl: url,
        tokenUrl: `${url}/auth/o2/token`,
        notifications: { queueUrl: `${url}${account.queuePath}`, region: account.queueRegion, endpoint: url },
      },
      credentials: {
        clientId: account.clientId,
        clientSecret: account.clientSecret,
        refreshToken: account.refreshToken,
        accessKeyId: account.accessKeyId,
        secretAccessKey: account.secretAccessKey,
      },
    },
    faults,
    log,
    addListings: (listings) => listings.map((listing) => shop.add(listing)),
    addFbaListings: (listings) => listings.map((listing) => shop.addFba(listing)),
    listings: () =>
      now(() =>
        shop
          .all()
          .map(shown)
          .sort((one, other) => (one.listingId < other.listingId ? -1 : 1)),
      ),
    availability: (sku) => now(() => shop.named(sku).attributes['fulfillment_availability'] ?? []),
    edit: (listingId, quantity) => now((at) => shop.setQuantity(shop.named(listingId), quantity, at)),
    sell: (lines) => now((at) => orders.sell(lines, at)),
    cancel: (orderId) => now((at) => orders.cancel(orderId, options.restocksOnCancel ?? true, at)),
    // Amazon neither restocks the merchant's own stock on a refund nor tells of it in orders or notifications.
    refund: (orderId) => void orders.named(orderId),
    endNextFeedFatal: (afterMessages) => void fatal.push(afterMessages),
    queued: () => now(() => queue.counts()),
    sendHooksTo: ({ fate }) => notifications.meet(fate),
    hooksSent: () => Promise.resolve(),
    close: () => {
      closed = true;
      return server.close();
    },
  };
}

const shown = (listing: AmazonListing): ShownListing => ({
  listingId: listing.sku,
  sku: listing.sku,
  barcode: listing.ean,
  title: listing.title,
  remoteId: null,
  quantity: shownQuantity(listing),
});
