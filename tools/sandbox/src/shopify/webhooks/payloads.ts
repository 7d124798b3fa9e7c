import { numberOf } from '../shop/gid.js';
import type { Level } from '../shop/inventory.js';
import type { Order, OrderItem, Refund } from '../shop/orders.js';

const time = (at: number): string => new Date(at).toISOString();

/** Body of `inventory_levels/update`. It names neither author nor reason. */
export const levelPayload = (level: Level): object => ({
  admin_graphql_api_id: `gid://shopify/InventoryLevel/${String(numberOf(level.item.id))}-${String(numberOf(level.location.id))}?inventory_item_id=${String(numberOf(level.item.id))}`,
  inventory_item_id: numberOf(level.item.id),
  location_id: numberOf(level.location.id),
  available: level.item.tracked ? level.available : null,
  updated_at: time(level.updatedAt),
});

/** Lines name the variant; the inventory item is not in them. */
const linePayload = ({ id, item, quantity, current }: OrderItem): object => ({
  id: numberOf(id),
  admin_graphql_api_id: id,
  variant_id: numberOf(item.variantId),
  sku: item.sku,
  title: item.title,
  name: item.title,
  quantity,
  current_quantity: current,
  fulfillable_quantity: current,
  fulfillment_status: null,
  variant_inventory_management: item.tracked ? 'shopify' : null,
  product_exists: true,
});

/** Body of `refunds/create`, and an element of an order's `refunds`. */
export const refundPayload = (refund: Refund): object => ({
  id: numberOf(refund.id),
  admin_graphql_api_id: refund.id,
  order_id: numberOf(refund.order.id),
  created_at: time(refund.at),
  processed_at: time(refund.at),
  restock: refund.items.some(({ restockType }) => restockType !== 'no_restock'),
  refund_line_items: refund.items.map(({ id, line, quantity, restockType }) => ({
    id: numberOf(id),
    line_item_id: numberOf(line.id),
    quantity,
    restock_type: restockType,
    location_id: restockType === 'no_restock' ? null : numberOf(line.location.id),
    line_item: linePayload(line),
  })),
});

/** Body of `orders/create` and `orders/cancelled`. */
export const orderPayload = (order: Order): object => ({
  id: numberOf(order.id),
  admin_graphql_api_id: order.id,
  name: order.name,
  created_at: time(order.createdAt),
  updated_at: time(order.updatedAt),
  cancelled_at: order.cancelledAt === null ? null : time(order.cancelledAt),
  cancel_reason: order.cancelledAt === null ? null : 'customer',
  location_id: null,
  source_name: 'web',
  test: false,
  line_items: order.lines.map(linePayload),
  refunds: order.refunds.map(refundPayload),
});
