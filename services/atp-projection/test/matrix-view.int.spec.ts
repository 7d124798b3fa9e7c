import { eventually } from '@holdfast/testing';
import type { Answer } from './service-under-test.js';
import { ServiceUnderTest } from './service-under-test.js';

const ROWS = 3_000;

describe('the matrix in one answer', () => {
  let service: ServiceUnderTest;
  let written: string;

  beforeAll(async () => {
    service = await ServiceUnderTest.start();
    const policy = { policyId: 'p1', bufferUnits: 0, bufferPercent: 0, lowThreshold: 10, criticalThreshold: 0 };
    await service.append('locations-acme', [
      ['LocationRegistered.v1', { locationId: 'BER', name: 'Berlin', kind: 'warehouse', priority: 10 }],
      ['LocationRegistered.v1', { locationId: 'HAM', name: 'Hamburg', kind: 'store', priority: 20 }],
    ]);
    await service.append('channels-acme', [
      ['ChannelEnabled.v1', { channelId: 'shop', name: 'Shop', channelType: 'webhook', policy }],
      [
        'ChannelEnabled.v1',
        { channelId: 'market', name: 'Market', channelType: 'webhook', policy: { ...policy, policyId: 'p2', bufferUnits: 5 } },
      ],
    ]);
    await service.command('TEE', { type: 'DescribeProduct', verified: true, name: 'Black Tee' });
    await service.receive('TEE', 'BER', 40);
    await service.receive('TEE', 'HAM', 3);
    await service.receive('HAT', 'HAM', 3);
    await service.command('HAT', { type: 'PlaceHold', holdId: 'hold_x', holdType: 'quality', locationId: 'HAM', quantity: 1 });
    await service.receive('SECRET', 'BER', 9, 'other');
    written = await service.reserve('TEE', 8, 'rs_x.1');
  });
  afterAll(() => service.stop());

  const matrix = (query = ''): Promise<Answer> =>
    service.get(`/v1/views/matrix${query}`, { headers: { 'holdfast-min-position': written } });

  it('has what each channel may promise of each SKU, over all locations', async () => {
    const { status, body } = await matrix();
    expect(status).toBe(200);
    expect(body).toEqual({
      by: 'channel',
      skus: ['HAT', 'TEE'],
      names: [null, 'Black Tee'],
      onHand: [3, 43],
      reserved: [0, 8],
      held: [{ sku: 'HAT', locationId: 'HAM', quantity: 1 }],
      columns: [
        { id: 'market', name: 'Market', lowThreshold: 10, criticalThreshold: 0, figures: [0, 27] },
        { id: 'shop', name: 'Shop', lowThreshold: 10, criticalThreshold: 0, figures: [2, 35] },
      ],
      complete: true,
    });
  });

  it('has what they may promise from one location, the same as the matrix of that location', async () => {
    const { body } = await matrix('?locationId=BER');
    expect(body).toMatchObject({ skus: ['TEE'], onHand: [40], reserved: [8], held: [], columns: [{ figures: [27] }, { figures: [32] }] });
    const cells = await service.get('/api/inventory/channel-location?locationId=BER');
    expect(cells.body).toMatchObject({
      products: [
        {
          channels: [
            { channelId: 'market', atp: 27 },
            { channelId: 'shop', atp: 32 },
          ],
        },
      ],
    });
  });

  it('has what is available at each location, and nothing where a SKU never lay', async () => {
    const { body } = await matrix('?by=location');
    expect(body).toMatchObject({
      columns: [
        { id: 'BER', name: 'Berlin', lowThreshold: null, figures: [null, 32] },
        { id: 'HAM', name: 'Hamburg', lowThreshold: null, figures: [2, 3] },
      ],
    });
  });

  it('finds by SKU and by name, and says when there is more', async () => {
    expect((await matrix('?search=black')).body).toMatchObject({ skus: ['TEE'], complete: true });
    expect((await matrix('?limit=1')).body).toMatchObject({ skus: ['HAT'], complete: false });
    expect((await matrix('?search=nothing')).body).toMatchObject({ skus: [], columns: [{ figures: [] }, { figures: [] }], complete: true });
  });

  it.each([
    ['?locationId=MUC', 404, 'unknown_location'],
    ['?by=location&locationId=BER', 400, 'validation_failed'],
    ['?by=brand', 400, 'validation_failed'],
    ['?limit=50001', 400, 'validation_failed'],
  ])('refuses %s', async (query, status, code) => {
    expect(await matrix(query)).toMatchObject({ status, body: { code } });
  });

  it('shows nothing of another tenant', async () => {
    const { body } = await service.get('/v1/views/matrix', { tenant: 'nobody' });
    expect(body).toMatchObject({ skus: [], columns: [] });
  });

  it(`answers ${ROWS} SKUs at once`, async () => {
    const skus = Array.from({ length: ROWS }, (_, n) => `MANY-${String(n).padStart(5, '0')}`);
    const positions = await Promise.all(skus.map((sku) => service.receive(sku, 'BER', 7)));
    const last = positions.map(BigInt).reduce((one, other) => (one > other ? one : other));
    // On a slow machine so many are not projected within the time that one read waits.
    await eventually(
      () => service.get('/api/inventory?limit=1', { headers: { 'holdfast-min-position': last.toString() } }),
      ({ status }) => status === 200,
    );
    const began = performance.now();
    const { body } = await service.get('/v1/views/matrix?search=MANY-');
    process.stdout.write(`matrix of ${ROWS} SKUs by 2 channels: ${Math.round(performance.now() - began)} ms\n`);
    expect(body).toMatchObject({ skus, columns: [{ figures: skus.map(() => 2) }, { figures: skus.map(() => 7) }] });
  });
});
