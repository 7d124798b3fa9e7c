import type { ChannelEvent } from '../../inbound.js';
import { fieldsOf, listOf, textOf, timeOf, wholeOf } from '../../reading.js';
import { feedReference } from '../writing/references.js';
import { channelCodeOf, type AmazonSettings } from '../settings.js';

type Fields = Readonly<Record<string, unknown>>;

/** Events of a notification, empty for kinds that mean nothing here; undefined where it is not to be understood. */
export function eventsOf(message: unknown, settings: AmazonSettings): readonly ChannelEvent[] | undefined {
  // A rule of EventBridge that feeds the queue wraps the notification.
  const fields = fieldsOf(fieldsOf(message)['detail'] ?? message);
  const type = textOf(fields['NotificationType'] ?? fields['notificationType']);
  if (type === undefined) return undefined;
  const payload = fieldsOf(fields['Payload'] ?? fields['payload']);
  const at = timeOf(fields['EventTime'] ?? fields['eventTime']);
  if (at === undefined) return undefined;
  if (type === 'LISTINGS_ITEM_MFN_QUANTITY_CHANGE') return quantityChange(payload, at, settings);
  if (type === 'ORDER_CHANGE') return orderChange(fieldsOf(payload['OrderChangeNotification']), at, settings);
  if (type === 'FEED_PROCESSING_FINISHED') {
    const feedId = textOf(fieldsOf(payload['feedProcessingFinishedNotification'])['feedId']);
    return feedId === undefined ? undefined : [{ kind: 'settled', reference: feedReference(feedId) }];
  }
  return [];
}

function quantityChange(payload: Fields, at: number, settings: AmazonSettings): readonly ChannelEvent[] | undefined {
  const sku = textOf(payload['Sku']);
  const quantity = wholeOf(payload['Quantity']);
  if (sku === undefined || quantity === undefined) return undefined;
  if (payload['SellerId'] !== settings.sellerId || payload['FulfillmentChannelCode'] !== channelCodeOf(settings)) return [];
  return [{ kind: 'figure', listingId: sku, at, figure: { quantity, parts: [] }, partial: false }];
}

function orderChange(change: Fields, at: number, settings: AmazonSettings): readonly ChannelEvent[] | undefined {
  const orderId = textOf(change['AmazonOrderId']);
  const summary = fieldsOf(change['Summary']);
  if (orderId === undefined) return undefined;
  if (change['SellerId'] !== settings.sellerId) return [];
  const lines = listOf(summary['OrderItems']).map(fieldsOf);
  return orderEvents(
    {
      orderId,
      placedAt: timeOf(summary['PurchaseDate']) ?? at,
      changedAt: timeOf(fieldsOf(change['OrderChangeTrigger'])['TimeOfOrderChange']) ?? at,
      status: (textOf(summary['OrderStatus']) ?? '').toLowerCase(),
      byAmazon: summary['FulfillmentType'] === 'AFN',
      lines: lines.map((line) => ({
        lineId: textOf(line['OrderItemId']) ?? '',
        sku: textOf(line['SellerSKU']) ?? '',
        quantity: wholeOf(line['Quantity']) ?? 0,
        cancelled: false,
      })),
    },
    settings,
  );
}

/** Events of an order as the Orders API of 2026 answers it. */
export function orderEventsOf(value: unknown, settings: AmazonSettings): readonly ChannelEvent[] {
  const order = fieldsOf(value);
  const orderId = textOf(order['orderId']);
  const placedAt = timeOf(order['createdTime']);
  if (orderId === undefined || placedAt === undefined) return [];
  const fulfillment = fieldsOf(order['fulfillment']);
  return orderEvents(
    {
      orderId,
      placedAt,
      changedAt: timeOf(order['lastUpdatedTime']) ?? placedAt,
      status: (textOf(fulfillment['fulfillmentStatus']) ?? '').toLowerCase(),
      byAmazon: fulfillment['fulfilledBy'] === 'AMAZON',
      lines: listOf(order['orderItems'])
        .map(fieldsOf)
        .map((item) => ({
          lineId: textOf(item['orderItemId']) ?? '',
          sku: textOf(fieldsOf(item['product'])['sellerSku']) ?? '',
          quantity: wholeOf(item['quantityOrdered']) ?? 0,
          cancelled: fieldsOf(item['cancellation'])['cancellationExecution'] !== undefined,
        })),
    },
    settings,
  );
}

interface SeenOrder {
  readonly orderId: string;
  readonly placedAt: number;
  readonly changedAt: number;
  /** In small letters. */
  readonly status: string;
  /** Sent from Amazon's warehouses: it does not touch the merchant's own stock. */
  readonly byAmazon: boolean;
  readonly lines: readonly { readonly lineId: string; readonly sku: string; readonly quantity: number; readonly cancelled: boolean }[];
}

const CANCELLED: ReadonlySet<string> = new Set(['canceled', 'cancelled', 'unfulfillable']);
/** Not an order yet, whose stock Amazon holds back all the same. */
const PENDING: ReadonlySet<string> = new Set(['pending', 'pendingavailability', 'pending_availability']);

function orderEvents(order: SeenOrder, { pendingOrders = true }: AmazonSettings): readonly ChannelEvent[] {
  const { orderId, placedAt, changedAt, status, lines } = order;
  if (order.byAmazon || (PENDING.has(status) && !pendingOrders)) return [];
  const ordered = lines.filter(({ lineId, sku, quantity }) => lineId !== '' && sku !== '' && quantity > 0);
  const placed: readonly ChannelEvent[] =
    ordered.length === 0
      ? []
      : [
          {
            kind: 'order',
            orderId,
            at: placedAt,
            lines: ordered.map(({ lineId, sku, quantity }) => ({ lineId, listingId: sku, quantity, remoteId: null })),
          },
        ];
  if (CANCELLED.has(status)) return [...placed, { kind: 'cancel', orderId, cancelId: `${orderId}:all`, at: changedAt, lines: null }];
  const cancelled = ordered.filter((line) => line.cancelled);
  if (cancelled.length === 0) return placed;
  const cancelId = `${orderId}:${cancelled.map(({ lineId }) => lineId).join(',')}`;
  return [
    ...placed,
    { kind: 'cancel', orderId, cancelId, at: changedAt, lines: cancelled.map(({ lineId, quantity }) => ({ lineId, quantity })) },
  ];
}
