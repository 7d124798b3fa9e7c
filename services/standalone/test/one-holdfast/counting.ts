import type { Api, RunningHoldfast } from '@holdfast/testing';
import { jwt } from '../jwt.js';
import { smallShop } from '../shop.js';

interface Line {
  readonly status: string;
}

export function counting(holdfast: () => RunningHoldfast): void {
  describe('a cycle count', () => {
    it('corrects stock by what is missing, once another person accepts it, while sales go on', async () => {
      const shop = await smallShop(holdfast());
      const sku = shop.sku();
      await shop.level(sku, shop.north, 100);
      const person = (sub: string): Api =>
        shop.api.as(jwt({ sub, tenant: 'demo', permissions: ['inventory.*'], exp: Math.floor(Date.now() / 1000) + 3_600 }));
      const created = await shop.api.post('/cycle-count', { locationId: shop.north, lines: [{ sku }] });
      const { id } = (created.body as { batch: { id: string } }).batch;
      for (const by of ['ann', 'ben']) {
        await person(by).post(`/api/inventory/cycle-count/${id}`, { action: 'record', lines: [{ lineId: '1', quantity: 93 }] });
        const submitted = await person(by).post(`/api/inventory/cycle-count/${id}`, { action: 'submit' });
        expect((submitted.body as { lines: Line[] }).lines).toMatchObject([{ status: by === 'ann' ? 'recount' : 'review' }]);
      }
      const sale = { items: [{ sku, quantity: 3 }], orderId: `order of ${sku}`, locationId: shop.north };
      expect((await shop.api.post('/sales-channel/inventory/reserve', sale)).status).toBe(201);

      const accept = { batchId: id, lines: [{ lineId: '1', decision: 'accept' }] };
      expect(await person('ben').post('/cycle-count/resolve', accept)).toMatchObject({ status: 403, body: { code: 'own_count' } });
      expect(await person('boss').post('/cycle-count/resolve', accept)).toMatchObject({
        status: 200,
        body: { batch: { status: 'resolved' }, lines: [{ status: 'accepted', delta: -7, quantityOnHand: 93 }] },
      });
    });
  });
}
