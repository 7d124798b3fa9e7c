import type { Pool } from 'pg';
import { startTestPostgres } from '@holdfast/testing';
import type { TestPostgres } from '@holdfast/testing';
import { Story } from '../../test/story.js';
import { projectAll, rowsOf } from '../../test/tables.js';
import { readCheckpoint } from '../storage/checkpoint.js';
import { migrateReadModel } from '../storage/migrate.js';
import { digest } from './digest.js';
import { RebuildRunning, isRebuildRunning } from './rebuild-lock.js';
import { rebuild } from './rebuild.js';
import type { RebuildOptions, RebuildProgress } from './rebuild.js';

let postgres: TestPostgres;
let pool: Pool;
let story: Story;

beforeAll(async () => {
  postgres = await startTestPostgres();
  pool = postgres.pool();
});
afterAll(() => postgres.stop());
beforeEach(async () => {
  for (const schema of ['read_model', 'read_model_next', 'read_model_old']) await pool.query(`DROP SCHEMA IF EXISTS ${schema} CASCADE`);
  await migrateReadModel(postgres.connectionString, 'read_model');
  story = new Story();
  await story.channel('web', { bufferUnits: 1 });
  await story.receive('TEE', 'BER', 5);
  await story.receive('TEE', 'HAM', 3);
  await story.reserve('TEE', 2, 'rs_a.1');
  await story.append('order-acme.ro_1', [
    {
      type: 'OrderStarted',
      reservationId: 'ro_1',
      orderId: 'o1',
      lines: [],
      ttlMs: 1,
      expiresAt: story.now,
      partial: false,
      requestHash: 'h',
    },
  ]);
});

const options = (more: Partial<RebuildOptions> = {}): RebuildOptions => ({
  connectionString: postgres.connectionString,
  pool,
  eventStore: story.store,
  swap: true,
  ...more,
});
const versions = (): Promise<unknown> => rowsOf(pool, 'read_model.stock', 'sku, location_id, version', 'sku, location_id');

describe('a rebuild', () => {
  it('comes to the same digest whatever turns the live tables were written in, and goes on with their versions', async () => {
    await projectAll(pool, story.store);
    await story.receive('TEE', 'BER', 1);
    await projectAll(pool, story.store);
    await story.receive('TEE', 'BER', 1);
    await projectAll(pool, story.store);
    const before = await versions();
    expect(before).toMatchObject([
      { location_id: 'BER', version: 3 },
      { location_id: 'HAM', version: 1 },
    ]);
    expect(await rebuild(options())).toMatchObject({ events: 8, equal: true, swapped: true, corrected: 0 });
    expect(await versions()).toEqual(before);
  });

  it('takes over where the live tables were, and leaves no schema behind', async () => {
    await projectAll(pool, story.store);
    const { position } = await readCheckpoint(pool, 'read_model');
    await rebuild(options());
    expect((await readCheckpoint(pool, 'read_model')).position).toBe(position);
    const { rows } = await pool.query(`SELECT nspname FROM pg_namespace WHERE nspname LIKE 'read_model%'`);
    expect(rows).toEqual([{ nspname: 'read_model' }]);
    await story.receive('TEE', 'BER', 1);
    await projectAll(pool, story.store);
    expect(await rowsOf(pool, 'read_model.stock', 'on_hand, version', 'location_id')).toEqual([
      { on_hand: 6, version: 2 },
      { on_hand: 3, version: 1 },
    ]);
  });

  it('compares as of the last event in the live tables, not of the newest one', async () => {
    await projectAll(pool, story.store);
    await story.receive('LATE', 'BER', 1);
    expect(await rebuild(options({ swap: false }))).toMatchObject({ equal: true, position: 5n });
  });

  it.each([
    [`UPDATE read_model.stock SET reserved = reserved + 1 WHERE location_id = 'BER'`, 1],
    [`DELETE FROM read_model.stock WHERE location_id = 'HAM'`, 1],
    [`UPDATE read_model.channel_atp SET atp = 0`, 1],
    [`UPDATE read_model.channel_atp SET locations = '{"BER": 1}'`, 1],
    [`UPDATE read_model.reservations SET status = 'released'`, 0],
    [`UPDATE read_model.products SET name = 'x'`, 0],
    [`UPDATE read_model.products SET limits = '{"others": {"units": 1}, "channels": {}}'`, 0],
    [`UPDATE read_model.channels SET buffer_percent = 1`, 0],
    [`UPDATE read_model.locations SET priority = 1`, 0],
  ])('tells that the live tables differ after %s, and mends them', async (damage, corrected) => {
    await projectAll(pool, story.store);
    const sound = await digest(pool, 'read_model');
    await pool.query(damage);
    expect(await rebuild(options())).toMatchObject({ equal: false, swapped: true, corrected });
    expect(await digest(pool, 'read_model')).toBe(sound);
    expect((await rebuild(options())).equal).toBe(true);
  });

  it('fills in what limits leave to channels, where the live tables do not know the limits yet', async () => {
    await story.command('TEE', { type: 'SetLimits', at: story.now, commandId: 'limits', allocations: [{ channelId: 'web', cap: 3 }] });
    await projectAll(pool, story.store);
    const atp = (): Promise<unknown> => rowsOf(pool, 'read_model.channel_atp', 'atp, version', 'sku');
    expect(await atp()).toEqual([{ atp: 3, version: 1 }]);
    await pool.query(`UPDATE read_model.products SET limits = NULL`);
    await pool.query(`UPDATE read_model.channel_atp SET atp = 4`);
    expect(await rebuild(options())).toMatchObject({ equal: false, corrected: 1 });
    expect(await atp()).toEqual([{ atp: 3, version: 2 }]);
    expect(await rebuild(options())).toMatchObject({ equal: true, corrected: 0 });
  });

  it('says how far it is', async () => {
    await projectAll(pool, story.store);
    const seen: RebuildProgress[] = [];
    await rebuild(options({ onProgress: (progress) => void seen.push(progress) }));
    expect(seen[0]).toMatchObject({ phase: 'reading', events: 6, position: 5n, target: 5n });
    expect(new Set(seen.map(({ phase }) => phase))).toEqual(new Set(['reading', 'comparing', 'swapping']));
  });

  it('that is broken off leaves the live tables as they were, and another can begin', async () => {
    await projectAll(pool, story.store);
    const before = await digest(pool, 'read_model');
    const stop = new AbortController();
    const onProgress = (): void => stop.abort(new Error('enough'));
    await expect(rebuild(options({ signal: stop.signal, onProgress }))).rejects.toThrow();
    expect(await digest(pool, 'read_model')).toBe(before);
    expect((await rebuild(options())).equal).toBe(true);
  });

  it('runs once at a time', async () => {
    await projectAll(pool, story.store);
    expect(await isRebuildRunning(pool, 'read_model')).toBe(false);
    let meanwhile: unknown;
    let wasRunning = false;
    const during = async (): Promise<void> => {
      wasRunning = await isRebuildRunning(pool, 'read_model');
      meanwhile = await rebuild(options()).catch((error: unknown) => error);
    };
    const eventStore = Object.assign(Object.create(story.store) as typeof story.store, {
      readAll: async (page: Parameters<typeof story.store.readAll>[0]) => {
        await during();
        return story.store.readAll(page);
      },
    });
    await rebuild(options({ eventStore }));
    expect(wasRunning).toBe(true);
    expect(meanwhile).toBeInstanceOf(RebuildRunning);
  });
});

describe('the digest', () => {
  it('sees no versions, positions and times', async () => {
    await projectAll(pool, story.store);
    const before = await digest(pool, 'read_model');
    await pool.query(`UPDATE read_model.stock SET version = 99, position = 99, updated_at = now(), created_at = now()`);
    await pool.query(`UPDATE read_model.checkpoint SET epoch = 99`);
    expect(await digest(pool, 'read_model')).toBe(before);
  });
});
