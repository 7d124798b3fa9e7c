import type pg from 'pg';
import { Upkeep } from '@holdfast/kit';
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
export class Retention {
  private readonly upkeep: Upkeep;

  constructor(
    private readonly pool: pg.Pool,
    private readonly settings: Settings,
  ) {
    const chore = { name: 'bus_retention', everyMs: settings.upkeepMs, run: (stopping: AbortSignal) => this.round(stopping) };
    const onRun = (_chore: string, error?: unknown): void => {
      if (error !== undefined) settings.onFault(error);
    };
    this.upkeep = new Upkeep(settings.upkeepMs > 0 ? [chore] : [], { onRun });
    this.upkeep.start();
  }

  close(): Promise<void> {
    return this.upkeep.stop();
  }

  private async round(stopping: AbortSignal): Promise<void> {
    const client = await this.pool.connect();
    let broken = false;
    try {
      const { rows } = await client.query<{ mine: boolean }>('select pg_try_advisory_lock($1) as mine', [UPKEEP_LOCK]);
      if (!rows[0]?.mine) return;
      await this.sweep(client, stopping);
      await client.query('select pg_advisory_unlock($1)', [UPKEEP_LOCK]);
    } catch (error) {
      broken = true;
      throw error;
    } finally {
      client.release(broken);
    }
  }

  private async sweep(client: pg.PoolClient, stopping: AbortSignal): Promise<void> {
    const { compactionLagMs, tombstoneMs } = this.settings;
    const { rows } = await client.query<Due>(
      'select h.id, t.compacted, t.retention_ms from bus.heads h join bus.topics t on t.id = h.topic_id where t.compacted or t.retention_ms is not null',
    );
    for (const { id, compacted, retention_ms } of rows) {
      if (compacted) {
        await this.repeat(client, stopping, 'compact', id, compactionLagMs);
        await this.repeat(client, stopping, 'bury', id, tombstoneMs);
      } else await this.repeat(client, stopping, 'expire', id, Number(retention_ms));
    }
  }

  private async repeat(
    client: pg.PoolClient,
    stopping: AbortSignal,
    step: 'compact' | 'bury' | 'expire',
    head: number,
    ageMs: number,
  ): Promise<void> {
    for (let chunk = 0; chunk < MAX_CHUNKS && !stopping.aborted; chunk += 1) {
      const sql = `select bus.${step}($1, (extract(epoch from clock_timestamp()) * 1000)::bigint - $2, $3) as done`;
      const { rows } = await client.query<{ done: number }>(sql, [head, ageMs, CHUNK]);
      if ((rows[0]?.done ?? 0) < CHUNK) return;
    }
  }
}
