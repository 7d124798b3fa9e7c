import { eventually, unique, type RunningHoldfast } from '@holdfast/testing';
import { smallShop, type SmallShop } from '../shop.js';

interface Reservation {
  readonly reservationId: string;
  readonly status: string;
  readonly lines: readonly { readonly quantity: number; readonly waiting?: { readonly quantity: number; readonly expectedAt?: string } }[];
}

const tomorrow = new Date(Math.ceil(Date.now() / 86_400_000 + 1) * 86_400_000).toISOString();

export function backorders(holdfast: () => RunningHoldfast): void {
  describe('selling what a supplier will deliver', () => {
    let shop: SmallShop;

    beforeAll(async () => {
      shop = await smallShop(holdfast());
    });

    it('lets orders wait with a date and serves them in their order when the ERP posts the receipt', async () => {
      const { api } = shop;
      const sku = shop.sku();
      const path = `/v1/inventory/${encodeURIComponent(sku)}`;
      const reserve = (quantity: number, more: object = {}) =>
        api.post('/sales-channel/inventory/reserve', { items: [{ sku, quantity }], orderId: unique('order'), backorder: true, ...more });
      const find = async ({ reservationId }: Reservation): Promise<Reservation> =>
        (await api.get(`/sales-channel/inventory/reservation/${encodeURIComponent(reservationId)}`)).body as Reservation;

      await shop.level(sku, shop.north, 1);
      expect((await api.put(`${path}/allocations`, { backorders: { units: 10 } })).status).toBe(200);
      const delivery = { locationId: shop.south, quantity: 4, expectedAt: tomorrow };
      expect((await api.put(`${path}/inbound/po-77`, delivery)).body).toMatchObject({ ...delivery, open: 4, received: 0 });

      const first = (await reserve(3)).body as Reservation;
      expect(first).toMatchObject({ status: 'held', lines: [{ quantity: 1, waiting: { quantity: 2, expectedAt: tomorrow } }] });
      const second = (await reserve(2)).body as Reservation;
      expect(second).toMatchObject({ status: 'waiting', lines: [{ quantity: 0, waiting: { quantity: 2, expectedAt: tomorrow } }] });
      expect(await reserve(1)).toMatchObject({ status: 409, body: { code: 'insufficient_stock' } });
      const withTwo = await reserve(1, { items: [sku, shop.sku()].map((each) => ({ sku: each, quantity: 1 })) });
      expect(withTwo).toMatchObject({ status: 400, body: { details: [{ field: 'backorder' }] } });

      const receipt = {
        type: 'receipt',
        messageId: unique('receipt'),
        connectionId: shop.connectionId,
        warehouseId: `W-${shop.south}`,
        sku,
        quantity: 3,
        postedAt: new Date().toISOString(),
        inboundReference: 'po-77',
      };
      expect((await api.post('/v1/erp/messages', { messages: [receipt] })).status).toBeLessThan(300);
      const served = await eventually(
        () => find(first),
        ({ lines }) => lines[0]?.waiting === undefined,
      );
      expect(served).toMatchObject({ status: 'held', lines: [{ quantity: 3 }] });
      expect(await find(second)).toMatchObject({ status: 'held', lines: [{ quantity: 1, waiting: { quantity: 1 } }] });
      expect((await api.get(`${path}/inbound`)).body).toMatchObject({
        waiting: 1,
        inbound: [{ reference: 'po-77', received: 3, open: 1 }],
      });
      const sold = await api.post(`/sales-channel/inventory/reservation/${encodeURIComponent(first.reservationId)}/commit`, {});
      expect(sold).toMatchObject({ status: 200, body: { status: 'committed' } });
      await eventually(
        () => shop.item(sku, shop.south),
        (item) => item?.quantityOnHand === 1 && item.quantityReserved === 1 && item.quantityAvailable === 0,
      );
    });
  });
}
