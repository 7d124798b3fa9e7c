import { startSapSimulator, type SapSimulator } from '@holdfast/sandbox';
import { startTestPostgres, type TestPostgres } from '@holdfast/testing';
import { RunTable } from '../src/pollers/runs/run-table.js';
import { eventually, IngestionUnderTest } from './ingestion.js';

const environment = { HOLDFAST_SECRET_KEY: 'a-secret-key-of-the-tests-0123456789', HOLDFAST_WEBHOOK_PRIVATE: '1' };
const WAREHOUSE = '1010/101A';

interface Run {
  readonly id: string;
  readonly status: string;
}

describe('the pace of polls, over two processes', () => {
  let postgres: TestPostgres;
  let one: IngestionUnderTest;
  let other: IngestionUnderTest;
  let sap: SapSimulator;

  beforeAll(async () => {
    postgres = await startTestPostgres();
    one = await IngestionUnderTest.start({ postgres, environment });
    other = await IngestionUnderTest.start({ postgres, environment });
    sap = await startSapSimulator();
    sap.company.set({ sku: 'PACE-1', warehouse: WAREHOUSE }, { quantity: '5' });
  });
  afterAll(async () => {
    await sap.close();
    await one.stop();
    await other.stop();
    await postgres.stop();
  });

  const connect = async (id: string, poller: object = {}, settings: object = {}): Promise<void> => {
    const given = { ...sap.connection.poller, enabled: false, ...poller };
    const answer = await one.call('PUT', `/v1/erp/connections/${id}`, {
      ...{ name: id, system: sap.connection.system, mappings: [{ warehouseId: WAREHOUSE, locationId: 'MAIN' }] },
      poller: { ...given, settings: { ...given.settings, ...settings } },
    });
    expect(answer.status).toBe(200);
  };
  const query = async <Row extends object>(sql: string, values: readonly unknown[]): Promise<readonly Row[]> =>
    (await one.runtime.database.pool.query<Row>(sql, [...values])).rows;
  const runs = async (id: string): Promise<readonly Run[]> =>
    (await one.call('GET', `/v1/erp/connections/${id}/runs`)).body['runs'] as readonly Run[];
  /** Polls once, and says how that ended. */
  const poll = async (id: string): Promise<string | undefined> => {
    const { runId } = (await one.call('POST', `/v1/erp/connections/${id}/poll`)).body;
    let status: string | undefined;
    await eventually(async () => {
      status = (await runs(id)).find((run) => run.id === runId)?.status;
      expect(['done', 'failed']).toContain(status);
    });
    return status;
  };

  it('one run of a connection follows the other, also where a run takes longer than the interval', async () => {
    sap.faults.next({ kind: 'slow_answer', ms: 500 }, 100, 'readStock');
    await connect('slow', { enabled: true });
    await query(`UPDATE ingestion.pollers SET interval_ms = 100, next_at = now() WHERE connection_id = $1`, ['slow']);
    const asked = await Promise.all([one, other].map((each) => each.call('POST', '/v1/erp/connections/slow/poll')));
    expect(asked[0]?.body['runId']).toBe(asked[1]?.body['runId']);
    await eventually(async () => expect((await runs('slow')).filter(({ status }) => status === 'done').length).toBeGreaterThan(2));
    await connect('slow');
    sap.faults.clear();
    const overlaps = await query(
      `SELECT 1 FROM ingestion.poll_runs a JOIN ingestion.poll_runs b ON a.connection_id = b.connection_id AND a.id < b.id
        WHERE a.connection_id = $1 AND a.started_at < coalesce(b.finished_at, now()) AND b.started_at < coalesce(a.finished_at, now())`,
      ['slow'],
    );
    expect(overlaps).toEqual([]);
  });

  it('a connection that fails is tried ever more seldom, and after three failures its page is asked for once', async () => {
    await connect('failing', {}, { baseUrl: `${sap.url}/nowhere` });
    const waited: number[] = [];
    for (let failure = 0; failure < 3; failure += 1) {
      expect(await poll('failing')).toBe('failed');
      const sql = `SELECT extract(epoch FROM next_at - now())::float8 * 1000 / interval_ms AS intervals FROM ingestion.pollers WHERE connection_id = $1`;
      waited.push((await query<{ intervals: number }>(sql, ['failing']))[0]?.intervals ?? 0);
    }
    for (const [index, intervals] of waited.entries()) {
      expect(intervals).toBeGreaterThan(0.75 * 2 ** index);
      expect(intervals).toBeLessThan(1.2 * 2 ** index);
    }
    const mended = `UPDATE ingestion.pollers SET enabled = true, settings = settings || jsonb_build_object('baseUrl', $2::text) WHERE connection_id = $1`;
    await query(mended, ['failing', sap.url]);
    const state = async () => (await one.call('GET', '/v1/erp/connections/failing')).body['poller'];
    expect(await state()).toMatchObject({ status: 'paused', nextAt: expect.any(String) as string });

    const calls = sap.log.of('readStock').length;
    sap.faults.next({ kind: 'server_error', status: 503 }, 5);
    expect(await poll('failing')).toBe('failed');
    expect(sap.log.of('readStock').length - calls).toBe(1);
    sap.faults.clear();
    expect(await poll('failing')).toBe('done');
    expect(await state()).toMatchObject({ status: 'ok', error: null });
    await connect('failing');
  });

  it('connections that are due at once are due apart from then on', async () => {
    const ids = Array.from({ length: 100 }, (_, index) => `together-${String(index)}`);
    await query(
      `INSERT INTO ingestion.connections (tenant, id, name, system, auto_map) SELECT 'many', id, id, 'sap-s4hana', false FROM unnest($1::text[]) AS id`,
      [ids],
    );
    await query(
      `INSERT INTO ingestion.pollers (tenant, connection_id, interval_ms, settings, credentials, enabled, next_at)
       SELECT 'many', id, 3600000, '{}', '', true, now() FROM unnest($1::text[]) AS id`,
      [ids],
    );
    await new RunTable(one.runtime.database.pool).beginDue(100);
    await query(`UPDATE ingestion.pollers SET enabled = false WHERE tenant = $1`, ['many']);
    const [spread] = await query<{ times: number; first: number; last: number }>(
      `SELECT count(DISTINCT next_at)::int AS times, extract(epoch FROM min(next_at) - now())::float8 AS first,
              extract(epoch FROM max(next_at) - now())::float8 AS last FROM ingestion.pollers WHERE tenant = $1`,
      ['many'],
    );
    // An hour, a tenth earlier or later.
    expect(spread?.times).toBe(100);
    expect(spread?.first).toBeGreaterThan(3_100);
    expect(spread?.last).toBeLessThan(3_960);
    expect((spread?.last ?? 0) - (spread?.first ?? 0)).toBeGreaterThan(360);
    await query(`UPDATE ingestion.poll_runs SET status = 'failed', finished_at = now() WHERE tenant = $1`, ['many']);
  });
});
