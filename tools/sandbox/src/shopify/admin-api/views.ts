import { gid, numberOf } from '../shop/gid.js';
import type { Inventory, Item, Level, ShopLocation } from '../shop/inventory.js';
import type { Order, OrderItem, Refund } from '../shop/orders.js';
import { connection, type PageArguments } from './connection.js';
import { searched } from './search.js';

const time = (at: number): string => new Date(at).toISOString();
const levelKey = ({ item, location }: Level): string => `${String(numberOf(item.id))}-${String(numberOf(location.id))}`;

/** The shop's objects as the schema shapes them. Nested ones are functions, so that only what is asked for is made. */
export class Views {
  constructor(private readonly inventory: Inventory) {}

  readonly location = (location: ShopLocation): object => ({
    __typename: 'Location',
    id: location.id,
    name: location.name,
    isActive: true,
    inventoryLevels: (page: PageArguments) => {
      const found = searched(this.inventory.levelsAt(location.id), page.query, ({ updatedAt }) => ({ updated_at: updatedAt }));
      return connection(found, page, levelKey, this.level);
    },
  });

  readonly item = (item: Item): object => ({
    __typename: 'InventoryItem',
    id: item.id,
    sku: item.sku,
    tracked: item.tracked,
    updatedAt: time(0),
    duplicateSkuCount: () => this.inventory.sameSku(item.sku) - 1,
    inventoryLevel: ({ locationId }: { readonly locationId: string }) => {
      const level = this.inventory.level(item.id, locationId);
      return level === undefined ? null : this.level(level);
    },
    inventoryLevels: (page: PageArguments) => connection(this.inventory.levelsOf(item.id), page, levelKey, this.level),
  });

  readonly variant = (item: Item): object => ({
    __typename: 'ProductVariant',
    id: item.variantId,
    sku: item.sku,
    barcode: item.barcode,
    title: item.title,
    displayName: item.title,
    updatedAt: time(0),
    inventoryItem: () => this.item(item),
  });

  readonly level = (level: Level): object => ({
    __typename: 'InventoryLevel',
    id: gid('InventoryLevel', `${levelKey(level)}?inventory_item_id=${String(numberOf(level.item.id))}`),
    isActive: level.active,
    updatedAt: time(level.updatedAt),
    item: () => this.item(level.item),
    location: () => this.location(level.location),
    quantities: ({ names }: { readonly names: readonly string[] }) =>
      names.map((name) => ({
        id: gid('InventoryQuantity', `${levelKey(level)}?name=${name}`),
        name,
        quantity: figure(level, name),
        updatedAt: time(level.updatedAt),
      })),
  });

  readonly order = (order: Order): object => ({
    __typename: 'Order',
    id: order.id,
    name: order.name,
    createdAt: time(order.createdAt),
    updatedAt: time(order.updatedAt),
    cancelledAt: order.cancelledAt === null ? null : time(order.cancelledAt),
    retailLocation: null,
    lineItems: (page: PageArguments) => connection(order.lines, page, ({ id }) => id, this.line),
    refunds: ({ first }: PageArguments) => order.refunds.slice(0, first ?? undefined).map(this.refund),
  });

  private readonly line = (line: OrderItem): object => ({
    id: line.id,
    sku: line.item.sku,
    title: line.item.title,
    quantity: line.quantity,
    currentQuantity: line.current,
    variant: () => this.variant(line.item),
  });

  readonly refund = (refund: Refund): object => ({
    __typename: 'Refund',
    id: refund.id,
    createdAt: time(refund.at),
    order: () => this.order(refund.order),
    refundLineItems: (page: PageArguments) =>
      connection(
        refund.items,
        page,
        ({ id }) => id,
        ({ id, line, quantity, restockType }) => ({
          id,
          quantity,
          restockType: restockType.toUpperCase(),
          restocked: restockType !== 'no_restock',
          lineItem: () => this.line(line),
          location: () => (restockType === 'no_restock' ? null : this.location(line.location)),
        }),
      ),
  });
}

function figure(level: Level, name: string): number {
  switch (name) {
    case 'available':
      return level.available;
    case 'committed':
      return level.committed;
    case 'on_hand':
      return level.available + level.committed;
    default:
      return 0;
  }
}
