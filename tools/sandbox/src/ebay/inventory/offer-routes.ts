import { isRecord, jsonOf, type VendorAnswer, type VendorCall, type VendorRoute } from '../../http/vendor-call.js';
import { SCOPES } from '../account.js';
import { invalidQuantity, invalidValue, offerNotFound, refused, userError } from '../errors.js';
import type { EbayGuard } from '../guard.js';
import { REVISIONS_PER_DAY } from '../options.js';
import { links, pagingOf } from './paging.js';
import type { Offer, Shop } from './shop.js';

const BASE = '/sell/inventory/v1/offer';
const READ = [SCOPES.inventory, SCOPES.inventoryRead];

/** Finding, replacing, publishing and withdrawing offers. */
export function offerRoutes(shop: Shop, guard: EbayGuard): readonly VendorRoute[] {
  const withOffer =
    (handle: (offer: Offer, call: VendorCall) => VendorAnswer) =>
    (call: VendorCall): VendorAnswer => {
      const offerId = call.params['offerId'] ?? '';
      const offer = shop.offers.get(offerId);
      return offer === undefined ? refused(404, offerNotFound(offerId)) : handle(offer, call);
    };
  const route = (method: 'GET' | 'POST' | 'PUT', path: string, operation: string, handle: (call: VendorCall) => VendorAnswer) =>
    guard.route({
      method,
      path: `${BASE}${path}`,
      operation,
      scopes: method === 'GET' ? READ : [SCOPES.inventory],
      needsLanguage: method === 'PUT',
      handle,
    });
  return [
    route('GET', '', 'getOffers', (call) => find(shop, call)),
    route(
      'GET',
      '/:offerId',
      'getOffer',
      withOffer((offer) => ({ status: 200, body: shownOffer(offer) })),
    ),
    route(
      'PUT',
      '/:offerId',
      'updateOffer',
      withOffer((offer, call) => replace(shop, offer, call)),
    ),
    route(
      'POST',
      '/:offerId/publish',
      'publishOffer',
      withOffer((offer) => publish(shop, offer)),
    ),
    route(
      'POST',
      '/:offerId/withdraw',
      'withdrawOffer',
      withOffer((offer) => withdraw(shop, offer)),
    ),
  ];
}

function find(shop: Shop, { query }: VendorCall): VendorAnswer {
  const sku = query.get('sku') ?? '';
  if (sku === '') return refused(400, invalidValue('sku', 'It is required.'));
  const paging = pagingOf(query, 25, 25);
  if ('status' in paging) return paging;
  const { limit, offset } = paging;
  const all = shop.offersOf(sku);
  if (all.length === 0) return refused(404, offerNotFound(sku));
  const offers = all.slice(offset, offset + limit).map((offer) => shownOffer(offer));
  const more = links(BASE, paging, limit, offset + limit < all.length);
  return { status: 200, body: { ...more, total: all.length, size: offers.length, limit, offers } };
}

/** Everything that the body leaves out is gone; a live listing is revised. */
function replace(shop: Shop, offer: Offer, call: VendorCall): VendorAnswer {
  const body = jsonOf(call);
  if (!isRecord(body)) return refused(400, invalidValue('body'));
  const { availableQuantity, ...details } = body;
  const valid = typeof availableQuantity === 'number' && Number.isInteger(availableQuantity) && availableQuantity >= 0;
  if (availableQuantity !== undefined && !valid) return refused(400, invalidValue('availableQuantity'));
  const live = shop.isLive(offer);
  if (live && typeof details['listingDescription'] !== 'string')
    return refused(400, invalidValue('listingDescription', 'It is required for a published offer.'));
  if (live && availableQuantity === 0 && shop.refusesZero()) return refused(400, invalidQuantity('It must be greater than 0.'));
  if (live && !shop.revisions.left(offer.listingId)) return refused(400, revisedTooOften());
  if (live) shop.revisions.note(offer.listingId);
  offer.availableQuantity = valid ? availableQuantity : undefined;
  offer.details = { ...details, marketplaceId: offer.details['marketplaceId'], format: offer.details['format'] };
  shop.settle(offer.sku);
  return live ? { status: 200, body: { offerId: offer.offerId, warnings: [] } } : { status: 204 };
}

function publish(shop: Shop, offer: Offer): VendorAnswer {
  if (shop.isLive(offer)) return refused(400, userError('The offer is already published.'));
  if (!shop.canShowZero() && shop.quantityOf(offer) === 0) return refused(400, invalidQuantity('It must be greater than 0.'));
  if (!('pricingSummary' in offer.details)) return refused(400, invalidValue('pricingSummary', 'It is required to publish.'));
  shop.publish(offer);
  return { status: 200, body: { listingId: offer.listingId, warnings: [] } };
}

function withdraw(shop: Shop, offer: Offer): VendorAnswer {
  if (!shop.isLive(offer)) return refused(400, userError('The offer is not published.'));
  offer.status = 'UNPUBLISHED';
  offer.listingStatus = 'ENDED';
  return { status: 200, body: { listingId: offer.listingId, warnings: [] } };
}

const revisedTooOften = () => userError(`The listing was revised ${String(REVISIONS_PER_DAY)} times today.`);

function shownOffer(offer: Offer): Readonly<Record<string, unknown>> {
  const { offerId, sku, status, listingId, listingStatus, availableQuantity, sold, details } = offer;
  return {
    offerId,
    sku,
    ...details,
    ...(availableQuantity === undefined ? {} : { availableQuantity }),
    status,
    ...(status === 'PUBLISHED' ? { listing: { listingId, listingStatus, soldQuantity: sold } } : {}),
  };
}
