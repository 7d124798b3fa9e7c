import type { HookTarget } from '../../simulator.js';
import type { AmazonAccount } from '../account.js';
import type { Feed } from '../feeds/feed.js';
import type { AmazonIds } from '../ids.js';
import type { AmazonListing } from '../shop/listing.js';
import { isFba, type AmazonOrder } from '../shop/orders.js';
import type { ShopWatcher } from '../shop/shop.js';
import type { MessageQueue } from './message-queue.js';

export type NotificationType =
  'LISTINGS_ITEM_MFN_QUANTITY_CHANGE' | 'ORDER_CHANGE' | 'FBA_INVENTORY_AVAILABILITY_CHANGES' | 'FEED_PROCESSING_FINISHED';

const DELAYED_MS = 300;
const APPLICATION_ID = 'amzn1.sellerapps.app.00000000-0000-4000-8000-000000000000';

const iso = (at: number): string => new Date(at).toISOString();

/** Puts Amazon's notifications into the queue, each in the form of its own schema. */
export class Notifications implements ShopWatcher {
  private fate: HookTarget['fate'];

  constructor(
    private readonly account: AmazonAccount,
    private readonly ids: AmazonIds,
    private readonly queue: MessageQueue,
    private readonly check: (type: NotificationType, message: unknown) => void,
  ) {}

  /** From now on messages are lost, doubled or late as this says. */
  meet(fate: HookTarget['fate']): void {
    this.fate = fate;
  }

  quantityChanged({ sku }: AmazonListing, quantity: number, at: number): void {
    const payload = { SellerId: this.account.sellerId, FulfillmentChannelCode: 'DEFAULT', Sku: sku, Quantity: quantity };
    this.send('LISTINGS_ITEM_MFN_QUANTITY_CHANGE', payload, at);
  }

  orderChanged(order: AmazonOrder, at: number): void {
    const cancelled = order.status === 'CANCELLED';
    const units = order.items.reduce((sum, { ordered }) => sum + ordered, 0);
    const summary = {
      MarketplaceId: this.account.marketplaceIds[0],
      OrderStatus: cancelled ? 'Canceled' : 'Unshipped',
      PurchaseDate: iso(order.createdAt),
      DestinationPostalCode: null,
      FulfillmentType: isFba(order) ? 'AFN' : 'MFN',
      OrderType: 'StandardOrder',
      NumberOfItemsShipped: 0,
      NumberOfItemsUnshipped: cancelled ? 0 : units,
      OrderItems: order.items.map(({ id, listing, ordered }) => ({
        OrderItemId: id,
        SellerSKU: listing.sku,
        SupplySourceId: null,
        Quantity: ordered,
        QuantityShipped: 0,
      })),
    };
    const change = {
      NotificationLevel: 'OrderLevel',
      SellerId: this.account.sellerId,
      AmazonOrderId: order.id,
      OrderChangeType: 'OrderStatusChange',
      OrderChangeTrigger: { TimeOfOrderChange: iso(at), ChangeReason: cancelled ? 'Cancelled' : 'OrderCreated' },
      Summary: summary,
    };
    this.send('ORDER_CHANGE', { OrderChangeNotification: change }, at);
  }

  fbaChanged(listing: AmazonListing, at: number): void {
    if (listing.fba === null) return;
    const inventory = {
      InboundQuantityBreakdown: { Working: 0, Shipped: 0, Receiving: 0 },
      Fulfillable: listing.fba.fulfillable,
      Unfulfillable: 0,
      Researching: 0,
      ReservedQuantityBreakdown: { WarehouseProcessing: 0, WarehouseTransfer: 0, PendingCustomerOrder: listing.fba.pendingOrders },
      FutureSupplyBuyable: 0,
      PendingCustomerOrderInTransit: 0,
    };
    const payload = {
      SellerId: this.account.sellerId,
      FNSKU: listing.fba.fnSku,
      ASIN: listing.asin,
      SKU: listing.sku,
      FulfillmentInventoryByMarketplace: this.account.marketplaceIds.map((MarketplaceId) => ({
        MarketplaceId,
        ItemName: listing.title,
        FulfillmentInventory: inventory,
      })),
    };
    this.send('FBA_INVENTORY_AVAILABILITY_CHANGES', payload, at);
  }

  /** This type alone writes its names in small letters. */
  feedFinished(feed: Feed, at: number): void {
    const { sellerId } = this.account;
    const finished = {
      sellerId,
      accountId: `amzn1.merchant.o.${sellerId}`,
      feedId: feed.id,
      feedType: feed.type,
      processingStatus: feed.status,
      ...(feed.resultDocumentId === undefined ? {} : { resultFeedDocumentId: feed.resultDocumentId }),
    };
    this.put('FEED_PROCESSING_FINISHED', {
      notificationVersion: '2020-09-04',
      notificationType: 'FEED_PROCESSING_FINISHED',
      payloadVersion: '2020-09-04',
      eventTime: iso(at),
      payload: { feedProcessingFinishedNotification: finished },
      notificationMetadata: {
        applicationId: APPLICATION_ID,
        subscriptionId: this.ids.uuid(),
        publishTime: iso(at),
        notificationId: this.ids.uuid(),
      },
    });
  }

  private send(type: NotificationType, payload: unknown, at: number): void {
    this.put(type, {
      NotificationVersion: '1.0',
      NotificationType: type,
      PayloadVersion: '1.0',
      EventTime: iso(at),
      Payload: payload,
      NotificationMetadata: {
        ApplicationId: APPLICATION_ID,
        SubscriptionId: this.ids.uuid(),
        PublishTime: iso(at),
        NotificationId: this.ids.uuid(),
      },
    });
  }

  private put(type: NotificationType, message: unknown): void {
    this.check(type, message);
    const body = JSON.stringify(message);
    const fate = this.fate?.() ?? 'deliver';
    if (fate === 'lose') return;
    this.queue.send(body, fate === 'delay' ? DELAYED_MS : 0);
    if (fate === 'double') this.queue.send(body);
  }
}
