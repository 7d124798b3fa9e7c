import { DEFAULT_POLICY } from '@holdfast/inventory';
import { eventually, ServiceUnderTest, TENANT, type Answer } from './service.js';

const DAY = 86_400_000;
const tomorrow = new Date(Math.ceil(Date.now() / DAY) * DAY + DAY).toISOString();
const later = new Date(Date.parse(tomorrow) + 5 * DAY).toISOString();

describe('back-orders over HTTP', () => {
  let shop: ServiceUnderTest;
  let orders = 0;

  const permissions = ['reservations.*', 'channels.*', 'inventory.*'];
  const call = (method: 'GET' | 'PUT' | 'DELETE', sku: string, rest: string, body?: object): Promise<Answer> =>
    shop.call(method, `/v1/inventory/${encodeURIComponent(sku)}/${rest}`, body, { permissions });
  const allow = (sku: string, more: object = {}): Promise<Answer> =>
    call('PUT', sku, 'allocations', { backorders: { units: 20, ...more } });
  const announce = (sku: string, reference: string, quantity: number, expectedAt = tomorrow): Promise<Answer> =>
    call('PUT', sku, `inbound/${reference}`, { locationId: 'MAIN', quantity, expectedAt });
  const order = (sku: string, quantity: number, more: object = {}): Promise<Answer> => {
    orders += 1;
    return shop.reserve({ items: [{ sku, quantity }], orderId: `back-${orders}`, backorder: true, ...more });
  };
  const receive = (sku: string, quantity: number, inboundReference?: string): Promise<void> =>
    shop.change(sku, {
      type: 'ReceiveStock',
      locationId: 'MAIN',
      quantity,
      effectiveAt: Date.now(),
      messageId: `${sku} ${String(quantity)} ${String(inboundReference)}`,
      ...(inboundReference === undefined ? {} : { inboundReference }),
    });
  const lineOf = ({ body }: Answer): unknown => (body['lines'] as unknown[])[0];

  beforeAll(async () => {
    shop = await ServiceUnderTest.start();
    const web = { channelId: 'web', name: 'web', channelType: 'webhook', policy: DEFAULT_POLICY };
    await shop.append(`channels-${TENANT}`, 'ChannelEnabled.v1', web);
  });
  afterAll(() => shop.stop());

  it('deliveries are announced, changed, listed and taken back', async () => {
    await shop.stock('in/1', 0);
    const answer = await announce('in/1', 'po-2', 4, later);
    expect(answer).toMatchObject({ status: 200, position: expect.stringMatching(/^\d+$/) });
    expect(answer.body).toEqual({ reference: 'po-2', locationId: 'MAIN', quantity: 4, received: 0, excess: 0, open: 4, expectedAt: later });
    await announce('in/1', 'po-1', 3);
    await receive('in/1', 2);
    await announce('in/1', 'po-1', 5);
    expect((await call('GET', 'in/1', 'inbound')).body).toEqual({
      sku: 'in/1',
      waiting: 0,
      inbound: [
        { reference: 'po-1', locationId: 'MAIN', quantity: 5, received: 2, excess: 0, open: 3, expectedAt: tomorrow },
        { reference: 'po-2', locationId: 'MAIN', quantity: 4, received: 0, excess: 0, open: 4, expectedAt: later },
      ],
    });
    expect((await call('DELETE', 'in/1', 'inbound/po-1')).status).toBe(204);
    expect(await call('GET', 'in/1', 'inbound/po-1')).toMatchObject({ status: 404, body: { code: 'unknown_inbound' } });
    expect(await call('DELETE', 'in/1', 'inbound/po-1')).toMatchObject({ status: 404, body: { code: 'unknown_inbound' } });
    expect((await call('GET', 'in/1', 'inbound/po-2')).body).toMatchObject({ open: 4 });
  });

  it('deliveries that cannot be are refused', async () => {
    await shop.stock('in/2', 0);
    expect(await announce('nobody', 'po-1', 4)).toMatchObject({ status: 404, body: { code: 'unknown_sku' } });
    expect(await call('GET', 'nobody', 'inbound')).toMatchObject({ status: 404, body: { code: 'unknown_sku' } });
    expect(await call('GET', 'nobody', 'inbound/po-1')).toMatchObject({ status: 404, body: { code: 'unknown_sku' } });
    const elsewhere = { locationId: 'NOWHERE', quantity: 1, expectedAt: tomorrow };
    expect(await call('PUT', 'in/2', 'inbound/po-1', elsewhere)).toMatchObject({ status: 404, body: { code: 'unknown_location' } });
    expect(await announce('in/2', 'po-1', 0)).toMatchObject({ status: 400, body: { details: [{ field: 'quantity' }] } });
    expect(await announce('in/2', 'po-1', 1, 'tomorrow')).toMatchObject({ status: 400, body: { details: [{ field: 'expectedAt' }] } });
    expect(await announce('in/2', 'po-1', 1, '1969-12-31T00:00:00Z')).toMatchObject({
      status: 400,
      body: { code: 'validation_failed', details: [{ field: 'expectedAt' }] },
    });
    for (let index = 0; index < 1_000; index += 1) {
      await shop.change('in/2', { type: 'DeclareInbound', reference: `p${String(index)}`, locationId: 'MAIN', quantity: 1, expectedAt: 1 });
    }
    expect(await announce('in/2', 'po-1', 1)).toMatchObject({ status: 409, body: { code: 'too_many_inbound' } });
  });

  it('say what is allowed and how much waits', async () => {
    await shop.stock('bo/0', 0);
    expect((await allow('bo/0', { graceSeconds: 60, channels: ['web'] })).body).toMatchObject({
      backorders: { units: 20, graceSeconds: 60, channels: ['web'], waiting: 0 },
    });
    expect(await allow('bo/0', { channels: ['nobody'] })).toMatchObject({ status: 404, body: { code: 'unknown_channel' } });
    expect(await allow('bo/0', { graceSeconds: -1 })).toMatchObject({ status: 400, body: { code: 'validation_failed' } });
    await announce('bo/0', 'po-1', 9);
    expect(await order('bo/0', 1)).toMatchObject({ status: 409, body: { code: 'insufficient_stock' } });
    expect((await order('bo/0', 1, { channelId: 'web' })).body).toMatchObject({ status: 'waiting' });
    expect((await call('GET', 'bo/0', 'allocations')).body).toMatchObject({ backorders: { waiting: 1 } });
    await call('PUT', 'bo/0', 'allocations', {});
    expect((await call('GET', 'bo/0', 'allocations')).body).not.toHaveProperty('backorders');
  });

  it('wait with a date, are served in order when stock arrives, and then are committed', async () => {
    await shop.stock('bo/1', 1);
    await allow('bo/1');
    await announce('bo/1', 'po-1', 4);
    const first = await order('bo/1', 3);
    expect(first).toMatchObject({ status: 201, body: { status: 'held' } });
    expect(lineOf(first)).toMatchObject({ requested: 3, quantity: 1, waiting: { quantity: 2, expectedAt: tomorrow } });
    const second = await order('bo/1', 2);
    expect(second.body).toMatchObject({ status: 'waiting' });
    expect(Date.parse(String(second.body['expiresAt']))).toBe(Date.parse(tomorrow) + 7 * DAY);
    expect(await shop.units('bo/1')).toEqual({ onHand: 1, reserved: 1 });

    await receive('bo/1', 3, 'po-1');
    const firstServed = await shop.find(first.body['reservationId']);
    expect(lineOf(firstServed)).toEqual({
      sku: 'bo/1',
      requested: 3,
      quantity: 3,
      committed: 0,
      sources: [
        { locationId: 'MAIN', quantity: 1, because: 'priority 100' },
        { locationId: 'MAIN', quantity: 2, because: 'waited for it' },
      ],
    });
    expect(lineOf(await shop.find(second.body['reservationId']))).toMatchObject({ quantity: 1, waiting: { quantity: 1 } });
    expect(await order('bo/1', 1, { backorder: false })).toMatchObject({ status: 409, body: { code: 'insufficient_stock' } });

    const done = await shop.wish('commit', first.body['reservationId']);
    expect(done.body).toMatchObject({ status: 'committed', lines: [{ committed: 3 }] });
    expect(await shop.units('bo/1')).toEqual({ onHand: 1, reserved: 1 });
  });

  it('commit what is there, wait for the rest, and refuse to commit that', async () => {
    await shop.stock('bo/2', 1);
    await allow('bo/2');
    await announce('bo/2', 'po-1', 4);
    const { body } = await order('bo/2', 3);
    const id = body['reservationId'];
    expect(await shop.wish('commit', id, { lines: [{ sku: 'bo/2', quantity: 2 }] })).toMatchObject({
      status: 409,
      body: { code: 'units_waiting', details: [{ requested: 2, open: 1, waiting: 2, expectedAt: tomorrow }] },
    });
    const part = await shop.wish('commit', id);
    expect(part.body).toMatchObject({ status: 'waiting', lines: [{ committed: 1, waiting: { quantity: 2 } }] });
    expect(await shop.wish('commit', id)).toMatchObject({ status: 409, body: { code: 'units_waiting', details: [{ open: 0 }] } });
    await receive('bo/2', 2);
    expect((await shop.wish('commit', id)).body).toMatchObject({ status: 'committed', lines: [{ quantity: 3, committed: 3 }] });
  });

  it('keep their place where a delivery is late or does not come, and say so', async () => {
    await shop.stock('bo/3', 0);
    await allow('bo/3');
    await announce('bo/3', 'po-1', 4);
    const { body } = await order('bo/3', 2);
    await announce('bo/3', 'po-1', 4, later);
    expect(lineOf(await shop.find(body['reservationId']))).toMatchObject({ waiting: { quantity: 2, expectedAt: later } });
    await call('DELETE', 'bo/3', 'inbound/po-1');
    expect(lineOf(await shop.find(body['reservationId']))).toMatchObject({ waiting: { quantity: 2 } });
    expect(lineOf(await shop.find(body['reservationId']))).not.toHaveProperty('waiting.expectedAt');
    expect((await call('GET', 'bo/3', 'inbound')).body).toMatchObject({ waiting: 2 });
    const released = await shop.wish('release', body['reservationId']);
    expect(released.body).toMatchObject({ status: 'released', lines: [{ quantity: 0 }] });
    expect((await call('GET', 'bo/3', 'inbound')).body).toMatchObject({ waiting: 0 });
  });

  it('that nobody allowed are refused, with the date where waiting would be possible', async () => {
    await shop.stock('bo/4', 1);
    await announce('bo/4', 'po-1', 4);
    expect(await order('bo/4', 3)).toMatchObject({ status: 409, body: { code: 'insufficient_stock' } });
    await allow('bo/4');
    expect(await order('bo/4', 3, { backorder: false })).toMatchObject({
      status: 409,
      body: {
        code: 'insufficient_stock',
        details: [
          {
            available: 1,
            alternatives: [
              { kind: 'smaller_quantity', quantity: 1 },
              { kind: 'later', at: tomorrow, because: 'inbound_supply' },
            ],
          },
        ],
      },
    });
  });

  it('are for orders of one SKU', async () => {
    await shop.stock('bo/5', 1);
    await shop.stock('bo/6', 1);
    const items = ['bo/5', 'bo/6'].map((sku) => ({ sku, quantity: 2 }));
    expect(await shop.reserve({ items, orderId: 'two', backorder: true })).toMatchObject({
      status: 400,
      body: { code: 'validation_failed', details: [{ field: 'backorder' }] },
    });
  });

  it('that hold something end with it where nobody commits, and the place in the line with them', async () => {
    await shop.stock('bo/7', 1);
    await allow('bo/7');
    await announce('bo/7', 'po-1', 4);
    const abandoned = await order('bo/7', 2, { ttl: 1 });
    const patient = await order('bo/7', 1, { ttl: 5 });
    await eventually(async () => {
      expect((await shop.find(abandoned.body['reservationId'])).body).toMatchObject({ status: 'expired' });
      expect((await shop.find(patient.body['reservationId'])).body).toMatchObject({ status: 'held', lines: [{ quantity: 1 }] });
    });
    await eventually(async () => {
      expect((await shop.find(patient.body['reservationId'])).body).toMatchObject({ status: 'expired' });
    });
    expect(await shop.units('bo/7')).toEqual({ onHand: 1, reserved: 0 });
  });
});
