import type { Pool } from 'pg';
import type { RecordedEvent } from '@holdfast/event-store';
import { startTestPostgres } from '@holdfast/testing';
import type { TestPostgres } from '@holdfast/testing';
import { Story } from '../../test/story.js';
import { projectAll, rowsOf } from '../../test/tables.js';
import { Projection } from '../projection.js';
import { digest } from '../rebuild/digest.js';
import { rebuild } from '../rebuild/rebuild.js';
import type { RebuildResult } from '../rebuild/rebuild.js';
import { readCheckpoint } from '../storage/checkpoint.js';
import { migrateReadModel } from '../storage/migrate.js';
import { setAsideFailing } from './set-aside-failing.js';
import { listSetAside } from './set-aside-streams.js';
import { TurnFailed } from './turn-failed.js';

let postgres: TestPostgres;
let pool: Pool;
let story: Story;

beforeAll(async () => {
  postgres = await startTestPostgres();
  pool = postgres.pool();
});
afterAll(() => postgres.stop());
beforeEach(async () => {
  await pool.query('DROP SCHEMA IF EXISTS read_model CASCADE');
  await migrateReadModel(postgres.connectionString, 'read_model');
  story = new Story();
});

const described = (sku: string, name: string): Promise<void> =>
  story.append(`stock-acme.${sku}`, [{ type: 'ProductDescribed', commandId: 'c', verified: true, name }]);
const onHand = (): Promise<unknown> => rowsOf(pool, 'read_model.stock', 'sku, on_hand', 'sku');
const setAside = async (): Promise<unknown> =>
  (await listSetAside(pool, 'read_model')).map(({ stream, revision, eventType }) => [stream, revision, eventType]);
const allEvents = async (): Promise<readonly RecordedEvent[]> => (await story.store.readAll({ after: -1n, limit: 10_000 })).events;
const rebuilt = (swap: boolean): Promise<RebuildResult> =>
  rebuild({ connectionString: postgres.connectionString, pool, eventStore: story.store, swap });

describe('an event that Postgres refuses', () => {
  it('sets its stream aside, whose rows stay as they were before it; all others go on', async () => {
    await story.receive('A', 'MAIN', 1);
    await story.receive('B', 'MAIN', 2);
    await described('B', 'nul \u0000');
    await story.receive('B', 'MAIN', 20);
    await story.receive('C', 'MAIN', 3);
    await projectAll(pool, story.store);

    expect(await onHand()).toEqual([
      { sku: 'A', on_hand: 1 },
      { sku: 'B', on_hand: 2 },
      { sku: 'C', on_hand: 3 },
    ]);
    expect(await setAside()).toEqual([['stock-acme.B', 2, 'ProductDescribed.v1']]);
    expect((await readCheckpoint(pool, 'read_model')).position).toBe(await story.store.head());
  });

  it.each([
    ['a location', 'locations-acme', { type: 'LocationRegistered', locationId: 'BER', name: '\u0000', kind: 'warehouse', priority: 1 }],
    ['a channel', 'channels-acme', { type: 'ChannelDisabled', channelId: 'nul \u0000' }],
    ['an id that rows are looked up by', 'stock-acme.X', { type: 'ReservationReleased', reservationId: 'rs_\u0000' }],
    ['an event without its fields', 'stock-acme.X', { type: 'ReservationCommitted' }],
  ] as const)('is found wherever it lies: %s', async (_, stream, event) => {
    await story.receive('A', 'MAIN', 1);
    await story.append(stream, [event as never]);
    await story.receive('A', 'MAIN', 1);
    await projectAll(pool, story.store);
    expect(await onHand()).toMatchObject([{ sku: 'A', on_hand: 2 }]);
    expect(await setAside()).toMatchObject([[stream, 0, `${event.type}.v1`]]);
  });

  it('is found among many by halving the turn, however many there are', async () => {
    for (let index = 0; index < 100; index += 1) await story.receive(`S-${index % 10}`, 'MAIN', 1);
    for (const sku of ['S-3', 'S-7', 'S-8']) await described(sku, '\u0000');
    for (let index = 0; index < 100; index += 1) await story.receive(`S-${index % 10}`, 'MAIN', 1);
    const events = await allEvents();
    const cause = Object.assign(new Error('invalid byte sequence'), { code: '22021' });
    const found = await setAsideFailing(pool, 'read_model', story.store, new TurnFailed(events, cause));
    expect(found.map(({ event }) => event.stream)).toEqual(['stock-acme.S-3', 'stock-acme.S-7', 'stock-acme.S-8']);
    expect((await readCheckpoint(pool, 'read_model')).position).toBe(-1n);
    expect(await onHand()).toEqual([]);
  });

  it('is none where the turn failed for another reason, or is in the tables by now', async () => {
    await described('A', '\u0000');
    const events = await allEvents();
    expect(await setAsideFailing(pool, 'read_model', story.store, new TurnFailed(events, new Error('no connection')))).toEqual([]);
    const other = await Projection.open(pool, 'read_model', story.store);
    await other.write(other.take(0n, undefined), 0n);
    const cause = Object.assign(new Error('invalid byte sequence'), { code: '22021' });
    await expect(setAsideFailing(pool, 'read_model', story.store, new TurnFailed(events, cause))).resolves.toEqual([]);
    expect(await setAside()).toEqual([]);
  });
});

describe('a rebuild of tables with streams set aside', () => {
  it('says how many there are, and agrees with the live tables', async () => {
    await story.receive('B', 'MAIN', 2);
    await described('B', '\u0000');
    await story.receive('B', 'MAIN', 20);
    await projectAll(pool, story.store);
    expect(await rebuilt(true)).toMatchObject({ equal: true, swapped: true, setAside: { live: 1, rebuilt: 1 } });
    expect(await setAside()).toEqual([['stock-acme.B', 2, 'ProductDescribed.v1']]);
  });

  it('tries them again, and mends those that can be projected now', async () => {
    await story.receive('B', 'MAIN', 2);
    await projectAll(pool, story.store);
    await pool.query(`INSERT INTO read_model.set_aside VALUES ('stock-acme.B', 'acme', 2, 2, 'e', 'T', 'a mistake since mended')`);
    await story.receive('B', 'MAIN', 20);
    await projectAll(pool, story.store);
    expect(await onHand()).toEqual([{ sku: 'B', on_hand: 2 }]);
    expect(await rebuilt(true)).toMatchObject({ equal: false, swapped: true, corrected: 1, setAside: { live: 1, rebuilt: 0 } });
    expect(await onHand()).toEqual([{ sku: 'B', on_hand: 22 }]);
  });

  it('is not swapped in where it shows less than the live tables', async () => {
    await story.receive('B', 'MAIN', 2);
    await described('B', '\u0000');
    await projectAll(pool, story.store);
    await pool.query('DELETE FROM read_model.set_aside');
    const before = await digest(pool, 'read_model');
    expect(await rebuilt(true)).toMatchObject({ equal: false, swapped: false, corrected: 0, setAside: { live: 0, rebuilt: 1 } });
    expect(await digest(pool, 'read_model')).toBe(before);
  });
});
