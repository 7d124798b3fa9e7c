import { createWebhookReceiver, type WebhookReceiver } from '@holdfast/channel-connector';
import { eventually, unique, type ApiAnswer, type RunningHoldfast } from '@holdfast/testing';
import { randomBytes } from 'node:crypto';
import { smallShop, type SmallShop } from '../shop.js';

interface Reserved {
  readonly reservationId: string;
  readonly status: string;
  readonly expiresAt: string;
  readonly lines: readonly { sku: string; quantity: number; sources: readonly { locationId: string; quantity: number }[] }[];
}

export function selling(holdfast: () => RunningHoldfast): void {
  describe('selling what the ERP reported', () => {
    let shop: SmallShop;
    let receiver: WebhookReceiver;

    /** The last unit of a SKU, held for a few seconds: the tests between pass the time. */
    const short = { sku: '', expiresAt: 0 };
    const holdLast = (ttl: number): Promise<ApiAnswer> =>
      shop.api.post('/sales-channel/inventory/reserve', {
        items: [{ sku: short.sku, quantity: 1 }],
        orderId: unique('order'),
        ttl,
      });

    beforeAll(async () => {
      shop = await smallShop(holdfast());
      short.sku = shop.sku();
      await shop.level(short.sku, shop.north, 1);
    });

    afterAll(async () => {
      await receiver.close();
    });

    it('refuses whoever competes for a unit that is held', async () => {
      const { status, body } = await holdLast(10);
      expect(status).toBe(201);
      short.expiresAt = Date.parse((body as Reserved).expiresAt);
      expect((await holdLast(60)).status).toBe(409);
    });

    it('carries a figure from the ERP to the read model, to a reservation, and to the channel', async () => {
      const secret = `whsec_${randomBytes(24).toString('base64')}`;
      receiver = await createWebhookReceiver({ secret });
      const channelId = unique('webshop');
      const sku = shop.sku();
      const channel = {
        name: 'Shop',
        channelType: 'E_COMMERCE',
        provider: 'webhook',
        syncInventory: true,
        webhook: { url: receiver.url, secret },
      };
      expect((await shop.api.put(`/sales-channel/channels/${channelId}`, channel)).status).toBeLessThan(300);
      await shop.api.put(`/sales-channel/channels/${channelId}/mappings`, { mappings: [{ sku, listingId: `L-${sku}` }] });

      await shop.level(sku, shop.north, 5);
      await shop.level(sku, shop.south, 3);
      await eventually(
        () => Promise.resolve(receiver.listings.get(`L-${sku}`)?.quantity),
        (quantity) => quantity === 8,
      );

      const reserved = await shop.api.post('/sales-channel/inventory/reserve', {
        items: [{ sku, quantity: 6 }],
        orderId: unique('order'),
        channelId,
      });
      expect(reserved.status).toBe(201);
      const { reservationId, lines } = reserved.body as Reserved;
      expect(lines[0]?.sources.map(({ locationId, quantity }) => ({ locationId, quantity }))).toEqual([
        { locationId: shop.north, quantity: 5 },
        { locationId: shop.south, quantity: 1 },
      ]);
      const committed = await shop.api.post(`/sales-channel/inventory/reservation/${encodeURIComponent(reservationId)}/commit`, {});
      expect(committed).toMatchObject({ status: 200, body: { status: 'committed' } });

      const seen = shop.api.with({ 'holdfast-min-position': committed.headers.get('holdfast-position') ?? '' });
      const after = await seen.get(`/api/products/${encodeURIComponent(sku)}/inventory-levels`);
      expect(after.status).toBe(200);
      expect(await shop.item(sku, shop.north)).toMatchObject({ quantityOnHand: 0, quantityReserved: 0 });
      expect(await shop.item(sku, shop.south)).toMatchObject({ quantityOnHand: 2, quantityReserved: 0 });
      await eventually(
        () => Promise.resolve(receiver.listings.get(`L-${sku}`)?.quantity),
        (quantity) => quantity === 2,
      );
    });

    it('holds an order of several SKUs all or not at all, and says what was short', async () => {
      const [plenty, scarce] = [shop.sku('PLENTY'), shop.sku('SCARCE')];
      await shop.level(plenty, shop.north, 10);
      await shop.level(scarce, shop.north, 1);
      const items = [
        { sku: plenty, quantity: 2 },
        { sku: scarce, quantity: 2 },
      ];
      const refused = await shop.api.post('/sales-channel/inventory/reserve', { items, orderId: unique('order') });
      expect(refused).toMatchObject({
        status: 409,
        body: { code: 'insufficient_stock', details: [{ sku: scarce, requested: 2, available: 1 }] },
      });
      const all = await shop.api.post('/sales-channel/inventory/reserve', {
        items: [{ sku: plenty, quantity: 10 }],
        orderId: unique('order'),
      });
      expect(all.status).toBe(201);
    });

    it('never lets a late level bring sold stock back', async () => {
      const sku = shop.sku();
      const monday = new Date(Date.now() - 60_000).toISOString();
      const tuesday = new Date(Date.now() - 30_000).toISOString();
      await shop.level(sku, shop.north, 5, monday);
      const reserved = await shop.api.post('/sales-channel/inventory/reserve', { items: [{ sku, quantity: 2 }], orderId: unique('order') });
      const { reservationId } = reserved.body as Reserved;
      await shop.api.post(`/sales-channel/inventory/reservation/${encodeURIComponent(reservationId)}/commit`, {});
      await shop.level(sku, shop.north, 5, tuesday);
      const late = {
        type: 'level',
        messageId: unique('late'),
        connectionId: shop.connectionId,
        warehouseId: `W-${shop.north}`,
        sku,
        quantity: 9,
        asOf: monday,
      };
      await shop.api.post('/v1/erp/messages', { messages: [late] });
      const marker = shop.sku('MARKER');
      await shop.level(marker, shop.north, 1);
      await eventually(
        () => shop.item(sku, shop.north),
        (item) => item?.quantityOnHand === 3,
      );
    });

    it('sells exactly what exists in a rush, each request sent twice', async () => {
      const sku = shop.sku('RUSH');
      await shop.level(sku, shop.north, 100);
      const buyers = Array.from({ length: 400 }, (_, index) => index);
      const attempts = await Promise.all(
        buyers.flatMap((buyer) => {
          const keyed = shop.api.with({ 'idempotency-key': `${sku}-${String(buyer)}` });
          const ask = () =>
            keyed.post('/sales-channel/inventory/reserve', { items: [{ sku, quantity: 1 }], orderId: `${sku}-${String(buyer)}` });
          return [ask(), ask()];
        }),
      );
      const won = new Set(attempts.filter((answer) => answer.status === 201).map((answer) => (answer.body as Reserved).reservationId));
      expect(won.size).toBe(100);
      expect(attempts.filter((answer) => answer.status === 201)).toHaveLength(200);
      expect(attempts.filter((answer) => answer.status === 409)).toHaveLength(600);
    });

    it('frees a hold at its time for whoever competes', async () => {
      await new Promise((resolve) => setTimeout(resolve, Math.max(0, short.expiresAt + 50 - Date.now())));
      expect((await holdLast(60)).status).toBe(201);
    });
  });
}
