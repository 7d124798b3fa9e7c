import { LaterEffects } from '../effects/later-effects.js';
import { FaultPlan } from '../faults/fault-plan.js';
import { CallLog } from '../http/call-log.js';
import { serveVendor } from '../http/vendor-server.js';
import { realClock } from '../sandbox-clock.js';
import type { VendorSimulator } from '../simulator.js';
import { EbayAccount } from './account.js';
import { analyticsRoutes } from './analytics-routes.js';
import { EbaySeller } from './ebay-seller.js';
import { refused, systemError, tooManyCalls } from './errors.js';
import { EbayGuard } from './guard.js';
import { itemRoutes } from './inventory/item-routes.js';
import { locationRoutes } from './inventory/location-routes.js';
import { offerRoutes } from './inventory/offer-routes.js';
import { quantityRoute } from './inventory/quantity-routes.js';
import { Shop } from './inventory/shop.js';
import { notificationRoutes } from './notifications/notification-routes.js';
import { Notifier } from './notifications/notifier.js';
import { NotificationSigner } from './notifications/signature.js';
import type { EbayOptions } from './options.js';
import { MARKETPLACE, REVISIONS_PER_DAY } from './options.js';
import { OrderList } from './orders/order-list.js';
import { orderRoutes } from './orders/order-routes.js';
import { ebaySpecification } from './specification.js';

export interface EbaySimulator extends VendorSimulator {
  readonly shop: Shop;
  readonly oauth: EbayAccount;
  readonly notifier: Notifier;
  /** Takes a listing out of the shop, as a seller does on eBay's own pages. */
  end(listingId: string): void;
  /** Makes the offer of a SKU one that was never published. */
  unpublish(listingId: string): void;
  /** A user of eBay had the account deleted, which every app is told. */
  accountDeleted(username: string): void;
}

const CALLS_PER_DAY = 2_000_000;

/** eBay's Inventory, Fulfillment, Notification and Analytics APIs with one seller. */
export async function startEbaySimulator(options: EbayOptions = {}): Promise<EbaySimulator> {
  const clock = options.clock ?? realClock;
  const faults = new FaultPlan();
  const log = new CallLog();
  const account = new EbayAccount(clock, faults);
  const unlimited = options.limits === 'none';
  const quota = unlimited ? Number.MAX_SAFE_INTEGER : (options.callsPerDay ?? CALLS_PER_DAY);
  const guard = new EbayGuard(account, clock, quota);
  const later = new LaterEffects(clock);
  const shop = new Shop(clock, options.atZero ?? 'hides', unlimited ? Number.MAX_SAFE_INTEGER : REVISIONS_PER_DAY);
  const orders = new OrderList(clock);
  const signer = new NotificationSigner(options.digest ?? 'SHA1', options.signs ?? 'bytes');
  const failed = (text: string): void => log.violation(text);
  const { verificationToken } = account.credentials;
  const notifier = new Notifier({ signer, clock, verificationToken, challenge: options.challenge ?? true, failed });
  const specification = ebaySpecification();
  const server = await serveVendor({
    routes: [
      account.route,
      quantityRoute({ shop, guard, later, skusPerCall: options.skusPerCall ?? 25, regretted: failed }),
      ...itemRoutes(shop, guard),
      ...offerRoutes(shop, guard),
      ...locationRoutes(guard),
      ...analyticsRoutes(guard, guard),
      ...orderRoutes(orders, guard),
      ...notificationRoutes(signer, notifier, guard),
    ].map((route) => ({
      ...route,
      handle: (call) => {
        later.settle();
        return route.handle(call);
      },
    })),
    faults,
    log,
    clock,
    port: options.port ?? 0,
    onCall: options.onCall,
    spared: ['token'],
    faultAnswer: (fault) => (fault.kind === 'throttle' ? tooManyCalls(fault.retryAfterMs) : refused(fault.status, systemError())),
    onExpireTokens: () => account.expireTokens(),
    check: (route, call, answer) => specification(route, call, answer).forEach(failed),
  });
  const settings = {
    marketplaceId: MARKETPLACE,
    baseUrl: server.url,
    tokenUrl: `${server.url}${account.route.path}`,
    ...(unlimited ? { revisionsPerDay: 100_000, callsPerDay: 100_000_000 } : {}),
  };
  const seller = new EbaySeller({ shop, orders, notifier, later, cancelRestores: options.cancelRestores ?? true });
  return {
    vendor: 'ebay',
    url: server.url,
    account: { settings, credentials: account.credentials },
    faults,
    log,
    shop,
    oauth: account,
    notifier,
    addListings: (listings) => seller.addListings(listings),
    listings: () => seller.listings(),
    edit: (listingId, quantity) => seller.edit(listingId, quantity),
    sell: (lines) => seller.sell(lines),
    cancel: (orderId) => seller.cancel(orderId),
    refund: (orderId, lines) => seller.refund(orderId, lines),
    end: (listingId) => seller.end(listingId),
    unpublish: (listingId) => seller.unpublish(listingId),
    accountDeleted: (username) => notifier.send('MARKETPLACE_ACCOUNT_DELETION', { username, userId: username, eiasToken: username }),
    sendHooksTo: (target) => notifier.sendTo(target),
    hooksSent: () => notifier.settled(),
    close: async () => {
      await notifier.settled();
      await server.close();
    },
  };
}
