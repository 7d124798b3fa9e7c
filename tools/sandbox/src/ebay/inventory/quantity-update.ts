import { isRecord } from '../../http/vendor-call.js';
import type { EbayError } from '../errors.js';
import { invalidQuantity, invalidValue, offerNotFound, skuNotFound, userError } from '../errors.js';
import { SKU_MAX_LENGTH } from '../options.js';
import type { Item, Offer, Shop } from './shop.js';

const OFFERS_PER_SKU = 25;

/** One entry of `requests`, checked. */
export interface QuantityUpdate {
  readonly item: Item;
  /** Undefined: the item's quantity is not touched. `lost`: the container came without it. */
  readonly itemQuantity: number | 'lost' | undefined;
  readonly offers: readonly { readonly offer: Offer; readonly quantity: number | undefined }[];
}

type Checked<Value> = Value | { readonly error: EbayError };

export const isRefused = (value: object): value is { readonly error: EbayError } => 'error' in value;

/** Reads one entry and says why eBay would refuse it. */
export function readUpdate(shop: Shop, entry: Readonly<Record<string, unknown>>): Checked<QuantityUpdate> {
  const offers = readOffers(shop, entry['offers']);
  if (isRefused(offers)) return offers;
  const item = itemOf(shop, entry['sku'], offers);
  if (isRefused(item)) return item;
  if (offers.some(({ offer }) => offer.sku !== item.sku)) return { error: userError('The offers are not of the SKU of the request.') };
  const itemQuantity = readItemQuantity(entry['shipToLocationAvailability']);
  if (typeof itemQuantity === 'object') return itemQuantity;
  if (itemQuantity === undefined && offers.length === 0) return { error: userError('There is nothing to update.') };
  if (shop.refusesZero() && (itemQuantity === 0 || offers.some(({ quantity }) => quantity === 0)))
    return { error: invalidQuantity('Quantity is not valid. The quantity must be a valid number greater than 0.') };
  return { item, itemQuantity, offers };
}

function itemOf(shop: Shop, sku: unknown, offers: QuantityUpdate['offers']): Checked<Item> {
  if (sku !== undefined && (typeof sku !== 'string' || sku === '' || sku.length > SKU_MAX_LENGTH)) return { error: invalidValue('sku') };
  const name = sku ?? offers[0]?.offer.sku;
  if (name === undefined) return { error: invalidValue('sku', 'It is required with shipToLocationAvailability.') };
  return shop.items.get(name) ?? { error: skuNotFound(name) };
}

function readItemQuantity(container: unknown): { readonly error: EbayError } | number | 'lost' | undefined {
  if (container === undefined) return undefined;
  if (!isRecord(container)) return { error: invalidValue('shipToLocationAvailability') };
  const quantity = container['quantity'];
  if (quantity === undefined || quantity === null) return 'lost';
  return isQuantity(quantity) ? quantity : { error: invalidValue('quantity', 'It must be a whole number of 0 or more.') };
}

function readOffers(shop: Shop, given: unknown): Checked<QuantityUpdate['offers']> {
  if (given === undefined) return [];
  if (!Array.isArray(given) || given.length > OFFERS_PER_SKU) return { error: invalidValue('offers', 'At most 25.') };
  const read: { offer: Offer; quantity: number | undefined }[] = [];
  for (const one of given as readonly unknown[]) {
    const offerId = isRecord(one) ? one['offerId'] : undefined;
    if (!isRecord(one) || typeof offerId !== 'string') return { error: invalidValue('offerId') };
    const offer = shop.offers.get(offerId);
    if (offer === undefined) return { error: offerNotFound(offerId) };
    if (read.some((other) => other.offer === offer)) return { error: userError(`The offer ${offerId} is there twice.`) };
    if (!shop.isLive(offer)) return { error: userError(`The offer ${offerId} is not published.`) };
    const quantity = one['availableQuantity'];
    if (quantity === undefined && one['price'] === undefined) return { error: invalidValue('availableQuantity') };
    if (quantity !== undefined && !isQuantity(quantity)) return { error: invalidValue('availableQuantity') };
    read.push({ offer, quantity });
  }
  return read;
}

const isQuantity = (value: unknown): value is number => typeof value === 'number' && Number.isInteger(value) && value >= 0;

/** Listings that the update would revise; each has its day's number of revisions. */
export function revisedBy(shop: Shop, { item, itemQuantity, offers }: QuantityUpdate): readonly Offer[] {
  const touched = itemQuantity === undefined ? offers.map(({ offer }) => offer) : shop.offersOf(item.sku);
  return touched.filter((offer) => shop.isLive(offer));
}

export function applyUpdate(shop: Shop, { item, itemQuantity, offers }: QuantityUpdate): void {
  if (itemQuantity !== undefined) item.quantity = itemQuantity === 'lost' ? undefined : itemQuantity;
  for (const { offer, quantity } of offers) if (quantity !== undefined) offer.availableQuantity = quantity;
  shop.settle(item.sku);
}
