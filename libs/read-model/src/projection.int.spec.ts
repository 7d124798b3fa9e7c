import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import type { Pool } from 'pg';
import { DEFAULT_POLICY, channelAtp, keptLocationId } from '@holdfast/inventory';
import type { SkuCommand } from '@holdfast/inventory';
import { startTestPostgres } from '@holdfast/testing';
import type { TestPostgres } from '@holdfast/testing';
import { Story } from '../test/story.js';
import { projectAll, rowsOf } from '../test/tables.js';
import { Projection } from './projection.js';
import { digest } from './rebuild/digest.js';
import { Fenced, readCheckpoint } from './storage/checkpoint.js';
import { migrateReadModel } from './storage/migrate.js';

let postgres: TestPostgres;
let pool: Pool;

beforeAll(async () => {
  postgres = await startTestPostgres();
  pool = postgres.pool();
});
afterAll(() => postgres.stop());
beforeEach(async () => {
  await pool.query('DROP SCHEMA IF EXISTS read_model CASCADE');
  await migrateReadModel(postgres.connectionString, 'read_model');
});

const stock = (): Promise<unknown> =>
  rowsOf(pool, 'read_model.stock', 'sku, location_id, on_hand, reserved, in_transit, safety_stock, version', 'sku, location_id');
const channelRows = (): Promise<unknown> => rowsOf(pool, 'read_model.channel_atp', 'sku, channel_id, atp, version', 'sku, channel_id');

describe('the tables after the first event of a SKU', () => {
  it('hold an unverified product, its balance and the location by its id', async () => {
    const story = new Story();
    await story.receive('TEE', 'BER', 5);
    await projectAll(pool, story.store);

    expect(await stock()).toEqual([
      { sku: 'TEE', location_id: 'BER', on_hand: 5, reserved: 0, in_transit: 0, safety_stock: 0, version: 1 },
    ]);
    expect(await rowsOf(pool, 'read_model.products', 'tenant, sku, verified', 'sku')).toEqual([
      { tenant: 'acme', sku: 'TEE', verified: false },
    ]);
    expect(await rowsOf(pool, 'read_model.locations', 'location_id, name, registered', 'location_id')).toEqual([
      { location_id: 'BER', name: 'BER', registered: false },
    ]);
  });

  it('carry what is known of the product once it was described', async () => {
    const story = new Story();
    await story.receive('TEE', 'MAIN', 5);
    await story.command('TEE', {
      type: 'DescribeProduct',
      at: story.now,
      commandId: randomUUID(),
      verified: true,
      name: 'Tee',
      brandId: 'b1',
    });
    await story.command('TEE', { type: 'DescribeProduct', at: story.now, commandId: randomUUID(), verified: true, barcode: '42' });
    await projectAll(pool, story.store);
    expect(await rowsOf(pool, 'read_model.products', 'name, brand_id, barcode, verified', 'sku')).toEqual([
      { name: 'Tee', brand_id: 'b1', barcode: 42, verified: true },
    ]);
  });
});

describe('versions', () => {
  it('count written changes, one a turn, and none where a turn ends as it began', async () => {
    const story = new Story();
    await story.receive('TEE', 'MAIN', 5);
    await story.receive('TEE', 'MAIN', 5);
    await projectAll(pool, story.store);
    await story.reserve('TEE', 2, 'rs_a.1');
    await story.command('TEE', { type: 'ReleaseReservation', at: story.now, commandId: randomUUID(), reservationId: 'rs_a.1' });
    await projectAll(pool, story.store);
    expect(await stock()).toMatchObject([{ on_hand: 10, reserved: 0, version: 1 }]);
    await story.reserve('TEE', 2, 'rs_a.2');
    await projectAll(pool, story.store);
    expect(await stock()).toMatchObject([{ on_hand: 10, reserved: 2, version: 2 }]);
  });
});

describe('reservations', () => {
  const reservations = (): Promise<unknown> =>
    rowsOf(pool, 'read_model.reservations', 'reservation_id, order_id, status, lines', 'reservation_id');

  it('of one SKU follow the events of the SKU', async () => {
    const story = new Story();
    await story.receive('TEE', 'MAIN', 5);
    await story.reserve('TEE', 3, 'rs_a.1');
    await projectAll(pool, story.store);
    await story.command('TEE', { type: 'CommitReservation', at: story.now, commandId: randomUUID(), reservationId: 'rs_a.1', quantity: 2 });
    await projectAll(pool, story.store);
    expect(await reservations()).toMatchObject([
      {
        reservation_id: 'rs_a.1',
        order_id: 'order of rs_a.1',
        status: 'held',
        lines: [{ sku: 'TEE', requested: 3, quantity: 3, committed: 2 }],
      },
    ]);
    await story.command('TEE', { type: 'CommitReservation', at: story.now, commandId: randomUUID(), reservationId: 'rs_a.1' });
    await projectAll(pool, story.store);
    expect(await reservations()).toMatchObject([{ status: 'committed', lines: [{ quantity: 3, committed: 3 }] }]);
  });

  it('of several SKUs follow the stream of the order, and the SKUs add none', async () => {
    const story = new Story();
    await story.receive('A', 'MAIN', 5);
    await story.receive('B', 'MAIN', 5);
    const stream = 'order-acme.ro_1';
    const lines = [
      { sku: 'A', quantity: 1 },
      { sku: 'B', quantity: 2 },
    ];
    await story.append(stream, [
      {
        type: 'OrderStarted',
        reservationId: 'ro_1',
        orderId: 'o1',
        lines,
        ttlMs: 1,
        expiresAt: story.now + 1,
        partial: false,
        requestHash: 'h',
      },
    ]);
    await story.reserve('A', 1, 'ro_1');
    await story.reserve('B', 2, 'ro_1');
    await projectAll(pool, story.store);
    expect(await reservations()).toMatchObject([{ reservation_id: 'ro_1', status: 'pending' }]);
    const takes = (quantity: number): { locationId: string; quantity: number; because: string }[] => [
      { locationId: 'MAIN', quantity, because: 'x' },
    ];
    await story.append(stream, [
      {
        type: 'OrderHeld',
        expiresAt: story.now + 1,
        lines: [
          { sku: 'A', requested: 1, takes: takes(1) },
          { sku: 'B', requested: 2, takes: takes(2) },
        ],
      },
      { type: 'OrderReleaseStarted' },
      { type: 'OrderReleased' },
    ]);
    await projectAll(pool, story.store);
    expect(await reservations()).toMatchObject([
      {
        reservation_id: 'ro_1',
        status: 'released',
        lines: [
          { sku: 'A', quantity: 1 },
          { sku: 'B', quantity: 2 },
        ],
      },
    ]);
  });
});

describe('a channel', () => {
  it('promises the sum over locations of what its policy leaves, and anew when the policy changes', async () => {
    const story = new Story();
    await story.receive('TEE', 'BER', 10);
    await story.receive('TEE', 'MUC', 1);
    await story.channel('web', { bufferUnits: 2 });
    await projectAll(pool, story.store);
    expect(await channelRows()).toEqual([{ sku: 'TEE', channel_id: 'web', atp: 8, version: 1 }]);
    await story.receive('TEE', 'MUC', 3);
    await story.receive('HAT', 'MUC', 3);
    await projectAll(pool, story.store);
    expect(await channelRows()).toEqual([
      { sku: 'HAT', channel_id: 'web', atp: 1, version: 1 },
      { sku: 'TEE', channel_id: 'web', atp: 10, version: 2 },
    ]);
    await story.channel('web', { bufferUnits: 0, bufferPercent: 50 });
    await story.receive('HAT', 'MUC', 1);
    await projectAll(pool, story.store);
    expect(await channelRows()).toEqual([
      { sku: 'HAT', channel_id: 'web', atp: 2, version: 2 },
      { sku: 'TEE', channel_id: 'web', atp: 7, version: 3 },
    ]);
  });

  it('promises nothing once disabled, and goes on counting when enabled again', async () => {
    const story = new Story();
    await story.receive('TEE', 'BER', 10);
    await story.channel('web');
    await story.append('channels-acme', [{ type: 'ChannelDisabled', channelId: 'web' }]);
    await story.receive('TEE', 'BER', 1);
    await projectAll(pool, story.store);
    expect(await channelRows()).toEqual([{ sku: 'TEE', channel_id: 'web', atp: 0, version: 2 }]);
    await story.channel('web');
    await projectAll(pool, story.store);
    expect(await channelRows()).toEqual([{ sku: 'TEE', channel_id: 'web', atp: 11, version: 3 }]);
  });

  const parts = (): Promise<unknown> => rowsOf(pool, 'read_model.channel_atp', 'channel_id, atp, locations, version', 'channel_id');

  it('has its ATP by location, and a new version also where only a location differs', async () => {
    const story = new Story();
    await story.receive('TEE', 'MUC', 3);
    await story.receive('TEE', 'BER', 10);
    await story.channel('web', { bufferUnits: 3 });
    await projectAll(pool, story.store);
    expect(await parts()).toEqual([{ channel_id: 'web', atp: 7, locations: { BER: 7 }, version: 1 }]);
    await story.move('TEE', 'BER', 'MUC', 4);
    await projectAll(pool, story.store);
    expect(await parts()).toEqual([{ channel_id: 'web', atp: 7, locations: { BER: 3, MUC: 4 }, version: 2 }]);
    await story.move('TEE', 'BER', 'MUC', 1);
    await story.move('TEE', 'MUC', 'BER', 1);
    await projectAll(pool, story.store);
    expect(await parts()).toMatchObject([{ version: 2 }]);
    await story.channel('web', { bufferUnits: 4 });
    await projectAll(pool, story.store);
    expect(await parts()).toEqual([{ channel_id: 'web', atp: 5, locations: { BER: 2, MUC: 3 }, version: 3 }]);
    await story.append('channels-acme', [{ type: 'ChannelDisabled', channelId: 'web' }]);
    await projectAll(pool, story.store);
    expect(await parts()).toEqual([{ channel_id: 'web', atp: 0, locations: {}, version: 4 }]);
  });

  it('is published anew where a policy moves units from one location to another', async () => {
    const story = new Story();
    await story.receive('TEE', 'BER', 10);
    await story.receive('TEE', 'HAM', 2);
    await story.channel('web', { bufferPercent: 50 });
    await projectAll(pool, story.store);
    expect(await parts()).toEqual([{ channel_id: 'web', atp: 6, locations: { BER: 5, HAM: 1 }, version: 1 }]);
    await story.channel('web', { bufferUnits: 4 });
    await projectAll(pool, story.store);
    expect(await parts()).toEqual([{ channel_id: 'web', atp: 6, locations: { BER: 6 }, version: 2 }]);
  });

  it('promises nothing of what a channel keeps itself, by events and by a change of policy alike', async () => {
    const story = new Story();
    await story.channel('web');
    await story.channel('amazon');
    await story.receive('TEE', 'BER', 10);
    await projectAll(pool, story.store);
    const before = await parts();
    await story.receive('TEE', keptLocationId('amazon'), 40);
    await projectAll(pool, story.store);
    expect(await parts()).toEqual(before);
    expect(await stock()).toMatchObject([{ location_id: 'BER' }, { location_id: 'kept-by:amazon', on_hand: 40 }]);
    for (const channelId of ['web', 'amazon']) await story.channel(channelId, { bufferUnits: 1 });
    await projectAll(pool, story.store);
    expect(await parts()).toMatchObject([
      { channel_id: 'amazon', atp: 9, locations: { BER: 9 } },
      { channel_id: 'web', atp: 9, locations: { BER: 9 } },
    ]);
    await story.reserve('TEE', 11, 'rs_a.1');
    await projectAll(pool, story.store);
    expect(await parts()).toMatchObject([{ atp: 9 }, { atp: 9 }]);
  });

  it('of another tenant sees nothing', async () => {
    const story = new Story();
    await story.receive('TEE', 'BER', 10, 'other');
    await story.channel('web');
    await projectAll(pool, story.store);
    expect(await channelRows()).toEqual([]);
  });
});

describe('a location of which nothing may leave', () => {
  const held = (): Promise<unknown> => rowsOf(pool, 'read_model.stock', 'sku, location_id, on_hand, held, version', 'sku, location_id');
  const berlin = { locationId: 'BER', name: 'Berlin', kind: 'warehouse', priority: 10 } as const;

  it('has all of its stock held, and channels promise none of it, until it is open again', async () => {
    const story = new Story();
    await story.channel('web');
    await story.append('locations-acme', [{ type: 'LocationRegistered', ...berlin }]);
    await story.receive('TEE', 'BER', 10);
    await story.receive('TEE', 'HAM', 2);
    await projectAll(pool, story.store);
    expect(await channelRows()).toMatchObject([{ atp: 12, version: 1 }]);

    await story.append('locations-acme', [{ type: 'LocationChanged', ...berlin, blocked: true }]);
    await projectAll(pool, story.store);
    expect(await held()).toEqual([
      { sku: 'TEE', location_id: 'BER', on_hand: 10, held: 10, version: 2 },
      { sku: 'TEE', location_id: 'HAM', on_hand: 2, held: 0, version: 1 },
    ]);
    expect(await channelRows()).toMatchObject([{ atp: 2, version: 2 }]);

    await story.receive('TEE', 'BER', 5);
    await projectAll(pool, story.store);
    expect(await held()).toMatchObject([{ on_hand: 15, held: 15 }, {}]);
    expect(await channelRows()).toMatchObject([{ atp: 2, version: 2 }]);

    await story.append('locations-acme', [{ type: 'LocationChanged', ...berlin, blocked: false }]);
    await projectAll(pool, story.store);
    expect(await held()).toMatchObject([{ on_hand: 15, held: 0 }, {}]);
    expect(await channelRows()).toMatchObject([{ atp: 17, version: 3 }]);

    const before = await digest(pool, 'read_model');
    await pool.query('DROP SCHEMA read_model CASCADE');
    await migrateReadModel(postgres.connectionString, 'read_model');
    await projectAll(pool, story.store);
    expect(await digest(pool, 'read_model')).toBe(before);
  });
});

describe('one writer', () => {
  it('fences the one before', async () => {
    const first = await Projection.open(pool, 'read_model', new Story().store);
    await Projection.open(pool, 'read_model', new Story().store);
    await expect(first.write(first.take(0n, 1), -1n)).rejects.toBeInstanceOf(Fenced);
    expect((await readCheckpoint(pool, 'read_model')).position).toBe(-1n);
  });
});

describe('the rule of ATP', () => {
  it('is the same in SQL and in the domain', async () => {
    const figures = fc.tuple(
      fc.integer({ min: -1_000, max: 1_000_000 }),
      fc.integer({ min: 0, max: 1_000 }),
      fc.integer({ min: 0, max: 500 }),
      fc.oneof(
        fc.integer({ min: 0, max: 100 }),
        fc.double({ min: 0, max: 100, noNaN: true }),
        fc.integer({ min: 0, max: 1_000 }).map((n) => n / 10),
      ),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(figures, { minLength: 50, maxLength: 50 }), async (cases) => {
        const { rows } = await pool.query<{ atp: string }>(
          `SELECT read_model.promisable_units(a, s, u, p) AS atp
           FROM unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::float8[]) WITH ORDINALITY AS c(a, s, u, p, n) ORDER BY n`,
          [0, 1, 2, 3].map((column) => cases.map((values) => values[column])),
        );
        const expected = cases.map(([a, s, bufferUnits, bufferPercent]) =>
          channelAtp(a, s, { ...DEFAULT_POLICY, bufferUnits, bufferPercent }),
        );
        expect(rows.map(({ atp }) => Number(atp))).toEqual(expected);
      }),
      { numRuns: 20 },
    );
  });
});

describe('the tables', () => {
  const at = Date.UTC(2026, 2, 1, 12);
  const location = fc.constantFrom('BER', 'MUC', 'HAM');
  const quantity = fc.integer({ min: 1, max: 20 });
  const id = fc.constantFrom('rs_x.1', 'rs_x.2', 'rs_x.3', 'rs_x.4');
  const channel = fc.constantFrom('web', 'shop', 'app');
  type Move = (commandId: string) => SkuCommand;
  const move: fc.Arbitrary<Move> = fc.oneof(
    fc
      .record({ locationId: location, quantity })
      .map((to): Move => (commandId) => ({ type: 'ReceiveStock', at, commandId, effectiveAt: at, messageId: commandId, ...to })),
    fc.record({ cap: quantity, floor: fc.integer({ min: 0, max: 8 }) }).map(({ cap, floor }): Move => (commandId) => ({
      type: 'SetLimits',
      at,
      commandId,
      allocations: [{ channelId: 'web', cap: cap + floor, floor }, ...(cap % 2 === 0 ? [{ channelId: 'shop', floor }] : [])],
    })),
    fc.record({ reservationId: id, quantity, partial: fc.boolean(), channelId: channel }).map((hold): Move => (commandId) => ({
      type: 'PlaceReservation',
      at,
      commandId,
      orderId: 'o',
      ttlMs: 60_000,
      requestHash: 'h',
      sources: [],
      ...hold,
    })),
    id.map((reservationId): Move => (commandId) => ({ type: 'CommitReservation', at, commandId, reservationId })),
    id.map((reservationId): Move => (commandId) => ({ type: 'ReleaseReservation', at, commandId, reservationId })),
    fc.record({ locationId: location, quantity }).map((to): Move => (commandId) => ({ type: 'SetSafetyStock', at, commandId, ...to })),
    fc
      .record({ fromLocationId: location, toLocationId: location, quantity })
      .map((way): Move => (commandId) => ({ type: 'MoveStock', at, commandId, reference: 'r', ...way })),
    fc
      .record({ locationId: location, quantity: fc.option(quantity, { nil: undefined }), holdType: fc.constantFrom('quality', 'recall') })
      .map(({ quantity: units, ...hold }): Move => (commandId) => ({
        type: 'PlaceHold',
        at,
        commandId,
        holdId: `hold at ${hold.locationId}`,
        ...hold,
        ...(units === undefined ? {} : { quantity: units }),
      })),
    location.map((locationId): Move => (commandId) => ({
      type: 'ReleaseHold',
      at,
      commandId,
      holdId: `hold at ${locationId}`,
      disposition: 'to_stock',
    })),
    fc.record({ locationId: location, figure: quantity }).map((level): Move => (commandId) => ({
      type: 'ReportLevel',
      at,
      commandId,
      connectionId: 'erp',
      messageId: commandId,
      asOf: at,
      postingLagMs: null,
      ...level,
    })),
  );
  const script = fc.array(fc.tuple(fc.constantFrom('A', 'B'), move, fc.boolean()), { maxLength: 40 });

  it('are the fold of the streams, wherever the turns are cut', async () => {
    await fc.assert(
      fc.asyncProperty(script, async (steps) => {
        await pool.query('DROP SCHEMA IF EXISTS read_model CASCADE');
        await migrateReadModel(postgres.connectionString, 'read_model');
        const story = new Story();
        await story.channel('web', { bufferPercent: 10 });
        for (const [sku, make, cut] of steps) {
          await story.command(sku, make(randomUUID()));
          if (cut) await projectAll(pool, story.store);
        }
        await projectAll(pool, story.store);
        const balances = ['A', 'B'].flatMap((sku) =>
          [...story.sku(sku).balances].map(([location_id, balance]) => ({
            sku,
            location_id,
            on_hand: balance.onHand,
            reserved: balance.reserved,
            safety_stock: balance.safetyStock,
            held: balance.held,
          })),
        );
        const byKey = (a: { sku: string; location_id: string }, b: { sku: string; location_id: string }): number =>
          `${a.sku} ${a.location_id}` < `${b.sku} ${b.location_id}` ? -1 : 1;
        const figures = 'sku, location_id, on_hand, reserved, safety_stock, held';
        expect(await rowsOf(pool, 'read_model.stock', figures, 'sku, location_id')).toEqual(balances.sort(byKey));
        const { rows } = await pool.query<{ wrong: string }>(
          `SELECT count(*) AS wrong FROM
             (SELECT tenant, sku, channel_id, sum(atp) AS atp,
                     coalesce(jsonb_object_agg(location_id, atp) FILTER (WHERE atp > 0), '{}') AS locations
              FROM read_model.atp_matrix GROUP BY 1, 2, 3) m
           FULL JOIN read_model.channel_atp c USING (tenant, sku, channel_id)
           WHERE m.atp < c.atp OR m.locations IS DISTINCT FROM c.locations`,
        );
        expect(rows[0]?.wrong).toBe('0');
        const atp = await pool.query<{ sku: string; atp: string }>(`SELECT sku, atp FROM read_model.channel_atp WHERE channel_id = 'web'`);
        for (const row of atp.rows) expect(Number(row.atp)).toBeLessThanOrEqual(story.granted(row.sku, 'web'));
        const written = await rowsOf(pool, 'read_model.channel_atp', 'sku, channel_id, atp, locations', 'sku, channel_id');
        await pool.query(`UPDATE read_model.channel_atp SET atp = -1, locations = '{}'`);
        await story.channel('web', { bufferPercent: 10 });
        await projectAll(pool, story.store);
        expect(await rowsOf(pool, 'read_model.channel_atp', 'sku, channel_id, atp, locations', 'sku, channel_id')).toEqual(written);
      }),
      { numRuns: 25 },
    );
  });
});
