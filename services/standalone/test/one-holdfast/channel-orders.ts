import { startShopifySimulator, type ShopifySimulator } from '@holdfast/sandbox';
import { eventually, unique, type RunningHoldfast } from '@holdfast/testing';
import { smallShop, type SmallShop } from '../shop.js';

/** Orders of a simulated Shopify, told by its signed webhooks. */
export function channelOrders(running: () => RunningHoldfast): void {
  describe('an order of a Shopify shop', () => {
    const channelId = unique('shopify');
    const channel = `/sales-channel/channels/${channelId}`;
    let shop: SmallShop;
    let shopify: ShopifySimulator;
    let sku: string;
    let listingId: string;

    beforeAll(async () => {
      shop = await smallShop(running());
      sku = shop.sku();
      shopify = await startShopifySimulator({ locations: [shop.north] });
      [listingId = ''] = shopify.addListings([{ sku, quantity: 1 }]);
      await shop.level(sku, shop.north, 10);
      expect((await shop.api.put(channel, { name: 'Shopify', provider: 'shopify', ...shopify.account })).status).toBe(200);
      expect((await shop.api.put(`${channel}/mappings`, { mappings: [{ sku, listingId }] })).status).toBe(200);
      shopify.sendHooksTo({ url: `${running().url}/hooks/${channelId}?tenant=demo`, fate: () => 'double' });
    });
    afterAll(async () => {
      await shop.api.post(`${channel}/disable`);
      await shopify.close();
      expect(shopify.log.violations).toEqual([]);
    });

    const shows = (quantity: number) =>
      eventually(
        () => Promise.resolve(shopify.listings().find((one) => one.listingId === listingId)?.quantity),
        (shown) => shown === quantity,
      );
    const onHand = (quantity: number) =>
      eventually(
        () => shop.item(sku, shop.north),
        (item) => item?.quantityOnHand === quantity && item.quantityReserved === 0,
      );

    const orders = async () =>
      ((await shop.api.get(`/sales-channel/orders?channelId=${channelId}`)).body as { orders: { orderId: string; status: string }[] })
        .orders;

    it('leaves the stock once, and what a refund puts back comes back once, though every message comes twice', async () => {
      await shows(10);
      const orderId = shopify.sell([{ listingId, quantity: 3 }]);
      await onHand(7);
      await shows(7);
      shopify.refund(orderId, [{ listingId, quantity: 2, restock: true }]);
      await onHand(9);
      shopify.refund(orderId, [{ listingId, quantity: 1, restock: false }]);
      await shopify.hooksSent();
      await eventually(orders, (found) => found[0]?.status === 'refunded');
      await onHand(9);
      await shows(9);
      expect((await orders()).map((order) => order.orderId)).toEqual([orderId]);
    });
  });
}
