import type { LineStatus, ZalandoItem, ZalandoLine, ZalandoOrder } from './orders.js';

export type OrderField = 'external_id' | 'article_id';

const iso = (at: number): string => new Date(at).toISOString();
const identifiers = (type: string, ids: readonly string[]) => ({ data: ids.map((id) => ({ type, id })) });

/** The attributes of an order that a stock system needs; names and addresses of shoppers are made up. */
export const orderResource = (order: ZalandoOrder, merchantId: string) => ({
  type: 'Order',
  id: order.id,
  attributes: {
    merchant_id: merchantId,
    order_id: order.id,
    order_number: order.number,
    order_date: iso(order.createdAt),
    sales_channel_id: order.salesChannelId,
    customer_number: '31400820597',
    order_type: 'PartnerFulfilled',
    status: order.items.every(({ lines }) => lines.every(({ status }) => status !== 'reserved')) ? 'fulfilled' : 'approved',
    shipment_number: `0${order.number}`,
    shipping_address: ADDRESS,
    billing_address: ADDRESS,
    order_lines_count: order.items.reduce((sum, { lines }) => sum + lines.length, 0),
    created_at: iso(order.createdAt),
    modified_at: iso(order.modifiedAt),
  },
  relationships: {
    order_items: identifiers(
      'OrderItem',
      order.items.map(({ id }) => id),
    ),
  },
});

const ADDRESS = {
  first_name: 'Ada',
  last_name: 'Example',
  address_line_1: 'Street 1',
  zip_code: '10115',
  city: 'Berlin',
  country_code: 'DE',
  address_type: 'HOME_ADDRESS',
};

export const itemResource = (order: ZalandoOrder, item: ZalandoItem, eanIn: OrderField) => ({
  type: 'OrderItem',
  id: item.id,
  attributes: {
    order_item_id: item.id,
    order_id: order.id,
    article_id: eanIn === 'article_id' ? item.article.ean : `ZZ0${item.article.ean.slice(-9)}-0000000001`,
    external_id: eanIn === 'external_id' ? item.article.ean : item.article.externalId,
    description: item.article.title,
    quantity_initial: item.lines.length,
    quantity_reserved: counted(item, 'reserved'),
    quantity_shipped: counted(item, 'shipped'),
    quantity_returned: counted(item, 'returned'),
    quantity_canceled: counted(item, 'canceled'),
  },
  relationships: {
    order_lines: identifiers(
      'OrderLine',
      item.lines.map(({ id }) => id),
    ),
  },
});

const counted = ({ lines }: ZalandoItem, status: LineStatus): number => lines.filter((line) => line.status === status).length;

export const lineResource = (order: ZalandoOrder, item: ZalandoItem, line: ZalandoLine) => ({
  type: 'OrderLine',
  id: line.id,
  attributes: {
    order_line_id: line.id,
    order_item_id: item.id,
    status: line.status,
    price: { amount: 9.95, currency: 'EUR' },
    created_at: iso(order.createdAt),
    modified_at: iso(line.modifiedAt),
  },
  relationships: { order_line_transitions: identifiers('OrderLineTransition', line.status === 'reserved' ? [] : [`${line.id}-1`]) },
});

/** The last change of a line; undefined while it is as it was ordered. */
export const transitionResource = (line: ZalandoLine) =>
  line.status === 'reserved'
    ? undefined
    : {
        type: 'OrderLineTransition',
        id: `${line.id}-1`,
        attributes: {
          original_status: 'reserved',
          final_status: line.status,
          created_at: iso(line.modifiedAt),
          created_by: 'zalando',
          ...(line.reason === undefined ? {} : { transition_reason: line.reason }),
        },
      };
