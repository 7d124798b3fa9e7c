import { createWebhookReceiver, type WebhookReceiver } from '@holdfast/channel-connector';
import { eventually, unique, type RunningHoldfast } from '@holdfast/testing';
import { follow } from '../followed.js';
import { randomBytes } from 'node:crypto';
import { smallShop, type SmallShop } from '../shop.js';

const ADJUST = `mutation($input: InventoryAdjustmentInput!) { inventoryAdjust(input: $input) {
  inventoryItem { sku totalAvailableQuantity levels { locationId onHandQuantity } } syncStatus { channelId confirmedAt idempotencyKey } userErrors { field message } } }`;

interface Adjusted {
  readonly data: { readonly inventoryAdjust: { readonly syncStatus: readonly { readonly confirmedAt: string | null }[] } };
}

interface Told {
  readonly data: { readonly inventoryLevelChanged: { readonly locationId: string; readonly onHandQuantity: number } };
}

/** The adjustment of the source document, on whatever engines Holdfast runs. */
export function graphql(holdfast: () => RunningHoldfast): void {
  describe('GraphQL', () => {
    let shop: SmallShop;
    let receiver: WebhookReceiver | undefined;
    beforeAll(async () => {
      shop = await smallShop(holdfast());
    });
    afterAll(() => receiver?.close());

    const ask = async (query: string, variables: object = {}): Promise<unknown> =>
      (await shop.api.post('/graphql', { query, variables })).body;

    it('adjusts several locations at once, reads its own write, and tells those who follow', async () => {
      const sku = shop.sku();
      await shop.level(sku, shop.north, 5);
      await shop.level(sku, shop.south, 3);
      const following = await follow(
        holdfast(),
        'subscription($sku: String) { inventoryLevelChanged(sku: $sku) { locationId onHandQuantity } }',
        {
          sku,
        },
      );
      const adjustments = [
        { locationId: shop.north, delta: -2 },
        { locationId: shop.south, delta: -1 },
      ];
      const input = { sku, adjustments, idempotencyKey: unique('key') };
      const first = await ask(ADJUST, { input });
      expect(first).toEqual({
        data: {
          inventoryAdjust: {
            inventoryItem: {
              sku,
              totalAvailableQuantity: 5,
              levels: [
                { locationId: shop.north, onHandQuantity: 3 },
                { locationId: shop.south, onHandQuantity: 2 },
              ],
            },
            syncStatus: [],
            userErrors: [],
          },
        },
      });
      expect(await ask(ADJUST, { input })).toEqual(first);
      // On engines of their own, what a location was counted at before may be told after the subscription began.
      const told = new Map<string, number>();
      while (told.get(shop.north) !== 3 || told.get(shop.south) !== 2) {
        const [event] = await following.next(1);
        const { locationId, onHandQuantity } = (event?.result as Told).data.inventoryLevelChanged;
        told.set(locationId, onHandQuantity);
      }
      await following.end();
    });

    it('tells when the channel confirmed what an adjustment left', async () => {
      const [sku, channelId] = [shop.sku(), unique('shop')];
      await shop.level(sku, shop.north, 5);
      const secret = `whsec_${randomBytes(24).toString('base64')}`;
      receiver = await createWebhookReceiver({ secret });
      const channel = `/sales-channel/channels/${channelId}`;
      expect((await shop.api.put(channel, { name: 'Shop', webhook: { url: receiver.url, secret } })).status).toBe(200);
      expect((await shop.api.put(`${channel}/mappings`, { mappings: [{ sku, listingId: sku }] })).status).toBe(200);
      const idempotencyKey = unique('key');
      const input = { sku, adjustments: [{ locationId: shop.north, delta: -2 }], idempotencyKey };
      const adjusted = await eventually(
        () => ask(ADJUST, { input }) as Promise<Adjusted>,
        ({ data }) => typeof data.inventoryAdjust.syncStatus[0]?.confirmedAt === 'string',
      );
      expect(adjusted.data.inventoryAdjust).toMatchObject({
        inventoryItem: { totalAvailableQuantity: 3 },
        syncStatus: [{ channelId, idempotencyKey }],
      });
      expect(receiver.listings.get(sku)?.quantity).toBe(3);
      await shop.api.post(`${channel}/disable`);
    });

    it('holds, and is refused as a whole where too little is free', async () => {
      const sku = shop.sku();
      await shop.level(sku, shop.north, 5);
      const order = { items: [{ sku, quantity: 4 }], orderId: unique('order'), idempotencyKey: unique('key') };
      expect(
        await ask(
          'mutation($input: InventoryReserveInput!) { inventoryReserve(input: $input) { reservation { status } userErrors { code } } }',
          {
            input: order,
          },
        ),
      ).toEqual({ data: { inventoryReserve: { reservation: { status: 'held' }, userErrors: [] } } });
      const adjustments = [
        { locationId: shop.south, delta: 9 },
        { locationId: shop.north, delta: -2 },
      ];
      expect(await ask(ADJUST, { input: { sku, adjustments, idempotencyKey: unique('key') } })).toMatchObject({
        data: { inventoryAdjust: { inventoryItem: null, userErrors: [{ field: ['input', 'adjustments', '1', 'delta'] }] } },
      });
      await eventually(
        () => ask(`{ inventoryItem(sku: "${sku}") { totalAvailableQuantity } }`),
        (answer) => JSON.stringify(answer) === '{"data":{"inventoryItem":{"totalAvailableQuantity":1}}}',
      );
    });
  });
}
