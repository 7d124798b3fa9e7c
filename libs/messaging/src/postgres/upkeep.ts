import type pg from 'pg';
import { pause } from '@holdfast/kit';
import type { Settings } from './options.js';

/** Offsets gone through by one statement, and statements per head and round: the rest waits for the next round. */
const CHUNK = 1_000;
const MAX_CHUNKS = 50;

const UPKEEP_LOCK = 5_214_210_149;

interface Due {
  readonly id: number;
  readonly compacted: boolean;
  readonly retention_ms: string | null;
}

/** Deletes what retention and compaction leave over, in small pieces, in one process at a time. */
export class Upkeep {
  private readonly ending = new AbortController();
  private readonly running: Promise<void>;

  constructor(
    private readonly pool: pg.Pool,
    private readonly settings: Settings,
  ) {
    this.running = settings.upkeepMs > 0 ? this.run() : Promise.resolve();
  }

  async close(): Promise<void> {
    this.ending.abort();
    await this.running;
  }

  private async run(): Promise<void> {
    while (!this.ending.signal.aborted) {
      await pause(this.settings.upkeepMs, this.ending.signal);
      await this.round().catch((error: unknown) => this.settings.onFault(error));
    }
  }

  private async round(): Promise<void> {
    if (this.ending.signal.aborted) return;
    const client = await this.pool.connect();
    let broken = false;
    try {
      const { rows } = await client.query<{ mine: boolean }>('select pg_try_advisory_lock($1) as mine', [UPKEEP_LOCK]);
      if (!rows[0]?.mine) return;
      await this.sweep(client);
      await client.query('select pg_advisory_unlock($1)', [UPKEEP_LOCK]);
    } catch (error) {
      broken = true;
      throw error;
    } finally {
      client.release(broken);
    }
  }

  private async sweep(client: pg.PoolClient): Promise<void> {
    const { compactionLagMs, tombstoneMs } = this.settings;
    const { rows } = await client.query<Due>(
      'select h.id, t.compacted, t.retention_ms from bus.heads h join bus.topics t on t.id = h.topic_id where t.compacted or t.retention_ms is not null',
    );
    for (const { id, compacted, retention_ms } of rows) {
      if (compacted) {
        await this.repeat(client, 'compact', id, compactionLagMs);
        await this.repeat(client, 'bury', id, tombstoneMs);
      } else await this.repeat(client, 'expire', id, Number(retention_ms));
    }
  }

  private async repeat(client: pg.PoolClient, step: 'compact' | 'bury' | 'expire', head: number, ageMs: number): Promise<void> {
    for (let chunk = 0; chunk < MAX_CHUNKS && !this.ending.signal.aborted; chunk += 1) {
      const sql = `select bus.${step}($1, (extract(epoch from clock_timestamp()) * 1000)::bigint - $2, $3) as done`;
      const { rows } = await client.query<{ done: number }>(sql, [head, ageMs, CHUNK]);
      if ((rows[0]?.done ?? 0) < CHUNK) return;
    }
  }
}
