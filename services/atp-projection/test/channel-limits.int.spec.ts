import { ServiceUnderTest } from './service-under-test.js';

let service: ServiceUnderTest;
let written: string;

const get = (path: string) => service.get(path, { headers: { 'holdfast-min-position': written } });
const policy = { policyId: 'p', bufferUnits: 1, bufferPercent: 0, lowThreshold: 3, criticalThreshold: 0 };
const stepsOf = async (sku: string, locationId: string) => {
  const { body } = await get(`/api/inventory/channel-location/drilldown?locationId=${locationId}&productMasterId=${sku}`);
  const channels = body['channels'] as readonly {
    channelId: string;
    atp: number;
    steps: readonly { step: string; units: number; left: number }[];
  }[];
  return channels.map(({ channelId, atp, steps }) => ({ channelId, atp, last: steps.at(-1) }));
};

const checked = async (sku: string, consistency: string, channelId?: string, locationId?: string) => {
  const asked = { items: [{ sku, quantity: 1_000 }], consistency, channelId, locationId };
  const { body } = await service.post('/api/inventory/availability/check', asked, { headers: { 'holdfast-min-position': written } });
  const [line] = body['lines'] as readonly { quantityAvailable: number; code: string }[];
  return [line?.quantityAvailable, line?.code];
};

beforeAll(async () => {
  service = await ServiceUnderTest.start();
  await service.append('locations-acme', [
    ['LocationRegistered.v1', { locationId: 'BER', name: 'Berlin', kind: 'warehouse', priority: 10 }],
    ['LocationRegistered.v1', { locationId: 'HAM', name: 'Hamburg', kind: 'store', priority: 20 }],
  ]);
  await service.append('channels-acme', [
    ['ChannelEnabled.v1', { channelId: 'app', name: 'App', channelType: 'webhook', policy }],
    ['ChannelEnabled.v1', { channelId: 'web', name: 'Web', channelType: 'webhook', policy }],
  ]);
  await service.receive('CAP', 'BER', 20);
  await service.receive('CAP', 'HAM', 3);
  await service.command('CAP', { type: 'SetLimits', allocations: [{ channelId: 'web', cap: 5, floor: 5 }] });
  const hold = { orderId: 'o1', ttlMs: 3_600_000, requestHash: 'h', sources: [], channelId: 'web' };
  await service.command('CAP', { type: 'PlaceReservation', reservationId: 'rs_a.1', quantity: 2, ...hold });
  await service.receive('OWED', 'BER', 4);
  await service.receive('OWED', 'HAM', 6);
  await service.command('OWED', { type: 'PlaceReservation', reservationId: 'rs_b.1', quantity: 4, ...hold, locationId: 'BER' });
  written = await service.command('OWED', {
    type: 'RecordStock',
    locationId: 'BER',
    counted: 1,
    effectiveAt: service.runtime.clock.now(),
    reasonCode: 'count',
  });
});
afterAll(() => service.stop());

describe('a SKU with caps and floors', () => {
  it('has no more at a location than the channel may have over all of them, and a step that says why', async () => {
    // 23 received, 2 held by web: its cap leaves 3, which its floor keeps from the others.
    expect(await stepsOf('CAP', 'BER')).toEqual([
      { channelId: 'app', atp: 17, last: { step: 'neverBelowZero', units: 0, left: 17 } },
      { channelId: 'web', atp: 3, last: { step: 'channelCap', units: -14, left: 3 } },
    ]);
    expect(await stepsOf('CAP', 'HAM')).toMatchObject([{ atp: 2 }, { atp: 2, last: { step: 'neverBelowZero' } }]);
    const { body } = await get('/api/inventory/channel-location?locationId=BER&search=CAP');
    expect(body['products']).toMatchObject([
      {
        minAtp: 3,
        maxAtp: 17,
        channels: [
          { channelId: 'app', atp: 17, severity: 'OK' },
          { channelId: 'web', atp: 3, severity: 'LOW' },
        ],
      },
    ]);
    const { body: summary } = await get('/api/inventory/channel/summary');
    // The app might have 19 after buffers, less the 3 that are kept for web: 18 of 21 are unprotected.
    expect(summary['channels']).toMatchObject([
      { channelId: 'app', totalAtp: 18 + 3 },
      { channelId: 'web', totalAtp: 3 + 3 },
    ]);
  });

  it.each(['projection', 'strong'])(
    'has for a check (%s) what its channels are told, and the rule by which more would be refused',
    async (how) => {
      expect(await checked('CAP', how, 'web')).toEqual([3, 'channel_cap']);
      expect(await checked('CAP', how, 'app')).toEqual([18, 'protected_for_channels']);
      expect(await checked('CAP', how, 'app', 'HAM')).toEqual([2, 'insufficient_stock']);
      expect(await checked('CAP', how)).toEqual([18, 'protected_for_channels']);
      expect(await checked('OWED', how, 'web')).toEqual([3, 'insufficient_stock']);
    },
  );

  it('tells what floors of others keep from a channel', async () => {
    written = await service.command('CAP', { type: 'SetLimits', allocations: [{ channelId: 'web', cap: 20, floor: 12 }] });
    expect(await stepsOf('CAP', 'BER')).toMatchObject([
      { channelId: 'app', atp: 11, last: { step: 'protectedForChannels', units: -6, left: 11 } },
      { channelId: 'web', atp: 17 },
    ]);
  });
});

describe('a SKU that a location owes units of', () => {
  it('has fewer at the others, and a step that says so', async () =>
    expect(await stepsOf('OWED', 'HAM')).toMatchObject([
      { atp: 3, last: { step: 'owedElsewhere', units: -2, left: 3 } },
      { atp: 3, last: { step: 'owedElsewhere', units: -2, left: 3 } },
    ]));
});
