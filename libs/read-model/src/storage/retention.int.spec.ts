import type { Pool } from 'pg';
import { startTestPostgres } from '@holdfast/testing';
import type { TestPostgres } from '@holdfast/testing';
import { Story } from '../../test/story.js';
import { projectAll, rowsOf } from '../../test/tables.js';
import { rebuild } from '../rebuild/rebuild.js';
import { migrateReadModel } from './migrate.js';
import { RESERVATION_RETENTION_DAYS, trimReservations } from './retention.js';

const DAY_MS = 86_400_000;

let postgres: TestPostgres;
let pool: Pool;

beforeAll(async () => {
  postgres = await startTestPostgres();
  pool = postgres.pool();
  await migrateReadModel(postgres.connectionString, 'read_model');
});
afterAll(() => postgres.stop());

describe('reservations that have ended', () => {
  const story = new Story();
  const project = (): Promise<number> => projectAll(pool, story.store);
  const ids = async (): Promise<readonly unknown[]> =>
    (await rowsOf(pool, 'read_model.reservations', 'reservation_id AS id', 'reservation_id')).map(({ id }) => id);
  const end = (reservationId: string): Promise<unknown> =>
    story.command('TEE', { type: 'ReleaseReservation', at: story.now, commandId: `end ${reservationId}`, reservationId });

  it('go when nothing happened to them for the retention; open ones stay, and digests agree before and after', async () => {
    await story.receive('TEE', 'MAIN', 10);
    for (const id of ['rs_ended', 'rs_open', 'rs_late']) await story.reserve('TEE', 1, id);
    await end('rs_ended');
    story.now += 30_000;
    await end('rs_late');
    await project();
    expect(await trimReservations(pool, 'read_model')).toBe(0);

    story.now += RESERVATION_RETENTION_DAYS * DAY_MS - 15_000;
    await story.receive('TEE', 'MAIN', 1);
    await project();
    const compare = () => rebuild({ connectionString: postgres.connectionString, pool, eventStore: story.store, swap: false });
    expect(await compare()).toMatchObject({ equal: true });
    expect(await trimReservations(pool, 'read_model')).toBe(1);
    expect(await ids()).toEqual(['rs_late', 'rs_open']);
    expect(await compare()).toMatchObject({ equal: true });
  });

  it('are not brought back by an event that comes after the retention, whether trimmed or not', async () => {
    story.now += DAY_MS;
    const late = { type: 'ReservationExtended', reservationId: 'rs_late', expiresAt: story.now, commandId: 'c' };
    await story.append('stock-acme.OTHER', [late as never]);
    await project();
    const before = await rowsOf(pool, 'read_model.reservations', 'reservation_id, position', 'reservation_id');
    expect(before).toMatchObject([{ reservation_id: 'rs_late' }, { reservation_id: 'rs_open' }]);
    expect(await trimReservations(pool, 'read_model')).toBe(1);
    expect(await ids()).toEqual(['rs_open']);
  });
});
