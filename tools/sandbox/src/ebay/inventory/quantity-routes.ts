import type { LaterEffects } from '../../effects/later-effects.js';
import { callFault } from '../../http/vendor-server.js';
import { isRecord, jsonOf, type VendorAnswer, type VendorCall, type VendorRoute } from '../../http/vendor-call.js';
import { SCOPES } from '../account.js';
import { type EbayError, invalidValue, refused, systemError, userError } from '../errors.js';
import type { EbayGuard } from '../guard.js';
import { REVISIONS_PER_DAY } from '../options.js';
import { applyUpdate, isRefused, readUpdate, revisedBy } from './quantity-update.js';
import type { Shop } from './shop.js';

interface Result {
  readonly statusCode: number;
  readonly sku?: string;
  readonly offerId?: string;
  readonly errors: readonly EbayError[];
  readonly warnings: readonly EbayError[];
}

export interface QuantityRouteParts {
  readonly shop: Shop;
  readonly guard: EbayGuard;
  readonly later: LaterEffects;
  readonly skusPerCall: number;
  /** Called where a request does what eBay allows and a merchant would regret. */
  readonly regretted: (text: string) => void;
}

/** `bulk_update_price_quantity`: each entry succeeds or fails on its own. */
export function quantityRoute(parts: QuantityRouteParts): VendorRoute {
  return parts.guard.route({
    method: 'POST',
    path: '/sell/inventory/v1/bulk_update_price_quantity',
    operation: 'bulkUpdatePriceQuantity',
    scopes: [SCOPES.inventory],
    handle: (call) => update(parts, call),
  });
}

function update(parts: QuantityRouteParts, call: VendorCall): VendorAnswer {
  const body = jsonOf(call);
  const requests = isRecord(body) ? body['requests'] : undefined;
  if (!Array.isArray(requests) || requests.length === 0 || !requests.every(isRecord)) return refused(400, invalidValue('requests'));
  if (requests.length > parts.skusPerCall)
    return refused(400, invalidValue('requests', `At most ${String(parts.skusPerCall)} SKU in one call.`));
  const skus = requests.map((entry) => entry['sku']).filter((sku) => sku !== undefined);
  if (new Set(skus).size < skus.length) return refused(400, userError('A SKU is there twice.'));
  const responses = requests.flatMap((entry) => updateOne(parts, call, entry));
  return { status: responses.every(({ statusCode }) => statusCode === 200) ? 200 : 207, body: { responses } };
}

function updateOne(parts: QuantityRouteParts, call: VendorCall, entry: Readonly<Record<string, unknown>>): readonly Result[] {
  const { shop } = parts;
  const fault = callFault(call);
  const sku = typeof entry['sku'] === 'string' ? entry['sku'] : undefined;
  if (fault?.kind === 'reject_listings' && sku !== undefined && fault.listingIds.includes(sku))
    return results(entry, sku, fault.permanent ? userError('The listing may not be changed.') : systemError());
  const read = readUpdate(shop, entry);
  if (isRefused(read)) return results(entry, sku, read.error);
  const revised = revisedBy(shop, read);
  if (revised.some(({ listingId }) => !shop.revisions.left(listingId)))
    return results(entry, read.item.sku, userError(`The listing was revised ${String(REVISIONS_PER_DAY)} times today.`));
  for (const { listingId } of revised) shop.revisions.note(listingId);
  if (read.itemQuantity === 'lost')
    parts.regretted(`${read.item.sku}: shipToLocationAvailability without quantity loses the stored quantity`);
  if (fault?.kind === 'apply_late') parts.later.add(fault.ms, () => applyUpdate(shop, read));
  else if (fault?.kind !== 'never_apply') applyUpdate(shop, read);
  return results(entry, read.item.sku, undefined);
}

/** One result an offer, or one for the SKU where no offer is named. */
function results(entry: Readonly<Record<string, unknown>>, sku: string | undefined, error: EbayError | undefined): readonly Result[] {
  const status = error === undefined ? 200 : error.category === 'REQUEST' ? 400 : 500;
  const base = { statusCode: status, ...(sku === undefined ? {} : { sku }), errors: error === undefined ? [] : [error], warnings: [] };
  const offers = Array.isArray(entry['offers']) ? (entry['offers'] as readonly unknown[]) : [];
  if (offers.length === 0) return [base];
  return offers.map((offer) => (isRecord(offer) && typeof offer['offerId'] === 'string' ? { ...base, offerId: offer['offerId'] } : base));
}
