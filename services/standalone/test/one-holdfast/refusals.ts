import type { Api } from '@holdfast/testing';
import { unique, type RunningHoldfast } from '@holdfast/testing';
import { smallShop, type SmallShop } from '../shop.js';
import { jwt } from '../jwt.js';

const inAnHour = (): number => Math.floor(Date.now() / 1000) + 3_600;

export function refusals(holdfast: () => RunningHoldfast): void {
  describe('what Holdfast refuses at its door', () => {
    let shop: SmallShop;
    let sku: string;

    beforeAll(async () => {
      shop = await smallShop(holdfast());
      sku = shop.sku();
      await shop.level(sku, shop.north, 5);
    });

    const reserve = (body: unknown): ReturnType<Api['post']> => shop.api.post('/sales-channel/inventory/reserve', body);

    it.each([
      ['malformed JSON', '{"items": [', 400, 'malformed_json'],
      ['no items', { orderId: 'o' }, 400, 'validation_failed'],
      ['items of a wrong type', { items: 'all', orderId: 'o' }, 400, 'validation_failed'],
      ['a negative quantity', { items: [{ sku: 'A', quantity: -1 }], orderId: 'o' }, 400, 'validation_failed'],
      ['a fractional quantity', { items: [{ sku: 'A', quantity: 1.5 }], orderId: 'o' }, 400, 'validation_failed'],
      ['a huge quantity', { items: [{ sku: 'A', quantity: 1e15 }], orderId: 'o' }, 400, 'validation_failed'],
      ['a field that does not exist', { items: [{ sku: 'A', quantity: 1 }], orderId: 'o', colour: 'red' }, 400, 'validation_failed'],
      ['an unknown SKU', { items: [{ sku: 'NO-SUCH-SKU', quantity: 1 }], orderId: 'o' }, 404, 'unknown_sku'],
      ['a body over the limit', { items: [{ sku: 'A'.repeat(120_000), quantity: 1 }], orderId: 'o' }, 413, 'body_too_large'],
    ])('refuses %s', async (_what, body, status, code) => {
      expect(await reserve(body)).toMatchObject({ status, body: { code } });
    });

    it('names the field that is wrong', async () => {
      const answer = await reserve({ items: [{ sku, quantity: -1 }], orderId: 'o' });
      expect(answer.body).toMatchObject({ details: [{ field: 'items[0].quantity' }] });
    });

    it('refuses unknown locations, channels and reservations', async () => {
      const items = [{ sku, quantity: 1 }];
      expect(await reserve({ items, orderId: 'o', locationId: 'NOWHERE' })).toMatchObject({
        status: 404,
        body: { code: 'unknown_location' },
      });
      expect(await reserve({ items, orderId: 'o', channelId: 'NO-CHANNEL' })).toMatchObject({
        status: 404,
        body: { code: 'unknown_channel' },
      });
      const commit = await shop.api.post('/sales-channel/inventory/reservation/ro_00000000-0000-4000-8000-000000000000/commit', {});
      expect(commit).toMatchObject({ status: 404, body: { code: 'unknown_reservation' } });
    });

    it('refuses a key that comes back with another body', async () => {
      const keyed = shop.api.with({ 'idempotency-key': unique('key') });
      const body = { items: [{ sku, quantity: 1 }], orderId: unique('order') };
      const first = await keyed.post('/sales-channel/inventory/reserve', body);
      const again = await keyed.post('/sales-channel/inventory/reserve', body);
      expect(first.status).toBe(201);
      expect(again).toMatchObject({ status: 201, body: first.body });
      const other = await keyed.post('/sales-channel/inventory/reserve', { ...body, orderId: unique('order') });
      expect(other).toMatchObject({ status: 422, body: { code: 'idempotency_key_reused' } });
    });

    it.each([
      ['no token', undefined],
      ['an unknown key', 'hf_nobody'],
      ['an expired token', jwt({ sub: 'u', tenant: 'demo', permissions: ['inventory.read'], exp: 1 })],
      [
        'a tampered token',
        jwt(
          { sub: 'u', tenant: 'demo', permissions: ['inventory.read'], exp: inAnHour() },
          'another-secret-of-more-than-thirty-two-characters',
        ),
      ],
    ])('refuses %s', async (_what, key) => {
      expect(await shop.api.as(key).get('/api/inventory')).toMatchObject({ status: 401, body: { error: 'Unauthorized' } });
    });

    it('refuses what the token does not permit', async () => {
      const reader = shop.api.as(jwt({ sub: 'u', tenant: 'demo', permissions: ['inventory.read'], exp: inAnHour() }));
      expect((await reader.get('/api/inventory')).status).toBe(200);
      expect((await reader.post('/api/inventory/adjust', { sku, locationId: shop.north, delta: 1, reasonCode: 'found' })).status).toBe(403);
    });

    it('shows nothing of another tenant', async () => {
      const permissions = [
        'inventory.read',
        'inventory.adjust',
        'reservations.write',
        'reservations.read',
        'products.read',
        'channels.read',
        'channels.write',
      ];
      const other = shop.api.as(jwt({ sub: 'u', tenant: unique('other'), permissions, exp: inAnHour() }));
      const reserved = await reserve({ items: [{ sku, quantity: 1 }], orderId: unique('order') });
      const { reservationId } = reserved.body as { reservationId: string };
      const path = `/sales-channel/inventory/reservation/${encodeURIComponent(reservationId)}`;
      expect(await other.get(path)).toMatchObject({ status: 404 });
      expect(await other.post(`${path}/release`, {})).toMatchObject({ status: 404 });
      expect(await other.get(`/api/products/${encodeURIComponent(sku)}/inventory-levels`)).toMatchObject({ status: 404 });
      expect(await other.get(`/api/inventory/channel-location?locationId=${shop.north}`)).toMatchObject({
        status: 404,
        body: { error: 'Location not found or not accessible' },
      });
      expect((await other.get('/api/inventory')).body).toMatchObject({ items: [] });
      expect(await other.post('/sales-channel/inventory/reserve', { items: [{ sku, quantity: 1 }], orderId: 'o' })).toMatchObject({
        status: 404,
      });
    });

    it('keeps messages that cannot be processed, with the reason', async () => {
      const message = {
        type: 'level',
        messageId: unique('m'),
        connectionId: shop.connectionId,
        warehouseId: 'W',
        sku,
        quantity: 1,
        asOf: new Date().toISOString(),
      };
      expect((await shop.api.post('/v1/erp/messages', { messages: [message] })).body).toMatchObject({ accepted: 1 });
      expect((await shop.api.post('/v1/erp/messages', { messages: [{ ...message, quantity: 2 }] })).body).toMatchObject({ accepted: 1 });
      const kept = await waitForDeadLetter(shop.api, message.messageId);
      expect(kept).toMatchObject({ reason: { code: 'message_id_reused' } });
    });

    it('tells at once that a message names a connection that does not exist', async () => {
      const message = {
        type: 'level',
        messageId: unique('m'),
        connectionId: 'no-such-erp',
        warehouseId: 'W',
        sku,
        quantity: 1,
        asOf: new Date().toISOString(),
      };
      expect(await shop.api.post('/v1/erp/messages', { messages: [message] })).toMatchObject({
        status: 202,
        body: { accepted: 0, rejected: [{ index: 0, code: 'unknown_connection' }] },
      });
    });

    it('parks messages of a warehouse that nobody mapped, and applies them once it is', async () => {
      const parkedSku = shop.sku('PARKED');
      const warehouseId = unique('W');
      const message = {
        type: 'level',
        messageId: unique('m'),
        connectionId: shop.connectionId,
        warehouseId,
        sku: parkedSku,
        quantity: 7,
        asOf: new Date().toISOString(),
      };
      await shop.api.post('/v1/erp/messages', { messages: [message] });
      await until(async () => JSON.stringify((await shop.api.get('/v1/erp/parked')).body).includes(warehouseId));
      const mapping = { connectionId: shop.connectionId, mappings: [{ warehouseId, locationId: shop.north }] };
      expect((await shop.api.put('/v1/erp/warehouse-mappings', mapping)).status).toBeLessThan(300);
      await until(async () => (await shop.item(parkedSku, shop.north))?.quantityOnHand === 7);
    });
  });
}

async function waitForDeadLetter(api: Api, messageId: string): Promise<unknown> {
  let found: unknown;
  await until(async () => {
    const { deadLetters } = (await api.get('/v1/erp/dead-letters')).body as { deadLetters: { value: unknown }[] };
    found = deadLetters.find((letter) => JSON.stringify(letter).includes(messageId));
    return found !== undefined;
  });
  return found;
}

async function until(holds: () => Promise<boolean>): Promise<void> {
  for (const deadline = Date.now() + 120_000; !(await holds()); await new Promise((resolve) => setTimeout(resolve, 50))) {
    if (Date.now() > deadline) throw new Error('not within two minutes');
  }
}
