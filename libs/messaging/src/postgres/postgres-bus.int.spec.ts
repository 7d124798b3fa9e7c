import { join } from 'node:path';
import type pg from 'pg';
import { startTestPostgres, type TestPostgres } from '@holdfast/testing';
import { CutWire } from '../../test/cut-wire.js';
import { busContract, type BusHarness } from '../contract.js';
import type { PostgresBusOptions } from './options.js';
import { PostgresBus } from './postgres-bus.js';

const LEASE_MS = 2_000;

describe('the bus on Postgres', () => {
  let postgres: TestPostgres;
  let pool: pg.Pool;
  let wire: CutWire;
  let harness: BusHarness;

  beforeAll(async () => {
    postgres = await startTestPostgres();
    pool = postgres.pool();
    const socketFolder = new URL(postgres.connectionString).searchParams.get('host') ?? '';
    wire = new CutWire({ path: join(socketFolder, '.s.PGSQL.5432') });
    await wire.mend();
    const direct = new URL(postgres.connectionString);
    const connectionString = `postgres://${direct.username}@127.0.0.1:${wire.port}${direct.pathname}`;
    const options: PostgresBusOptions = { connectionString, leaseMs: LEASE_MS, upkeepMs: 0 };
    harness = {
      open: () => new PostgresBus(options),
      recipe: { engine: 'postgres', options },
      leaseMs: LEASE_MS,
      effects: { pool, connectionString: postgres.connectionString },
      describe: describeTopic,
      takeAway: async () => {
        await wire.cut();
        return () => wire.mend();
      },
    };
  });

  afterAll(async () => {
    await wire.cut();
    await postgres.stop();
  });

  busContract(() => harness);

  async function describeTopic(name: string): Promise<{ partitions: number; cleanup: string; retentionMs?: number }> {
    const sql = `select count(h.id)::int as partitions, compacted, retention_ms from bus.topics t join bus.heads h on h.topic_id = t.id
      where name = $1 group by t.id`;
    const { rows } = await pool.query<{ partitions: number; compacted: boolean; retention_ms: string | null }>(sql, [name]);
    const [found] = rows;
    if (!found) throw new Error(`no topic ${name}`);
    const retention = found.retention_ms === null ? {} : { retentionMs: Number(found.retention_ms) };
    return { partitions: found.partitions, cleanup: found.compacted ? 'compact' : 'delete', ...retention };
  }
});
