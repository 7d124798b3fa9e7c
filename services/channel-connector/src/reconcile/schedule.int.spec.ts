import { startDatabase, type TestDatabase } from '../../test/database.js';
import { claimDue } from './schedule.js';

const HOUR_MS = 3_600_000;
const CHANNELS = 200;

describe('the schedule of comparisons', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await startDatabase();
  });
  afterAll(() => database.stop());
  beforeEach(() => database.clear());

  const channels = (everySeconds: number | null) =>
    database.pool.query(
      `INSERT INTO channels.channel (tenant, channel_id, provider, sync_inventory, conflict_strategy, reconcile_every_seconds)
       SELECT 'demo', 'c' || n, 'webhook', true, 'master_wins', $2 FROM generate_series(1, $1) n`,
      [CHANNELS, everySeconds],
    );
  /** Each channel once. */
  const claimAll = async (): Promise<readonly (boolean | undefined)[]> => {
    const due: (boolean | undefined)[] = [];
    while (due.length < CHANNELS) due.push((await claimDue(database.pool, HOUR_MS))?.isDue);
    return due;
  };
  /** Places in the interval, in its parts from 0 to 1, in order. */
  const places = async (intervalMs: number): Promise<readonly number[]> => {
    const { rows } = await database.pool.query<{ place: number }>(
      `SELECT extract(epoch FROM reconcile_at - now())::float8 * 1000 / $1::float8 AS place FROM channels.channel ORDER BY 1`,
      [intervalMs],
    );
    return rows.map(({ place }) => place);
  };
  const inEachFifth = (all: readonly number[]): readonly number[] =>
    [0, 1, 2, 3, 4].map((fifth) => all.filter((place) => Math.floor(place * 5) === fifth).length);

  it('spreads new channels over the whole hour, and compares none of them at once', async () => {
    await channels(null);
    expect(await claimAll()).toEqual(Array.from({ length: CHANNELS }, () => false));
    // 200 by chance: 40 in each fifth, and less than 15 by chance once in a million times.
    expect(Math.min(...inEachFifth(await places(HOUR_MS)))).toBeGreaterThan(14);
  });

  it("takes a channel's own interval, over which they are spread too", async () => {
    await channels(900);
    await claimAll();
    const all = await places(900_000);
    expect(Math.min(...inEachFifth(all))).toBeGreaterThan(14);
    expect(Math.max(...all)).toBeLessThanOrEqual(1);
  });

  it('comes again after the interval, give or take a twentieth, so that channels that met once part again', async () => {
    await channels(900);
    await database.pool.query(`UPDATE channels.channel SET reconcile_at = now() - interval '1 second'`);
    expect(await claimAll()).toEqual(Array.from({ length: CHANNELS }, () => true));
    const all = await places(900_000);
    expect(all[0]).toBeGreaterThan(0.94);
    expect(all.at(-1)).toBeLessThan(1.06);
    expect((all.at(-1) ?? 0) - (all[0] ?? 0)).toBeGreaterThan(0.05);
  });
});
