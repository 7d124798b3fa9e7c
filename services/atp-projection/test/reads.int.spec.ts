import { cloudEvent, TOPICS } from '@holdfast/contracts';
import { ROUTES } from '@holdfast/platform';
import { countStatements } from '@holdfast/testing';
import { eventually } from './eventually.js';
import type { Answer, Asked } from './service-under-test.js';
import { ServiceUnderTest } from './service-under-test.js';

let service: ServiceUnderTest;
/** Position of the newest write of the stage. */
let written: string;

const isoTime = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/) as unknown;
const get = (path: string, asked: Asked = {}): Promise<Answer> =>
  service.get(path, { ...asked, headers: { 'holdfast-min-position': written, ...asked.headers } });
const check = (body: unknown): Promise<Answer> =>
  service.post('/api/inventory/availability/check', body, { headers: { 'holdfast-min-position': written } });

const HAMBURG = { latitude: 53.55, longitude: 9.99, country: 'DE', postalCode: '20095' };

beforeAll(async () => {
  service = await ServiceUnderTest.start();
  const policy = { policyId: 'policy_1', bufferUnits: 5, bufferPercent: 10, lowThreshold: 10, criticalThreshold: 0 };
  await service.append('locations-acme', [
    ['LocationRegistered.v1', { locationId: 'BER', name: 'Berlin', kind: 'warehouse', priority: 10 }],
    ['LocationRegistered.v1', { locationId: 'HAM', name: 'Hamburg', kind: 'store', priority: 20, region: 'old' }],
    ['LocationChanged.v1', { locationId: 'HAM', name: 'Hamburg', kind: 'store', priority: 20, ...HAMBURG }],
  ]);
  await service.append('channels-acme', [
    ['ChannelEnabled.v1', { channelId: 'DTC', name: 'Direct to Consumer', channelType: 'E_COMMERCE', policy }],
    [
      'ChannelEnabled.v1',
      { channelId: 'web', name: 'Web', channelType: 'webhook', policy: { ...policy, policyId: 'p2', bufferUnits: 0, bufferPercent: 0 } },
    ],
  ]);
  await service.command('TEE', {
    type: 'DescribeProduct',
    verified: true,
    name: 'Black Tee',
    category: 'Tops',
    barcode: '400',
    brandId: 'b1',
    costMinor: 850,
    units: [{ unit: 'BOX', units: '12' }],
  });
  await service.receive('TEE', 'BER', 40);
  await service.receive('TEE', 'HAM', 3);
  await service.command('TEE', { type: 'SetSafetyStock', locationId: 'BER', quantity: 2 });
  await service.reserve('TEE', 8, 'rs_x.1');
  await service.receive('50%_OFF~A', 'BER~1', 7);
  await service.receive('SECRET', 'BER', 9, 'other');
  await service.receive('HAT', 'BER', 1);
  written = await service.receive('HAT', 'BER', 1);
});
afterAll(() => service.stop());

describe('inventory items', () => {
  it('have the shape of the inventory API', async () => {
    const answer = await get('/api/inventory?productMasterId=TEE&locationId=BER');
    expect(answer).toMatchObject({ status: 200 });
    expect(answer.body).toEqual({
      items: [
        {
          id: 'TEE~BER',
          productMasterId: 'TEE',
          locationId: 'BER',
          quantityOnHand: 40,
          quantityReserved: 8,
          quantityHeld: 0,
          quantityExpired: 0,
          quantityAvailable: 32,
          createdAt: isoTime,
          updatedAt: isoTime,
        },
      ],
      pagination: { page: 1, pageSize: 20, total: 1, totalPages: 1 },
    });
  });

  it('say how old the figure is where a polled ERP connection feeds the location, in every read of locations', async () => {
    const asOf = new Date(Date.now() - 600_000).toISOString();
    const data = { connectionId: 'sap', locationIds: ['HAM'], asOf, staleAfterSeconds: 300 };
    const event = cloudEvent({ id: 'r1', source: 'test', type: 'holdfast.erp.reading.v1', at: Date.now(), tenant: 'acme', data });
    await service.runtime.bus.publish(TOPICS.erpReadings.name, [{ key: 'acme|sap', value: JSON.stringify(event) }]);
    const told = { asOf, ageSeconds: expect.any(Number) as unknown, isStale: true };
    await eventually(async () => {
      const { items } = (await get('/api/inventory?productMasterId=TEE')).body as { readonly items: readonly object[] };
      expect(items).toEqual([
        expect.not.objectContaining({ erpFigure: expect.anything() as unknown }),
        expect.objectContaining({ locationId: 'HAM', erpFigure: told }),
      ]);
    });
    expect((await get('/api/inventory/availability/TEE~HAM')).body).toMatchObject({ erpFigure: told });
    expect((await get('/api/inventory/availability?locationId=HAM')).body).toMatchObject({ items: [{ erpFigure: told }] });
    expect((await get('/v1/inventory?brand_id=b1&warehouse_id=HAM')).body).toMatchObject({ items: [{ erp_figure: told }] });
    expect((await get('/api/products/TEE/inventory-levels')).body).toMatchObject({ items: [{}, { erpFigure: told }] });
    expect((await get('/api/inventory/channel-location?locationId=HAM')).body).toMatchObject({ location: { erpFigure: told } });
    const drilldown = await get('/api/inventory/channel-location/drilldown?locationId=HAM&productMasterId=TEE');
    expect(drilldown.body).toMatchObject({ location: { erpFigure: told } });
    await service.runtime.bus.publish(TOPICS.erpReadings.name, [{ key: 'acme|sap', value: null }]);
    await eventually(async () => expect((await get('/api/inventory/availability/TEE~HAM')).body).not.toHaveProperty('erpFigure'));
  });

  it('come in pages', async () => {
    const answer = await get('/api/inventory?limit=2&page=2');
    expect(answer.body['pagination']).toEqual({ page: 2, pageSize: 2, total: 4, totalPages: 2 });
    expect(answer.body['items']).toMatchObject([{ id: 'TEE~BER' }, { id: 'TEE~HAM' }]);
    expect(await get('/api/inventory?limit=101')).toMatchObject({ status: 400, body: { code: 'page_too_large' } });
    expect(await get('/api/inventory?page=0')).toMatchObject({ status: 400, body: { code: 'validation_failed' } });
    expect(await get('/api/inventory?colour=red')).toMatchObject({ status: 400, body: { code: 'validation_failed' } });
  });

  it('of a lot or a bin that nobody keeps are none', async () =>
    expect(await get('/api/inventory?lotId=lot_1')).toMatchObject({ status: 200, body: { items: [], pagination: { total: 0 } } }));

  it('of a brand have the fields of the brand API', async () => {
    const answer = await get('/v1/inventory?brand_id=b1&warehouse_id=BER');
    expect(answer.body['items']).toEqual([
      {
        sku: 'TEE',
        brand_id: 'b1',
        barcode: '400',
        warehouse_id: 'BER',
        physical_stock: 40,
        reserved_stock: 8,
        held_stock: 0,
        available_stock: 32,
        safety_stock_buffer: 2,
      },
    ]);
    expect(await get('/v1/inventory')).toMatchObject({ status: 400, body: { error: 'brand_id is required' } });
    expect((await get('/v1/inventory?brand_id=b2')).body['items']).toEqual([]);
  });

  it('of another tenant are never seen', async () => {
    expect((await get('/api/inventory?productMasterId=SECRET')).body['items']).toEqual([]);
    expect((await get('/api/inventory', { tenant: 'other' })).body['items']).toMatchObject([{ id: 'SECRET~BER' }]);
    expect(await get('/api/products/SECRET')).toMatchObject({ status: 404, body: { code: 'unknown_sku' } });
  });
});

describe('the catalogue', () => {
  it('lists products, searched by any part of SKU, name and barcode, wildcards taken at their word', async () => {
    const skus = async (search: string): Promise<unknown> =>
      ((await get(`/api/products?search=${encodeURIComponent(search)}`)).body['items'] as { sku: string }[]).map(({ sku }) => sku);
    expect(await skus('lack t')).toEqual(['TEE']);
    expect(await skus('400')).toEqual(['TEE']);
    expect(await skus('%_')).toEqual(['50%_OFF~A']);
    expect((await get('/api/products?verified=false')).body['pagination']).toMatchObject({ total: 2 });
  });

  it('shows a product', async () => {
    expect((await get('/api/products/TEE')).body).toEqual({
      id: 'TEE',
      sku: 'TEE',
      name: 'Black Tee',
      category: 'Tops',
      barcode: '400',
      brandId: 'b1',
      costMinor: 850,
      lowStockThreshold: null,
      removalDays: null,
      lotControl: 'none',
      units: [{ unit: 'BOX', units: '12' }],
      verified: true,
      createdAt: isoTime,
      updatedAt: isoTime,
    });
  });

  it('shows what lies where of a product', async () => {
    expect((await get('/api/products/TEE/inventory-levels')).body).toMatchObject({
      productMasterId: 'TEE',
      totalOnHand: 43,
      totalReserved: 8,
      totalHeld: 0,
      totalAvailable: 35,
      totalInTransit: 0,
      items: [{ locationId: 'BER' }, { locationId: 'HAM' }],
    });
    expect(await get('/api/products/NOPE/inventory-levels')).toMatchObject({ status: 404, body: { code: 'unknown_sku' } });
  });

  it('lists locations in the order in which they serve, the main one always among them', async () => {
    expect((await get('/api/locations')).body['items']).toEqual([
      { id: 'BER', locationId: 'BER', name: 'Berlin', kind: 'warehouse', priority: 10, blocked: false, registered: true },
      { id: 'HAM', locationId: 'HAM', name: 'Hamburg', kind: 'store', priority: 20, blocked: false, registered: true, ...HAMBURG },
      { id: 'BER~1', locationId: 'BER~1', name: 'BER~1', kind: 'warehouse', priority: 100, blocked: false, registered: false },
      { id: 'MAIN', locationId: 'MAIN', name: 'Main', kind: 'warehouse', priority: 100, blocked: false, registered: true },
    ]);
    expect((await get('/api/locations?kind=store')).body['pagination']).toMatchObject({ total: 1 });
  });

  it('adds up what lies at each location', async () => {
    const answer = await get('/api/inventory/locations?search=ber&limit=1');
    expect(answer.body).toMatchObject({
      items: [
        { id: 'BER', name: 'Berlin', skus: 2, totalOnHand: 42, totalReserved: 8, totalHeld: 0, totalAvailable: 34, totalInTransit: 0 },
      ],
      pagination: { total: 2 },
    });
  });
});

describe('availability', () => {
  it('is listed with safety stock and what is on its way', async () => {
    expect((await get('/api/inventory/availability?locationId=BER&productMasterId=TEE')).body['items']).toMatchObject([
      { id: 'TEE~BER', quantityAvailable: 32, safetyStock: 2, quantityInTransit: 0, quantityPromisable: 30 },
    ]);
  });

  it('is found by the id of the item, whatever signs its parts hold', async () => {
    for (const id of ['50%_OFF!A~BER!1', '50%_OFF~A~BER~1'])
      expect(await get(`/api/inventory/availability/${encodeURIComponent(id)}`)).toMatchObject({
        status: 200,
        body: { id: '50%_OFF!A~BER!1', productMasterId: '50%_OFF~A', locationId: 'BER~1', quantityOnHand: 7 },
      });
    expect(await get('/api/inventory/availability/TEE~MUC')).toMatchObject({ status: 404, body: { code: 'unknown_item' } });
    expect(await get('/api/inventory/availability/nothing')).toMatchObject({ status: 404, body: { code: 'unknown_item' } });
  });

  it('of many SKUs is checked at once: how many, from where, since when', async () => {
    const answer = await check({
      items: [
        { sku: 'TEE', quantity: 30 },
        { sku: 'HAT', quantity: 3 },
        { sku: 'TEE', quantity: 4 },
        { sku: 'NOPE', quantity: 1 },
      ],
    });
    expect(answer).toMatchObject({
      status: 200,
      body: {
        available: false,
        consistency: 'projection',
        ageMs: 0,
        asOf: isoTime,
        lines: [
          {
            sku: 'TEE',
            requested: 34,
            available: true,
            quantityAvailable: 35,
            known: true,
            earliestDate: isoTime,
            sources: [
              { locationId: 'BER', quantity: 32 },
              { locationId: 'HAM', quantity: 2 },
            ],
          },
          {
            sku: 'HAT',
            requested: 3,
            available: false,
            quantityAvailable: 2,
            earliestDate: null,
            sources: [{ locationId: 'BER', quantity: 2 }],
          },
          { sku: 'NOPE', available: false, quantityAvailable: 0, known: false, sources: [] },
        ],
      },
    });
    expect(answer.body['position']).toBe(answer.position);
  });

  it('to a channel is what its policy leaves', async () => {
    const answer = await check({ items: [{ sku: 'TEE', quantity: 22 }], channelId: 'DTC' });
    // 40 - 8 - 2 = 30, less 10 % and 5 units: 22 at BER, nothing of the 3 at HAM.
    expect(answer.body).toMatchObject({
      available: true,
      lines: [{ quantityAvailable: 22, sources: [{ locationId: 'BER', quantity: 22 }] }],
    });
    const atHam = await check({ items: [{ sku: 'TEE', quantity: 1 }], channelId: 'web', locationId: 'HAM' });
    expect(atHam.body).toMatchObject({ available: true, lines: [{ quantityAvailable: 3 }] });
  });

  it.each([
    ['those that have the SKU', {}, ['BER', 'HAM']],
    ['the one that is named', { locationId: 'HAM' }, ['HAM']],
  ])('reads of all locations only %s', async (_, named, read) => {
    const statements = countStatements();
    try {
      await check({ items: [{ sku: 'TEE', quantity: 1 }], ...named });
      const readLocations = statements.valuesOf('read_model.priorities').map(([, ids]) => ids);
      expect(readLocations.map((ids) => [...(ids as string[])].sort())).toEqual([read]);
    } finally {
      statements.stop();
    }
  });

  it('is asked of the event streams when told so', async () => {
    const answer = await check({
      items: [
        { sku: 'TEE', quantity: 35 },
        { sku: 'NOPE', quantity: 1 },
      ],
      consistency: 'strong',
    });
    expect(answer.body).toMatchObject({
      consistency: 'strong',
      ageMs: 0,
      lines: [
        { sku: 'TEE', available: true, quantityAvailable: 35 },
        { sku: 'NOPE', known: false },
      ],
    });
    expect(BigInt(String(answer.body['position']))).toBeLessThanOrEqual(BigInt(written));
  });

  it.each([
    ['nothing', { items: [] }, 400, 'validation_failed'],
    ['a quantity of 0', { items: [{ sku: 'TEE', quantity: 0 }] }, 400, 'validation_failed'],
    ['half a unit', { items: [{ sku: 'TEE', quantity: 0.5 }] }, 400, 'validation_failed'],
    ['an unknown channel', { items: [{ sku: 'TEE', quantity: 1 }], channelId: 'nope' }, 404, 'unknown_channel'],
    ['an unknown location', { items: [{ sku: 'TEE', quantity: 1 }], locationId: 'nope' }, 404, 'unknown_location'],
    ['another consistency', { items: [{ sku: 'TEE', quantity: 1 }], consistency: 'maybe' }, 400, 'validation_failed'],
  ])('is not checked for %s', async (_, body, status, code) => expect(await check(body)).toMatchObject({ status, body: { code } }));
});

describe('the matrix of channels and locations', () => {
  it('has the shape of the inventory API', async () => {
    const answer = await get('/api/inventory/channel-location?locationId=BER&page=1&limit=50');
    expect(answer).toMatchObject({ status: 200 });
    expect(answer.body).toEqual({
      products: [
        {
          productMasterId: 'HAT',
          productName: 'HAT',
          globalSku: 'HAT',
          categoryName: null,
          channels: [
            {
              channelId: 'DTC',
              channelName: 'Direct to Consumer',
              atp: 0,
              onHand: 2,
              reserved: 0,
              held: 0,
              available: 2,
              severity: 'CRITICAL',
              threshold: 10,
              policyId: 'policy_1',
            },
            {
              channelId: 'web',
              channelName: 'Web',
              atp: 2,
              onHand: 2,
              reserved: 0,
              held: 0,
              available: 2,
              severity: 'LOW',
              threshold: 10,
              policyId: 'p2',
            },
          ],
          totalOnHand: 2,
          totalReserved: 0,
          totalHeld: 0,
          minAtp: 0,
          maxAtp: 2,
          hasCritical: true,
        },
        {
          productMasterId: 'TEE',
          productName: 'Black Tee',
          globalSku: 'TEE',
          categoryName: 'Tops',
          channels: [
            {
              channelId: 'DTC',
              channelName: 'Direct to Consumer',
              atp: 22,
              onHand: 40,
              reserved: 8,
              held: 0,
              available: 32,
              severity: 'OK',
              threshold: 10,
              policyId: 'policy_1',
            },
            {
              channelId: 'web',
              channelName: 'Web',
              atp: 30,
              onHand: 40,
              reserved: 8,
              held: 0,
              available: 32,
              severity: 'OK',
              threshold: 10,
              policyId: 'p2',
            },
          ],
          totalOnHand: 40,
          totalReserved: 8,
          totalHeld: 0,
          minAtp: 22,
          maxAtp: 30,
          hasCritical: false,
        },
      ],
      channels: [
        { channelId: 'DTC', channelName: 'Direct to Consumer', channelType: 'E_COMMERCE', policyId: 'policy_1', lowAtpThreshold: 10 },
        { channelId: 'web', channelName: 'Web', channelType: 'webhook', policyId: 'p2', lowAtpThreshold: 10 },
      ],
      location: { id: 'BER', name: 'Berlin' },
      pagination: { page: 1, pageSize: 50, total: 2, totalPages: 1 },
    });
  });

  it('can be searched and narrowed to channels', async () => {
    const answer = await get('/api/inventory/channel-location?locationId=BER&search=black&channels=web');
    expect(answer.body).toMatchObject({
      products: [{ globalSku: 'TEE', channels: [{ channelId: 'web' }], minAtp: 30 }],
      channels: [{ channelId: 'web' }],
    });
  });

  it.each([
    ['no location', '', 400, { error: 'locationId is required' }],
    ['an unknown location', '?locationId=loc_9', 404, { error: 'Location not found or not accessible', code: 'unknown_location' }],
    ['an unknown channel', '?locationId=BER&channels=web,nope', 404, { code: 'unknown_channel' }],
    ['a page over the limit', '?locationId=BER&limit=201', 400, { code: 'page_too_large' }],
  ])('is refused for %s', async (_, query, status, body) =>
    expect(await get(`/api/inventory/channel-location${query}`)).toMatchObject({ status, body }),
  );

  it('is explained step by step', async () => {
    const answer = await get('/api/inventory/channel-location/drilldown?locationId=BER&productMasterId=TEE&channelId=DTC');
    expect(answer.body).toMatchObject({
      productName: 'Black Tee',
      onHand: 40,
      safetyStock: 2,
      channels: [
        {
          channelId: 'DTC',
          atp: 22,
          steps: [
            { step: 'onHand', units: 40, left: 40 },
            { step: 'reserved', units: -8, left: 32 },
            { step: 'safetyStock', units: -2, left: 30 },
            { step: 'bufferPercent', units: -3, left: 27 },
            { step: 'bufferUnits', units: -5, left: 22 },
            { step: 'neverBelowZero', units: 0, left: 22 },
          ],
        },
      ],
    });
    const drilldown = '/api/inventory/channel-location/drilldown';
    expect(await get(`${drilldown}?locationId=BER`)).toMatchObject({ status: 400, body: { error: 'productMasterId is required' } });
    expect(await get(`${drilldown}?locationId=BER&productMasterId=NOPE`)).toMatchObject({ status: 404, body: { code: 'unknown_sku' } });
    expect(await get(`${drilldown}?locationId=HAM&productMasterId=HAT`)).toMatchObject({ status: 404, body: { code: 'unknown_item' } });
  });

  it('is summed up per channel', async () => {
    expect((await get('/api/inventory/channel/summary')).body).toEqual({
      channels: [
        {
          channelId: 'DTC',
          channelName: 'Direct to Consumer',
          channelType: 'E_COMMERCE',
          policyId: 'policy_1',
          lowAtpThreshold: 10,
          products: 3,
          held: 0,
          totalAtp: 23,
          ok: 1,
          low: 1,
          critical: 1,
        },
        {
          channelId: 'web',
          channelName: 'Web',
          channelType: 'webhook',
          policyId: 'p2',
          lowAtpThreshold: 10,
          products: 3,
          held: 0,
          totalAtp: 42,
          ok: 1,
          low: 2,
          critical: 0,
        },
      ],
    });
  });
});

describe('every read', () => {
  const paths = ROUTES['atp-projection']
    .filter(([method, path]) => method === 'GET' && !path.endsWith('/stream') && !path.startsWith('/v1/operations'))
    .map(([, path]) => path.replace('/products/:id', '/products/TEE').replace('/availability/:id', '/availability/TEE~BER'))
    .map((path) => path.replace('/inventory/:sku/', '/inventory/TEE/'))
    .map((path) => (path === '/v1/inventory' ? `${path}?brand_id=b1` : path))
    .map((path) => (path === '/v1/search' ? `${path}?q=TEE` : path))
    .map((path) => (path === '/v1/exports' ? `${path}?kind=stock` : path))
    .map((path) => (path.includes('channel-location') ? `${path}?locationId=BER` : path))
    .map((path) => (path.includes('drilldown') ? `${path}&productMasterId=TEE` : path));

  it.each(paths)('%s says which position it reflects, at least the one asked for', async (path) => {
    const answer = await get(path);
    expect(answer.status).toBe(200);
    expect(BigInt(answer.position ?? -1)).toBeGreaterThanOrEqual(BigInt(written));
  });

  it.each(paths)('%s is refused to callers without a name or the permission', async (path) => {
    expect(await get(path, { anonymous: true })).toMatchObject({ status: 401 });
    expect(await get(path, { permissions: ['erp.write'] })).toMatchObject({ status: 403 });
  });

  it('waits for a position that is yet to come', async () => {
    const next = (BigInt(written) + 1n).toString();
    const read = get('/api/inventory?productMasterId=LATE', { headers: { 'holdfast-min-position': next } });
    await service.receive('LATE', 'HAM', 1, 'acme');
    expect((await read).body['items']).toMatchObject([{ id: 'LATE~HAM' }]);
  });

  it('answers 412 when the position does not come in time, and 400 when it is none', async () => {
    const never = await get('/api/inventory', { headers: { 'holdfast-min-position': '999999999' } });
    expect(never).toMatchObject({ status: 412, body: { code: 'position_not_reached', details: [{ wanted: '999999999' }] } });
    expect(await get('/api/inventory', { headers: { 'holdfast-min-position': 'soon' } })).toMatchObject({
      status: 400,
      body: { code: 'invalid_position' },
    });
  });
});

describe('the search', () => {
  const found = async (q: string, asked: Asked = {}): Promise<readonly string[]> => {
    const { body } = await get(`/v1/search?q=${encodeURIComponent(q)}`, asked);
    return (body['results'] as { kind: string; id: string }[]).map(({ kind, id }) => `${kind} ${id}`);
  };

  it.each([
    ['TEE', ['product TEE']],
    ['black', ['product TEE']],
    ['400', ['product TEE']],
    ['ber', ['location BER', 'location BER~1']],
    ['Direct', ['channel DTC']],
    ['o1', ['order o1']],
    ['rs_x.1', ['reservation rs_x.1']],
    ['0%_', ['product 50%_OFF~A']],
    ['SECRET', []],
  ])('finds what is called %s', async (q, expected) => expect(await found(q)).toEqual(expected));

  it('shows only kinds that the caller may read', async () => {
    expect(await found('BER', { permissions: ['inventory.read', 'products.read'] })).toEqual([]);
    expect(await found('TEE', { permissions: ['inventory.read', 'products.read'] })).toEqual(['product TEE']);
  });

  it('names an exact match first, with its name', async () =>
    expect((await get('/v1/search?q=HAM')).body['results']).toEqual([{ kind: 'location', id: 'HAM', name: 'Hamburg', exact: true }]));

  it('refuses an empty or endless text', async () => {
    for (const q of ['', 'x'.repeat(201)])
      expect(await get(`/v1/search?q=${q}`)).toMatchObject({ status: 400, body: { code: 'validation_failed' } });
  });
});

describe('the description of the service', () => {
  it('holds every route', async () => {
    const document = (await service.get('/openapi.json')).body as { paths: Record<string, Record<string, unknown>> };
    for (const [method, path] of ROUTES['atp-projection']) {
      expect(document.paths[path.replaceAll(/:(\w+)/g, '{$1}')]?.[method.toLowerCase()]).toBeDefined();
    }
  });
});

describe('what is available where more is promised than there is', () => {
  beforeAll(async () => {
    await service.receive('SOLD', 'BER', 6);
    await service.reserve('SOLD', 4, 'rs_sold.1');
    await service.command('SOLD', { type: 'RecordStock', locationId: 'BER', counted: 2, effectiveAt: Date.now(), reasonCode: 'count' });
    written = await service.receive('SOLD', 'HAM', 1);
  });

  it('is nothing at that location, and the same by every route', async () => {
    const item = await get('/api/inventory?productMasterId=SOLD&locationId=BER');
    expect(item.body).toMatchObject({ items: [{ quantityOnHand: 2, quantityReserved: 4, quantityAvailable: 0 }] });
    const levels = await get('/api/products/SOLD/inventory-levels');
    expect(levels.body).toMatchObject({ totalOnHand: 3, totalReserved: 4, totalHeld: 0, totalAvailable: 1 });
    const drilldown = await get('/api/inventory/channel-location/drilldown?productMasterId=SOLD&locationId=BER&channelId=DTC');
    expect(drilldown.body).toMatchObject({ onHand: 2, reserved: 4, available: 0 });
    for (const consistency of ['projection', 'strong']) {
      const checked = await check({ items: [{ sku: 'SOLD', quantity: 1 }], consistency });
      expect(checked.body).toMatchObject({ lines: [{ sku: 'SOLD', quantityAvailable: 1 }] });
    }
  });
});

describe('lots', () => {
  const DAY_MS = 86_400_000;
  const TENANT = 'dairy';
  let position = '';
  const dated = (lotId: string, days: number) => {
    const expiresAt = service.runtime.clock.now() + days * DAY_MS;
    return { lotId, quantity: 5, expiresAt, expiryDate: new Date(expiresAt - 1).toISOString().slice(0, 10) };
  };
  const ask = (path: string) => service.get(path, { tenant: TENANT, headers: { 'holdfast-min-position': position } });

  beforeAll(async () => {
    const effectiveAt = service.runtime.clock.now();
    const receipt = { type: 'ReceiveStock', locationId: 'BER', effectiveAt } as const;
    const positions = [dated('L1', 21), dated('L2', 20), { lotId: 'L3', quantity: 5 }, { quantity: 5 }];
    await service.command('MILK', { type: 'DescribeProduct', verified: true, name: 'Milk', costMinor: 250 }, TENANT);
    await service.command('MILK', { ...receipt, quantity: 20, messageId: 'm1', positions }, TENANT);
    await service.command('MILK', { ...receipt, quantity: 5, messageId: 'm2', positions: [dated('L0', -1.5)] }, TENANT);
    const hold = { reservationId: 'rs_milk', orderId: 'o-milk', quantity: 7, ttlMs: 600_000, requestHash: 'h', sources: [] };
    position = await service.command('MILK', { type: 'PlaceReservation', ...hold }, TENANT);
  });

  it('L1 are rows of their own where that is asked for, with reserved units laid over them in the order of sale', async () => {
    const rows = async (query: string) => {
      const { items } = (await ask(`/api/inventory?productMasterId=MILK${query}`)).body as {
        readonly items: readonly Record<string, unknown>[];
      };
      return items.map(({ id, quantityOnHand, quantityReserved, quantityHeld, quantityAvailable }) =>
        [id, quantityOnHand, quantityReserved, quantityHeld, quantityAvailable].join(' '),
      );
    };
    expect((await rows('&groupBy=position')).sort()).toEqual([
      'MILK~BER~L0~ 5 0 5 0',
      'MILK~BER~L1~ 5 2 0 3',
      'MILK~BER~L2~ 5 5 0 0',
      'MILK~BER~L3~ 5 0 0 5',
      'MILK~BER~~ 5 0 0 5',
    ]);
    expect(await rows('')).toEqual(['MILK~BER 25 7 5 13']);
    expect((await ask('/api/inventory?productMasterId=MILK')).body).toMatchObject({ items: [{ quantityExpired: 5 }] });
    expect((await ask('/api/products/MILK/inventory-levels')).body).toMatchObject({ totalExpired: 5, items: [{ quantityExpired: 5 }] });
    expect(await rows('&lotId=L1')).toEqual(['MILK~BER~L1~ 5 2 0 3']);
  });

  it('are listed once they are expired, and before where that is asked for', async () => {
    const lots = async (query: string) => (await ask(`/api/inventory/expired?sku=MILK${query}`)).body['expired'];
    const expired = { id: 'MILK~BER~L0~', productName: 'Milk', daysPastExpiry: 2, status: 'expired', quantityOnHand: 5, value: 12.5 };
    expect(await lots('')).toMatchObject([{ ...expired, quantityUncovered: 0 }]);
    expect(await lots('&status=expiring')).toMatchObject([{ lotId: 'L2', status: 'expiring' }, { lotId: 'L1' }]);
    expect(await lots('&withinDays=20')).toMatchObject([{ lotId: 'L0' }, { lotId: 'L2' }]);
    expect(await ask('/api/inventory/expired?status=fresh')).toMatchObject({ status: 400, body: { code: 'validation_failed' } });
    expect(await service.get('/api/inventory/expired', { permissions: ['inventory.write'] })).toMatchObject({ status: 403 });
  });
});
