import { listOf, numberOf, objectOf, textOf } from '../rest/read.js';
import type { Json } from '../rest/json.js';
import type { RequestContext } from './context.js';

/** An item as the resolvers hand it on: its SKU, and figures that are known already. */
export interface Item {
  readonly id: string;
  readonly sku: string;
  readonly product?: Json;
  /** As a decision left them; else those of the projection. */
  readonly totals?: { readonly available: number; readonly onHand: number; readonly reserved: number };
}

export const itemOf = (sku: string, known: Omit<Item, 'id' | 'sku'> = {}): Item => ({ id: sku, sku, ...known });

/** Null for a SKU that no event has named. */
export async function inventoryItem(_: unknown, { sku }: { readonly sku: string }, { loaders }: RequestContext): Promise<Item | null> {
  const found = await loaders.levels.load(sku);
  return found === undefined ? null : itemOf(sku, { product: objectOf(found['product']) });
}

type ItemField = (item: Item, given: unknown, context: RequestContext) => unknown;

const total =
  (name: string, known: (totals: NonNullable<Item['totals']>) => number | undefined): ItemField =>
  async ({ sku, totals }, _, { loaders }) => {
    const decided = totals && known(totals);
    return decided ?? (await loaders.levels.load(sku))?.[name];
  };

const ofProduct =
  (name: string): ItemField =>
  async ({ sku, product }, _, { loaders }) =>
    (product ?? objectOf((await loaders.levels.load(sku))?.['product']))[name];

export const inventoryItemFields: Readonly<Record<string, ItemField>> = {
  totalAvailableQuantity: total('totalAvailable', ({ available }) => available),
  totalOnHandQuantity: total('totalOnHand', ({ onHand }) => onHand),
  totalReservedQuantity: total('totalReserved', ({ reserved }) => reserved),
  totalInTransitQuantity: total('totalInTransit', () => undefined),
  name: ofProduct('name'),
  category: ofProduct('category'),
  barcode: ofProduct('barcode'),
  brandId: ofProduct('brandId'),
  verified: ofProduct('verified'),
  levels: async ({ sku }, _, { loaders }) => listOf((await loaders.levels.load(sku)) ?? {}, 'items').map(levelOf),
  channels: async ({ sku }, _, { loaders }) => listedOn(await loaders.channels.load(sku)).map(listingOf),
};

const levelOf = (item: Json): Json => ({
  id: textOf(item, 'id'),
  locationId: textOf(item, 'locationId'),
  onHandQuantity: numberOf(item, 'quantityOnHand'),
  reservedQuantity: numberOf(item, 'quantityReserved'),
  availableQuantity: numberOf(item, 'quantityAvailable'),
  updatedAt: textOf(item, 'updatedAt'),
  erpFigure: item['erpFigure'],
});

/** The channels that list the SKU, by id. */
export const listedOn = (channels: Json): readonly (readonly [string, Json])[] =>
  Object.entries(channels)
    .map(([channelId, figure]) => [channelId, objectOf(figure)] as const)
    .filter(([, { status }]) => status !== 'unmapped');

const listingOf = ([channelId, figure]: readonly [string, Json]): Json => ({
  channelId,
  status: figure['status'],
  quantity: figure['quantity'],
  shownQuantity: figure['shown'],
  sentAt: figure['lastSync'],
  confirmedAt: figure['confirmedAt'],
});
