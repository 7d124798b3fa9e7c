import { DEFAULT_POLICY } from '@holdfast/inventory';
import { ServiceUnderTest, TENANT, type Answer } from './service.js';

describe('limits of a SKU over HTTP', () => {
  let shop: ServiceUnderTest;
  let orders = 0;

  const order = (sku: string, quantity: number, more: object = {}) => {
    orders += 1;
    return shop.reserve({ items: [{ sku, quantity }], orderId: `limited-${orders}`, ...more });
  };
  const permissions = ['reservations.*', 'channels.*'];
  const set = (sku: string, limits: object): Promise<Answer> =>
    shop.call('PUT', `/v1/inventory/${encodeURIComponent(sku)}/allocations`, limits, { permissions });
  const get = (sku: string): Promise<Answer> =>
    shop.call('GET', `/v1/inventory/${encodeURIComponent(sku)}/allocations`, undefined, { permissions });

  beforeAll(async () => {
    shop = await ServiceUnderTest.start();
    for (const channelId of ['web', 'store']) {
      const channel = { channelId, name: channelId, channelType: 'webhook', policy: DEFAULT_POLICY };
      await shop.append(`channels-${TENANT}`, 'ChannelEnabled.v1', channel);
    }
  });
  afterAll(() => shop.stop());

  it('are set at once and answered with what was taken', async () => {
    await shop.stock('lim/1', 10);
    const answer = await set('lim/1', { overbookingUnits: 2, holderUnits: 4, channels: [{ channelId: 'web', cap: 5, floor: 3 }] });
    expect(answer).toMatchObject({ status: 200, position: expect.stringMatching(/^\d+$/) });
    const held = await order('lim/1', 2, { channelId: 'web' });
    await shop.wish('commit', held.body['reservationId'], { lines: [{ sku: 'lim/1', quantity: 1 }] });
    expect((await get('lim/1')).body).toEqual({
      sku: 'lim/1',
      overbookingUnits: 2,
      holderUnits: 4,
      channels: [{ channelId: 'web', cap: 5, floor: 3, open: 1, committed: 1, protectedUnits: 1 }],
    });
    await set('lim/1', {});
    expect((await get('lim/1')).body).toEqual({ sku: 'lim/1', overbookingUnits: 0, channels: [] });
  });

  it('refuse with the rule that binds and its figures', async () => {
    await shop.stock('lim/2', 10);
    await set('lim/2', {
      holderUnits: 2,
      channels: [
        { channelId: 'web', cap: 3 },
        { channelId: 'store', floor: 4 },
      ],
    });
    expect(await order('lim/2', 4, { channelId: 'web' })).toMatchObject({
      status: 409,
      body: {
        code: 'channel_cap',
        details: [{ sku: 'lim/2', requested: 4, available: 3, channelId: 'web', cap: 3, open: 0, committed: 0 }],
      },
    });
    expect(await order('lim/2', 7)).toMatchObject({
      status: 409,
      body: { code: 'protected_for_channels', details: [{ available: 6, protectedUnits: 4, free: 10 }] },
    });
    expect((await order('lim/2', 2, { holderId: 'ann' })).status).toBe(201);
    expect(await order('lim/2', 1, { holderId: 'ann' })).toMatchObject({
      status: 409,
      body: { code: 'holder_limit', details: [{ holderId: 'ann', limit: 2, open: 2, available: 0 }] },
    });
  });

  it('let a SKU be overbooked within its budget, and no further', async () => {
    await shop.stock('lim/3', 1);
    await set('lim/3', { overbookingUnits: 1 });
    expect((await order('lim/3', 2)).status).toBe(201);
    expect(await shop.units('lim/3')).toEqual({ onHand: 1, reserved: 2 });
    expect(await order('lim/3', 1)).toMatchObject({
      status: 409,
      body: { code: 'overbooking_exhausted', details: [{ budget: 1, left: 0 }] },
    });
  });

  it('bind orders of several SKUs, and a partial one goes on without the line', async () => {
    await Promise.all([shop.stock('lim/4', 5), shop.stock('lim/5', 5)]);
    await set('lim/4', { channels: [{ channelId: 'web', cap: 0 }] });
    const items = [
      { sku: 'lim/4', quantity: 1 },
      { sku: 'lim/5', quantity: 1 },
    ];
    const both = { items, orderId: 'limited-both', channelId: 'web' };
    expect(await shop.reserve(both)).toMatchObject({
      status: 409,
      body: { code: 'channel_cap', details: [{ sku: 'lim/4', available: 0 }] },
    });
    expect(await shop.units('lim/5')).toEqual({ onHand: 5, reserved: 0 });
    expect(await shop.reserve({ ...both, partial: true })).toMatchObject({
      status: 201,
      body: {
        lines: [
          { sku: 'lim/4', quantity: 0 },
          { sku: 'lim/5', quantity: 1 },
        ],
      },
    });
  });

  it('count a holder over orders of several SKUs too', async () => {
    await Promise.all([shop.stock('lim/6', 5), shop.stock('lim/7', 5)]);
    await set('lim/6', { holderUnits: 1 });
    const items = [
      { sku: 'lim/6', quantity: 1 },
      { sku: 'lim/7', quantity: 1 },
    ];
    expect((await shop.reserve({ items, orderId: 'hoard-1', holderId: 'ann' })).status).toBe(201);
    expect(await shop.reserve({ items, orderId: 'hoard-2', holderId: 'ann' })).toMatchObject({
      status: 409,
      body: { code: 'holder_limit' },
    });
  });

  it('hold exactly against many who ask at once', async () => {
    await shop.stock('lim/8', 100);
    await set('lim/8', {
      channels: [
        { channelId: 'web', cap: 30 },
        { channelId: 'store', floor: 60 },
      ],
    });
    const answers = await Promise.all(
      Array.from({ length: 120 }, (_, index) => order('lim/8', 1, index % 3 === 0 ? {} : { channelId: 'web' })),
    );
    const won = answers.filter(({ status }) => status === 201).length;
    const reasons = new Set(answers.filter(({ status }) => status === 409).map(({ body }) => body['code']));
    expect(won).toBe(40);
    expect([...reasons].every((code) => code === 'channel_cap' || code === 'protected_for_channels')).toBe(true);
    const taken = await Promise.all(Array.from({ length: 60 }, () => order('lim/8', 1, { channelId: 'store' })));
    expect(taken.every(({ status }) => status === 201)).toBe(true);
  });

  it('are refused where they cannot be, and to whoever may not', async () => {
    await shop.stock('lim/9', 1);
    expect(await set('nobody', {})).toMatchObject({ status: 404, body: { code: 'unknown_sku' } });
    expect(await get('nobody')).toMatchObject({ status: 404, body: { code: 'unknown_sku' } });
    expect(await set('lim/9', { channels: [{ channelId: 'none' }] })).toMatchObject({ status: 404, body: { code: 'unknown_channel' } });
    expect(await set('lim/9', { channels: [{ channelId: 'web', cap: 1, floor: 2 }] })).toMatchObject({
      status: 400,
      body: { code: 'invalid_allocation' },
    });
    expect(await set('lim/9', { overbookingUnits: -1 })).toMatchObject({ status: 400, body: { code: 'validation_failed' } });
    const url = '/v1/inventory/lim%2F9/allocations';
    expect((await shop.call('PUT', url, {}, { permissions: ['channels.read'] })).status).toBe(403);
    expect((await shop.call('GET', url, undefined, { permissions: ['reservations.*'] })).status).toBe(403);
  });
});
