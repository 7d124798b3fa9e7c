import { setTimeout as sleep } from 'node:timers/promises';
import { READ_MODEL } from '@holdfast/read-model';
import { startSapSimulator, type SapSimulator } from '@holdfast/sandbox';
import { answered, Api } from '@holdfast/testing';
import type { Bench, BenchOptions } from '../bench.js';
import { Durations } from '../measure/durations.js';
import { figuresOf } from '../measure/figures.js';
import { mebibytesOf, parentOf, processorSecondsOf, processorSecondsOfFamily } from '../measure/process-use.js';
import { atMost, exactly, figure, type BenchReport } from '../report.js';
import { openEngines, type Engines } from '../surroundings/engines.js';
import { HTTP_TENANT, startOn } from '../surroundings/servers.js';

const ALL_ROWS = 1_000_000;
const CHANGED_EVERY = 10;
const WAREHOUSE = '1010/101A';
const CONNECTION = 'bench-sap';
const MOST_MS = 30_000;
/** What follows the ATP rows of one change is over before the next is measured. */
const BETWEEN_MS = 20_000;
const WITHIN_MS = 600_000;
const UNITS = 50;
/** Memory after a later poll, in times of that after the first. */
const MOST_GROWTH = 1.25;

export const polls: Bench = {
  name: 'polls',
  about: 'a poll of 1,000,000 rows of SAP: unchanged, with 100,000 changed, and with these changed again',
  run,
};

interface Run {
  readonly id: string;
  readonly status: string;
  readonly rowsRead: number;
  readonly changed: number;
  readonly ms: number;
  readonly error: string | null;
}

/** Figures as a poll of an hour ago left them: what is measured is the poll after it. */
const READ_BEFORE = `
  INSERT INTO ingestion.poll_figures (tenant, connection_id, warehouse_id, sku, figure, as_of, location_id)
  SELECT $1, $2, $3, 'MASS-' || lpad(i::text, 7, '0'), i % ${String(UNITS)}, $4, 'MAIN' FROM generate_series(0, $5::int - 1) AS i`;

/** A poll with what it cost. */
interface Measured extends Run {
  readonly toRowsMs: number;
  readonly holdfastSeconds: number;
  readonly postgresSeconds: number;
  readonly erpSeconds: number;
  readonly mebibytes: number;
  readonly transactions: number;
}

async function run({ rounds, lines, say }: BenchOptions): Promise<BenchReport> {
  const rows = lines ?? ALL_ROWS;
  const engines = await openEngines();
  const holdfast = await startOn(engines.connectionString);
  const sap = await startSapSimulator({ checked: false });
  try {
    const api = new Api(holdfast.url, holdfast.key);
    await connect(api, sap, rows);
    const { pool } = engines.runtime.database;
    await pool.query(READ_BEFORE, [HTTP_TENANT, CONNECTION, WAREHOUSE, Date.now() - 3_600_000, rows]);
    await pool.query('VACUUM ANALYZE ingestion.poll_figures');
    const costs = await Costs.of(holdfast.main.pid, engines);
    const told = (one: Measured, name: string): Measured => {
      say(`polls, ${name}: ${figure(one.ms)} ms for ${String(one.rowsRead)} rows, ${String(one.changed)} published; ${inWords(one)}`);
      return one;
    };
    const unchanged: Measured[] = [];
    for (let round = 1; round <= rounds; round += 1)
      unchanged.push(told(await costs.measured(() => poll(api)), `${String(round)}/${String(rounds)}`));
    const change = async (version: number): Promise<Measured> => {
      sap.company.changeFilled(CHANGED_EVERY, 1);
      return await costs.measured(async () => {
        const found = await poll(api);
        await projected(engines, found.changed, version);
        return found;
      });
    };
    const changed = told(await change(1), 'changed, SKUs without events before');
    await sleep(BETWEEN_MS);
    const again = told(await change(2), 'changed again');
    const durations = new Durations();
    for (const { ms } of unchanged) durations.add(ms);
    const figures = figuresOf(durations, 1);
    const mebibytes = unchanged.map((one) => one.mebibytes);
    return {
      name: 'polls',
      baseline: null,
      holdfast: { name: `a poll of ${String(rows)} unchanged rows`, ...figures, perSecond: rows / (figures.p50Ms / 1_000) },
      ratio: null,
      rounds: [...unchanged, changed, again],
      targets: [
        atMost('unchanged', figures.p50Ms, MOST_MS, ' ms'),
        exactly('figures published where nothing changed', Math.max(...unchanged.map((one) => one.changed)), 0),
        exactly('figures published of those that changed', changed.changed, Math.ceil(rows / CHANGED_EVERY)),
        exactly('figures published of those that changed again', again.changed, Math.ceil(rows / CHANGED_EVERY)),
        atMost('changed, SKUs without events before, to their ATP rows', changed.toRowsMs, MOST_MS, ' ms'),
        atMost('changed again, to their ATP rows', again.toRowsMs, MOST_MS, ' ms'),
        ...(unchanged.length < 2
          ? []
          : [atMost('memory from poll to poll', Math.max(...mebibytes) / (mebibytes[0] ?? 1), MOST_GROWTH, '×')]),
      ],
      notes: [
        'The simulator of SAP is in the process of the benchmark, on the same machine; pages of 5,000 rows.',
        `Unchanged, first round: ${inWords(unchanged[0])}.`,
        `Changed, SKUs without events before: ${figure(changed.toRowsMs)} ms to the rows; ${inWords(changed)}.`,
        `Changed again: ${figure(again.toRowsMs)} ms to the rows; ${inWords(again)}.`,
      ],
    };
  } finally {
    await sap.close();
    await holdfast.stop();
    await engines.stop();
  }
}

const inWords = (one: Measured | undefined): string =>
  one === undefined
    ? 'none'
    : `processor: Holdfast ${figure(one.holdfastSeconds)} s, Postgres ${figure(one.postgresSeconds)} s, simulator ${figure(one.erpSeconds)} s; ` +
      `${String(one.transactions)} transactions; Holdfast has ${figure(one.mebibytes)} MiB`;

/** Processor time and transactions while something runs. */
class Costs {
  private constructor(
    private readonly holdfast: number,
    private readonly postgres: number,
    private readonly engines: Engines,
  ) {}

  static async of(holdfast: number, engines: Engines): Promise<Costs> {
    const { rows } = await engines.runtime.database.pool.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
    return new Costs(holdfast, parentOf(rows[0]?.pid ?? 0), engines);
  }

  async measured(work: () => Promise<Run>): Promise<Measured> {
    const before = await this.now();
    const began = performance.now();
    const found = await work();
    const toRowsMs = performance.now() - began;
    const after = await this.now();
    return {
      ...found,
      toRowsMs,
      holdfastSeconds: after.holdfast - before.holdfast,
      postgresSeconds: after.postgres - before.postgres,
      erpSeconds: after.erp - before.erp,
      mebibytes: mebibytesOf(this.holdfast),
      transactions: after.transactions - before.transactions,
    };
  }

  private async now() {
    const { rows } = await this.engines.runtime.database.pool.query<{ count: number }>(
      'SELECT xact_commit::float8 AS count FROM pg_stat_database WHERE datname = current_database()',
    );
    const { user, system } = process.cpuUsage();
    return {
      holdfast: processorSecondsOf(this.holdfast),
      postgres: processorSecondsOfFamily(this.postgres),
      erp: (user + system) / 1_000_000,
      transactions: rows[0]?.count ?? 0,
    };
  }
}

async function connect(api: Api, sap: SapSimulator, rows: number): Promise<void> {
  sap.company.clear();
  sap.company.fill(rows, [WAREHOUSE], (index) => index % UNITS);
  const { poller, system, name } = sap.connection;
  const made = await api.put(`/v1/erp/connections/${CONNECTION}`, {
    name,
    system,
    mappings: [{ warehouseId: WAREHOUSE, locationId: 'MAIN' }],
    poller: { ...poller, enabled: false },
  });
  if (made.status >= 300) throw new Error(`the connection was refused: ${JSON.stringify(made.body)}`);
}

async function poll(api: Api): Promise<Run> {
  const { runId } = await answered<{ readonly runId: string }>(() => api.post(`/v1/erp/connections/${CONNECTION}/poll`, {}));
  for (const until = Date.now() + WITHIN_MS; Date.now() < until; await sleep(100)) {
    const { runs } = await answered<{ readonly runs: readonly Run[] }>(() => api.get(`/v1/erp/connections/${CONNECTION}/runs`));
    const found = runs.find(({ id }) => id === runId);
    if (found?.status === 'done') return found;
    if (found?.status === 'failed') throw new Error(`the poll failed: ${found.error ?? ''}`);
  }
  throw new Error('the poll did not end');
}

/** @param version of the rows: it grows by one with each change */
async function projected({ runtime }: Engines, count: number, version: number): Promise<void> {
  for (const until = Date.now() + WITHIN_MS; Date.now() < until; await sleep(200)) {
    const { rows } = await runtime.database.pool.query<{ total: number }>(
      `SELECT count(*)::int AS total FROM ${READ_MODEL}.stock WHERE tenant = $1 AND version >= $2`,
      [HTTP_TENANT, version],
    );
    if ((rows[0]?.total ?? 0) >= count) return;
  }
  throw new Error('the read model did not follow');
}
