import { startTestPostgres, type TestPostgres } from '@holdfast/testing';
import { LeaseLost, ProcessBusy, ProcessTable, processTable, type ProcessTimes } from './process-table.js';

const TABLE = 'public.process';
const TIMES: ProcessTimes = { leaseMs: 60_000, patienceMs: 0, retry: { firstMs: 1_000, mostMs: 60_000 } };

interface Row {
  readonly owner: string | null;
  readonly failures: number;
  readonly waits: number;
}

describe('the table of processes', () => {
  let postgres: TestPostgres;
  let ids = 0;

  beforeAll(async () => {
    postgres = await startTestPostgres();
    await postgres.pool().query(processTable(TABLE));
  });
  afterAll(() => postgres.stop());

  const tableWith = (times: Partial<ProcessTimes> = {}): ProcessTable =>
    new ProcessTable(postgres.pool(), TABLE, 'count', { ...TIMES, ...times });
  const anyProcess = () => ({ tenant: 'acme', id: String((ids += 1)) });
  const rowOf = async (id: string): Promise<Row | undefined> => {
    const sql = `SELECT owner, failures, extract(epoch FROM next_attempt_at - now())::float8 * 1000 AS waits FROM ${TABLE} WHERE id = $1`;
    return (await postgres.pool().query<Row>(sql, [id])).rows[0];
  };
  const takeAway = (id: string) => postgres.pool().query(`UPDATE ${TABLE} SET owner = gen_random_uuid() WHERE id = $1`, [id]);

  it('lets one driver work, tells another that it is busy, and keeps nothing of a process that ended', async () => {
    const process = anyProcess();
    const table = tableWith();
    await table.hold(process, async () => {
      await expect(table.hold(process, () => Promise.resolve())).rejects.toBeInstanceOf(ProcessBusy);
    });
    expect(await rowOf(process.id)).toBeUndefined();
    await expect(table.hold(process, () => Promise.resolve('again'))).resolves.toBe('again');
  });

  it('keeps the lease while the work goes on', async () => {
    const process = anyProcess();
    const until = async (): Promise<number> => {
      const { rows } = await postgres.pool().query<{ at: Date }>(`SELECT lease_until AS at FROM ${TABLE} WHERE id = $1`, [process.id]);
      return rows[0]?.at.getTime() ?? 0;
    };
    await tableWith({ leaseMs: 300 }).hold(process, async () => {
      const first = await until();
      while ((await until()) === first) await new Promise((resolve) => setTimeout(resolve, 5));
    });
  });

  it('stops a driver whose process another has taken, and leaves the row to that one', async () => {
    const process = anyProcess();
    const driven = tableWith().hold(process, async (lease) => {
      await lease.confirm();
      await takeAway(process.id);
      await expect(lease.confirm()).rejects.toBeInstanceOf(LeaseLost);
      lease.check();
    });
    await expect(driven).rejects.toBeInstanceOf(LeaseLost);
    expect(await rowOf(process.id)).toMatchObject({ failures: 0 });
  });

  it('pauses longer with each attempt that fails, and forgets that with one that does not', async () => {
    const process = anyProcess();
    const table = tableWith();
    const fail = () => table.hold(process, () => Promise.reject(new Error('the SKU does not answer')));
    const waits: number[] = [];
    for (const failures of [1, 2, 3]) {
      await expect(fail()).rejects.toThrow('does not answer');
      const row = await rowOf(process.id);
      expect(row).toMatchObject({ owner: null, failures });
      waits.push(row?.waits ?? 0);
    }
    expect(waits[0]).toBeLessThanOrEqual(1_000);
    expect(waits[2]).toBeLessThanOrEqual(4_000);
    expect(waits[2]).toBeGreaterThan(waits[0] ?? 0);
    await table.hold(process, () => Promise.resolve());
    expect(await rowOf(process.id)).toBeUndefined();
  });
});
