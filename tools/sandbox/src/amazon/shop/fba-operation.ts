import type { VendorAnswer, VendorCall } from '../../http/vendor-call.js';
import type { SandboxClock } from '../../sandbox-clock.js';
import type { AmazonAccount } from '../account.js';
import { invalidInput } from '../answers.js';
import type { Operation } from '../operations.js';
import { listOf, marketplaceFault, timeOf } from '../query.js';
import type { AmazonListing } from './listing.js';
import type { AmazonShop } from './shop.js';

const PAGE = 50;
const MAX_SKUS = 50;
const TOKEN_LIFE_MS = 30_000;

/** Stock in Amazon's warehouses: read, never set. */
export function fbaOperations(account: AmazonAccount, shop: AmazonShop, clock: SandboxClock): readonly Operation[] {
  function summaries({ query }: VendorCall): VendorAnswer {
    const refused = marketplaceFault(query, account);
    if (refused !== undefined) return refused;
    if (listOf(query, 'marketplaceIds').length !== 1) return invalidInput("'marketplaceIds' takes one marketplace");
    if (query.get('granularityType') !== 'Marketplace') return invalidInput("'granularityType' must be Marketplace");
    const granularityId = query.get('granularityId');
    if (granularityId === null) return invalidInput("'granularityId' is required");
    const skus = listOf(query, 'sellerSkus');
    if (skus.length > MAX_SKUS) return invalidInput(`'sellerSkus' takes up to ${String(MAX_SKUS)}`);
    const since = timeOf(query, 'startDateTime', -Infinity);
    if (Number.isNaN(since)) return invalidInput("'startDateTime' is no time in ISO 8601");
    const from = startOf(query.get('nextToken'), clock.now());
    if (from === undefined) return invalidInput("'nextToken' has expired");
    const found = shop
      .all()
      .filter(({ fba, sku, updatedAt }) => fba !== null && updatedAt >= since && (skus.length === 0 || skus.includes(sku)))
      .sort((one, other) => (one.sku < other.sku ? -1 : 1));
    const page = found.slice(from, from + PAGE);
    const more = from + PAGE < found.length;
    return {
      status: 200,
      body: {
        payload: {
          granularity: { granularityType: 'Marketplace', granularityId },
          inventorySummaries: page.map((listing) => summaryOf(listing, query.get('details') === 'true')),
        },
        ...(more ? { pagination: { nextToken: `${String(from + PAGE)}.${String(clock.now() + TOKEN_LIFE_MS)}` } } : {}),
      },
    };
  }
  return [{ name: 'getInventorySummaries', method: 'GET', path: '/fba/inventory/v1/summaries', handle: summaries }];
}

/** Where a page begins; undefined for a token that is older than 30 seconds. */
function startOf(token: string | null, now: number): number | undefined {
  if (token === null) return 0;
  const [from, expiresAt] = token.split('.').map(Number);
  return from === undefined || expiresAt === undefined || !(expiresAt > now) ? undefined : from;
}

function summaryOf(listing: AmazonListing, details: boolean): Readonly<Record<string, unknown>> {
  const fulfillable = listing.fba?.fulfillable ?? 0;
  const pending = listing.fba?.pendingOrders ?? 0;
  return {
    asin: listing.asin,
    fnSku: listing.fba?.fnSku,
    sellerSku: listing.sku,
    condition: 'NewItem',
    productName: listing.title,
    lastUpdatedTime: new Date(listing.updatedAt).toISOString(),
    totalQuantity: fulfillable + pending,
    ...(details
      ? {
          inventoryDetails: {
            fulfillableQuantity: fulfillable,
            inboundWorkingQuantity: 0,
            inboundShippedQuantity: 0,
            inboundReceivingQuantity: 0,
            reservedQuantity: {
              totalReservedQuantity: pending,
              pendingCustomerOrderQuantity: pending,
              pendingTransshipmentQuantity: 0,
              fcProcessingQuantity: 0,
            },
            unfulfillableQuantity: { totalUnfulfillableQuantity: 0 },
          },
        }
      : {}),
  };
}
