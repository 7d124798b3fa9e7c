import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { keptLocationId } from '@holdfast/inventory';
import { findChannelAtp, READ_MODEL, tablesIn } from '@holdfast/read-model';
import { ServiceUnderTest, type Answer, type Asked } from './service-under-test.js';

const HOUR_MS = 3_600_000;
const iso = (millis: number): string => new Date(millis).toISOString();

let service: ServiceUnderTest;
let began: number;
/** After the writes of the stage. */
let staged: number;

const get = (path: string, asked: Asked = {}): Promise<Answer> => service.get(`/v1/inventory/${path}`, asked);
const query = (parameters: Readonly<Record<string, string>>): string => new URLSearchParams(parameters).toString();
const pause = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 5));

interface Step {
  readonly step: string;
  readonly units: number;
  readonly left: number;
  readonly count: number;
  readonly channels: readonly unknown[];
  readonly events: readonly Readonly<Record<string, unknown>>[];
}
const stepsOf = ({ body }: Answer): readonly Step[] => body['steps'] as readonly Step[];
const unitsOf = (answer: Answer): readonly unknown[] => stepsOf(answer).map(({ step, units, left }) => [step, units, left]);
const locationsOf = ({ body }: Answer): readonly Readonly<Record<string, unknown>>[] => body['locations'] as never;

beforeAll(async () => {
  service = await ServiceUnderTest.start();
  began = service.runtime.clock.now();
  const policy = { policyId: 'p1', bufferUnits: 2, bufferPercent: 10, lowThreshold: 10, criticalThreshold: 0 };
  await service.append('channels-acme', [
    ['ChannelEnabled.v1', { channelId: 'web', name: 'Web', channelType: 'webhook', policy }],
    [
      'ChannelEnabled.v1',
      { channelId: 'shop', name: 'Shop', channelType: 'webhook', policy: { ...policy, bufferUnits: 0, bufferPercent: 0 } },
    ],
    ['ChannelEnabled.v1', { channelId: 'old', name: 'Old', channelType: 'webhook', policy }],
    ['ChannelDisabled.v1', { channelId: 'old' }],
  ]);
  const erp = { connectionId: 'erp', locationId: 'BER', postingLagMs: null };
  await service.command('TEE', { type: 'ReportLevel', ...erp, messageId: 'level-1', figure: 100, asOf: began - 2 * HOUR_MS });
  await pause();
  staged = service.runtime.clock.now();
  await pause();
  const late = { connectionId: 'erp', messageId: 'receipt-1', documentId: 'delivery 7', effectiveAt: began - HOUR_MS };
  await service.command('TEE', { type: 'ReceiveStock', locationId: 'BER', quantity: 20, ...late });
  await service.command('TEE', { type: 'SetSafetyStock', locationId: 'BER', quantity: 5 });
  const hold = { orderId: 'order-1', ttlMs: HOUR_MS, requestHash: 'h', sources: [], channelId: 'web' };
  await service.command('TEE', { type: 'PlaceReservation', reservationId: 'rs_a.1', quantity: 6, ...hold });
  await service.command('TEE', { type: 'CommitReservation', reservationId: 'rs_a.1', quantity: 4 });
});
afterAll(() => service.stop());

describe('the stock of a SKU on two clocks', () => {
  it('shows a late receipt at its own time once it is known, and not before', async () => {
    const at = iso(began - HOUR_MS / 2);
    const now = await get(`TEE/as-of?${query({ at })}`);
    expect(now).toMatchObject({ status: 200, body: { sku: 'TEE', at, knownAt: null } });
    expect(now.position).toMatch(/^\d+$/);
    expect(locationsOf(now)).toMatchObject([{ locationId: 'BER', onHand: 120, reserved: 0, onHandKnownThen: 0 }]);
    expect(now.body['late']).toMatchObject({
      count: 2,
      events: [
        { type: 'StockReceived', documentId: 'delivery 7', units: 20, effectiveAt: iso(began - HOUR_MS) },
        { type: 'LevelReported', units: 100 },
      ],
    });
    const before = await get(`TEE/as-of?${query({ at, knownAt: iso(staged) })}`);
    expect(locationsOf(before)).toMatchObject([{ onHand: 100 }]);
    expect(locationsOf(await get(`TEE/as-of?${query({ at: iso(began - 3 * HOUR_MS) })}`))).toMatchObject([{ onHand: 0 }]);
    expect((await get('TEE/as-of')).body).toMatchObject({ effectiveFrom: iso(began - 2 * HOUR_MS) });
    expect(locationsOf(await get('TEE/as-of'))).toEqual([
      {
        ...{ locationId: 'BER', onHand: 116, reserved: 2, held: 0, available: 114, inTransit: 0, safetyStock: 5 },
        ...{ onHandKnownThen: 116, reservedKnownThen: 2 },
      },
    ]);
  });

  it('refuses what can have no answer, and says why', async () => {
    const refusals: readonly (readonly [string, number, string])[] = [
      ['NOBODY/as-of', 404, 'unknown_sku'],
      ['NOBODY/explain', 404, 'unknown_sku'],
      ['NOBODY/events', 404, 'unknown_sku'],
      [`TEE/as-of?${query({ at: iso(Date.now() + HOUR_MS) })}`, 422, 'time_in_future'],
      [`TEE/as-of?${query({ knownAt: iso(Date.now() + HOUR_MS) })}`, 422, 'time_in_future'],
      [`TEE/as-of?${query({ at: iso(began), knownAt: iso(began - 1) })}`, 422, 'at_after_known_at'],
      [`TEE/as-of?${query({ knownAt: iso(began - HOUR_MS) })}`, 422, 'before_first_event'],
      ['TEE/as-of?at=yesterday', 400, 'validation_failed'],
      ['TEE/as-of?events=21', 400, 'validation_failed'],
      ['TEE/explain?locationId=MUC', 404, 'unknown_item'],
      ['TEE/explain?channelId=none', 404, 'unknown_channel'],
      ['TEE/events?types=StockBlessed', 422, 'unknown_event_type'],
      ['TEE/events?cursor=x', 400, 'validation_failed'],
      ['TEE/events?limit=201', 400, 'validation_failed'],
    ];
    for (const [path, status, code] of refusals) expect([path, await get(path)]).toMatchObject([path, { status, body: { code } }]);
    expect((await get('TEE/as-of', { headers: { 'holdfast-min-position': '999999999' } })).body).toMatchObject({
      code: 'position_not_reached',
    });
    for (const door of ['as-of', 'explain', 'events']) {
      expect(await get(`TEE/${door}`, { tenant: 'other' })).toMatchObject({ status: 404, body: { code: 'unknown_sku' } });
      expect(await get(`TEE/${door}`, { permissions: ['reservations.read'] })).toMatchObject({ status: 403 });
    }
  });
});

describe('the explanation of a figure', () => {
  it('leads from the ERP figure to what is available, each step with its events', async () => {
    const answer = await get('TEE/explain?locationId=BER');
    expect(answer.body).toMatchObject({ figure: 'available', units: 114, locationId: 'BER' });
    expect(unitsOf(answer)).toEqual([
      ['erpFigure', 100, 100],
      ['received', 20, 120],
      ['sold', -4, 116],
      ['reserved', -2, 114],
    ]);
    const [figure, received, sold, reserved] = stepsOf(answer);
    expect(figure?.events).toMatchObject([{ type: 'LevelReported', documentId: 'level-1', units: 100, locationId: 'BER' }]);
    expect(received?.events).toMatchObject([{ type: 'StockReceived', documentId: 'delivery 7', units: 20 }]);
    expect(sold).toMatchObject({
      count: 1,
      channels: [{ channelId: 'web', units: -4 }],
      events: [{ type: 'ReservationCommitted', units: -4 }],
    });
    expect(reserved).toMatchObject({
      count: 1,
      channels: [{ channelId: 'web', units: -2 }],
      events: [{ type: 'ReservationPlaced', reservationId: 'rs_a.1', channelId: 'web', documentId: 'order-1', units: -2 }],
    });
  });

  it('goes on to what a channel may promise, as its policy was then', async () => {
    const answer = await get('TEE/explain?channelId=web&events=0');
    expect(unitsOf(answer).slice(3)).toEqual([
      ['reserved', -2, 114],
      ['safetyStock', -5, 109],
      ['bufferPercent', -11, 98],
      ['bufferUnits', -2, 96],
    ]);
    expect(answer.body).toMatchObject({ figure: 'channelAtp', units: 96 });
    expect(stepsOf(answer).flatMap(({ events }) => events)).toEqual([]);
    expect(stepsOf(await get('TEE/explain?channelId=old')).at(-1)).toMatchObject({ step: 'channelDisabled', left: 0 });
    expect(await get(`TEE/explain?${query({ channelId: 'web', at: iso(began - HOUR_MS) })}`)).toMatchObject({
      body: { code: 'unknown_channel' },
    });
  });
});

describe('the events of a SKU', () => {
  const typesOf = ({ body }: Answer): readonly unknown[] => (body['events'] as readonly { type: string }[]).map(({ type }) => type);

  it('come newest first, with both times and what they moved', async () => {
    const answer = await get('TEE/events');
    expect(typesOf(answer).slice(0, 2)).toEqual(['ReservationCommitted', 'ReservationPlaced']);
    expect((answer.body['events'] as unknown[]).at(-2)).toMatchObject({
      ...{ revision: 1, type: 'LevelReported', isLate: true, effectiveAt: iso(began - 2 * HOUR_MS) },
      moved: [{ locationId: 'BER', onHand: 100, reserved: 0, inTransit: 0 }],
      data: { figure: 100, connectionId: 'erp' },
    });
  });

  it('are found by type, location, order, and either time, a page at a time in either order', async () => {
    const found = async (parameters: Readonly<Record<string, string>>): Promise<readonly unknown[]> =>
      typesOf(await get(`TEE/events?${query(parameters)}`));
    expect(await found({ types: 'StockReceived,LevelReported' })).toEqual(['StockReceived', 'LevelReported']);
    expect(await found({ correlation: 'order-1', order: 'oldest' })).toEqual(['ReservationPlaced', 'ReservationCommitted']);
    expect(await found({ locationId: 'HAM' })).toEqual([]);
    expect(await found({ actor: 'nobody' })).toEqual([]);
    expect(await found({ recordedTo: iso(staged), types: 'StockReceived,LevelReported' })).toEqual(['LevelReported']);
    expect(await found({ recordedFrom: iso(staged), order: 'oldest', limit: '1' })).toEqual(['StockReceived']);
    expect(await found({ effectiveTo: iso(began - HOUR_MS), effectiveFrom: iso(began - HOUR_MS) })).toEqual(['StockReceived']);
    for (const order of ['newest', 'oldest']) {
      const all = await found({ order });
      const paged: unknown[] = [];
      for (let cursor: unknown = undefined, page = 0; page < all.length; page += 1) {
        const answer = await get(`TEE/events?${query({ order, limit: '2', ...(cursor === undefined ? {} : { cursor: String(cursor) }) })}`);
        paged.push(...typesOf(answer));
        cursor = answer.body['nextCursor'];
        if (cursor === undefined) break;
      }
      expect(paged).toEqual(all);
    }
  });
});

type Action = readonly [action: number, units: number, pick: number, ago: number];
const LOCATIONS = ['BER', 'HAM', keptLocationId('fba')];

function commandOf([action, units, pick, ago]: Action, ids: string[]): object {
  const locationId = LOCATIONS[pick % 3];
  const now = service.runtime.clock.now();
  const effectiveAt = now - ago * 1_000;
  const erp = { connectionId: 'erp', messageId: randomUUID(), locationId };
  const reservationId = ids[pick % Math.max(1, ids.length)] ?? 'rs_none.1';
  if (action < 2) return { type: 'ReceiveStock', ...erp, quantity: units * 3, effectiveAt };
  if (action === 2) return { type: 'ReportLevel', ...erp, figure: units * 4, asOf: effectiveAt, postingLagMs: null };
  if (action === 3) return { type: 'IssueStock', ...erp, quantity: units, effectiveAt, orderId: `order ${String(pick % 4)}` };
  if (action === 4) return { type: 'RecordStock', locationId, counted: units, effectiveAt: now, reasonCode: 'count' };
  if (action === 5) return { type: 'SetSafetyStock', locationId, quantity: pick % 4 };
  if (action === 6)
    return { type: 'SetLimits', overbookingUnits: pick % 2, allocations: [{ channelId: 'web', cap: units + pick, floor: 2 }] };
  if (action === 7) return { type: 'ReleaseReservation', reservationId };
  if (action === 8) return { type: 'CommitReservation', reservationId };
  if (action === 9) return { type: 'MoveStock', fromLocationId: 'BER', toLocationId: 'HAM', quantity: units, reference: 'm' };
  const id = `rs_${randomUUID()}.1`;
  ids.push(id);
  const hold = { reservationId: id, orderId: `order ${String(pick % 4)}`, quantity: units, partial: true, requestHash: 'h', sources: [] };
  return { type: 'PlaceReservation', ...hold, ttlMs: HOUR_MS, channelId: pick % 2 === 0 ? 'web' : 'shop' };
}

it('explains, after random histories, exactly the figures that the tables of the projection show', async () => {
  const histories = fc.sample(
    fc.array(fc.tuple(fc.nat(14), fc.integer({ min: 1, max: 9 }), fc.nat(11), fc.nat(9)), { minLength: 40, maxLength: 40 }),
    6,
  );
  const tables = tablesIn(service.runtime.database.pool, READ_MODEL);
  for (const [index, actions] of histories.entries()) {
    const sku = `RANDOM-${String(index)}`;
    await service.receive(sku, 'BER', 10);
    const ids: string[] = [];
    // A refusal is an outcome like any other.
    for (const action of actions) await service.command(sku, commandOf(action, ids) as never).catch(() => undefined);
    const { position } = await get(`${sku}/as-of`);
    const { status } = await service.get('/api/inventory', { headers: { 'holdfast-min-position': String(position) } });
    expect(status).toBe(200);
    const rows = (
      await tables.pool.query<{ location_id: string; on_hand: string; reserved: string; safety_stock: string; in_transit: string }>(
        `SELECT * FROM ${READ_MODEL}.stock WHERE tenant = 'acme' AND sku = $1 ORDER BY location_id COLLATE "C"`,
        [sku],
      )
    ).rows;
    expect(
      locationsOf(await get(`${sku}/as-of`)).map(({ locationId, onHand, reserved, safetyStock, inTransit }) => [
        locationId,
        onHand,
        reserved,
        safetyStock,
        inTransit,
      ]),
    ).toEqual(
      rows.map((row) => [row.location_id, Number(row.on_hand), Number(row.reserved), Number(row.safety_stock), Number(row.in_transit)]),
    );
    for (const row of rows) {
      const available = Math.max(0, Number(row.on_hand) - Number(row.reserved));
      const answer = await get(`${sku}/explain?${query({ locationId: row.location_id })}`);
      expect([actions, answer.body['units'], stepsOf(answer).reduce((units, step) => units + step.units, 0)]).toEqual([
        actions,
        available,
        available,
      ]);
    }
    for (const { channelId, atp } of await findChannelAtp(tables, 'acme', { skus: [sku] })) {
      if (channelId === 'old') continue;
      const answer = await get(`${sku}/explain?channelId=${channelId}`);
      expect([actions, channelId, answer.body['units'], stepsOf(answer).at(-1)?.left ?? 0]).toEqual([actions, channelId, atp, atp]);
    }
  }
});
