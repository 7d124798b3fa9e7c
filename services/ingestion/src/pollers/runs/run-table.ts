import type { ProcessRef } from '@holdfast/kit';
import { MAX_FAULT_LENGTH } from '@holdfast/vendor-http';
import type { Pool } from 'pg';
import { PROCESS_TABLE } from '../../database/0002-imports.migration.js';
import type { ConnectionRef } from '../connections/poller-table.js';
import type { RefusedRow } from '../port.js';

export const POLL = 'poll';
export const RUN_STATUSES = ['running', 'done', 'failed'] as const;

export interface StoredRun extends ConnectionRef {
  readonly id: string;
  readonly status: (typeof RUN_STATUSES)[number];
  readonly startedAt: Date;
  readonly finishedAt: Date | null;
  readonly cursor: string | null;
  readonly pages: number;
  readonly attempts: number;
  readonly firstAsOf: number | null;
  readonly rowsRead: number;
  readonly changed: number;
  readonly refused: number;
  readonly parked: number;
  readonly skewMs: number | null;
  readonly refusals: readonly RefusedRow[];
  readonly error: string | null;
}

/** What a page came to. */
export interface PageCounts {
  readonly cursor: string | null;
  readonly asOf: number;
  readonly skewMs: number;
  readonly rowsRead: number;
  readonly changed: number;
  readonly refused: number;
  readonly parked: number;
  readonly refusals: readonly RefusedRow[];
}

interface Finished {
  readonly connectionId: string;
  /** When its first page was asked for, by our clock; epoch milliseconds as text. Null where no page was taken in. */
  readonly beganAt: string | null;
}

/** Refused rows that a run shows. */
const MOST_REFUSALS = 100;

const COLUMNS = `tenant, connection_id AS "connectionId", id::text AS id, status, started_at AS "startedAt", finished_at AS "finishedAt", cursor,
  pages, attempts, first_as_of::float8 AS "firstAsOf", rows_read::float8 AS "rowsRead", changed::float8 AS changed, refused::float8 AS refused,
  parked::float8 AS parked, skew_ms::float8 AS "skewMs", refusals, error`;

// The next poll of each is due an interval later, a tenth earlier or later, so that connections that began together part.
const BEGIN_DUE = `
  WITH due AS (
    SELECT tenant, connection_id FROM ingestion.pollers p
     WHERE enabled AND next_at <= now()
       AND NOT EXISTS (SELECT 1 FROM ingestion.poll_runs r
                        WHERE r.tenant = p.tenant AND r.connection_id = p.connection_id AND r.status = 'running')
     ORDER BY next_at LIMIT $1 FOR UPDATE SKIP LOCKED),
  paced AS (
    UPDATE ingestion.pollers p SET next_at = now() + p.interval_ms * (0.9 + random() / 5) * interval '1 millisecond'
      FROM due WHERE p.tenant = due.tenant AND p.connection_id = due.connection_id)
  INSERT INTO ingestion.poll_runs (tenant, connection_id, id) SELECT tenant, connection_id, gen_random_uuid() FROM due
  ON CONFLICT (tenant, connection_id) WHERE status = 'running' DO NOTHING
  RETURNING tenant, id::text AS id`;

const BEGIN = `
  INSERT INTO ingestion.poll_runs (tenant, connection_id, id) VALUES ($1, $2, gen_random_uuid())
  ON CONFLICT (tenant, connection_id) WHERE status = 'running' DO NOTHING RETURNING id::text AS id`;
const RUNNING = `SELECT id::text AS id FROM ingestion.poll_runs WHERE tenant = $1 AND connection_id = $2 AND status = 'running'`;

const LEFT = `
  SELECT r.tenant, r.id::text AS id
    FROM ingestion.poll_runs r LEFT JOIN ${PROCESS_TABLE} p ON p.kind = '${POLL}' AND p.tenant = r.tenant AND p.id = r.id::text
   WHERE r.status = 'running' AND r.not_before <= now() AND (p.lease_until IS NULL OR p.lease_until < now())
     AND (p.next_attempt_at IS NULL OR p.next_attempt_at <= now())
   ORDER BY coalesce(p.next_attempt_at, r.started_at) LIMIT $1`;

// Only from the page where it stood: two drivers of one run cannot count a page twice.
const ADVANCE = `
  UPDATE ingestion.poll_runs
     SET cursor = $3, pages = pages + 1, attempts = 0, first_as_of = coalesce(first_as_of, $5), skew_ms = $6, rows_read = rows_read + $7,
         changed = changed + $8, refused = refused + $9, parked = parked + $10,
         refusals = CASE WHEN jsonb_array_length(refusals) < ${String(MOST_REFUSALS)} THEN refusals || $11::jsonb ELSE refusals END
   WHERE tenant = $1 AND id = $2 AND status = 'running' AND pages = $4`;

const TOLD = `
  UPDATE ingestion.poll_runs SET changed = changed + $3, parked = parked + $4 WHERE tenant = $1 AND id = $2 AND status = 'running'`;

const POSTPONE = `
  UPDATE ingestion.poll_runs SET attempts = attempts + 1, not_before = now() + $3 * interval '1 millisecond', error = $4
   WHERE tenant = $1 AND id = $2 AND status = 'running'`;

const FINISH = `
  UPDATE ingestion.poll_runs SET status = $3, finished_at = now(), error = $4, cursor = NULL WHERE tenant = $1 AND id = $2 AND status = 'running'
  RETURNING connection_id AS "connectionId", first_as_of - coalesce(skew_ms, 0) AS "beganAt"`;

const READ = `
  UPDATE ingestion.pollers SET failures = 0, fault = NULL, read_at = now(), read_as_of = coalesce($4, read_as_of), since = coalesce($3, since)
   WHERE tenant = $1 AND connection_id = $2`;
const NOT_READ = `
  UPDATE ingestion.pollers
     SET failures = failures + 1, fault = $3,
         next_at = greatest(next_at, now() + greatest($4::float8, least(interval_ms * 2 ^ least(failures, 20), greatest(interval_ms, $5::float8)))
           * (0.9 + random() / 5) * interval '1 millisecond')
   WHERE tenant = $1 AND connection_id = $2`;

/** Longest pause between two runs of a connection that fails, unless its interval is longer. */
const MOST_PAUSE_MS = 1_800_000;

/** Runs of pollers. At most one of a connection is under way, over all processes. */
export class RunTable {
  constructor(private readonly pool: Pool) {}

  /** Begins runs of connections whose time has come. */
  async beginDue(most: number): Promise<readonly ProcessRef[]> {
    return (await this.pool.query<ProcessRef>(BEGIN_DUE, [most])).rows;
  }

  /** Begins a run now, unless one is under way: then that one. */
  async begin({ tenant, connectionId }: ConnectionRef): Promise<ProcessRef> {
    for (;;) {
      const begun = await this.pool.query<{ id: string }>(BEGIN, [tenant, connectionId]);
      const found = begun.rows[0] ?? (await this.pool.query<{ id: string }>(RUNNING, [tenant, connectionId])).rows[0];
      if (found !== undefined) return { tenant, id: found.id };
    }
  }

  /** Runs that no process drives now. */
  async left(most = 16): Promise<readonly ProcessRef[]> {
    return (await this.pool.query<ProcessRef>(LEFT, [most])).rows;
  }

  async find({ tenant, id }: ProcessRef): Promise<StoredRun | undefined> {
    const sql = `SELECT ${COLUMNS} FROM ingestion.poll_runs WHERE tenant = $1 AND id = $2`;
    return (await this.pool.query<StoredRun>(sql, [tenant, id])).rows[0];
  }

  async newest({ tenant, connectionId }: ConnectionRef, offset: number, most: number) {
    const sql = `SELECT ${COLUMNS} FROM ingestion.poll_runs WHERE tenant = $1 AND connection_id = $2 ORDER BY started_at DESC, id OFFSET $3 LIMIT $4`;
    const { rows } = await this.pool.query<StoredRun>(sql, [tenant, connectionId, offset, most]);
    const counted = await this.pool.query<{ total: number }>(
      'SELECT count(*)::int AS total FROM ingestion.poll_runs WHERE tenant = $1 AND connection_id = $2',
      [tenant, connectionId],
    );
    return { runs: rows, total: counted.rows[0]?.total ?? 0 };
  }

  /** @returns false where another process went on from this page meanwhile */
  async advance({ tenant, id, pages }: StoredRun, counts: PageCounts): Promise<boolean> {
    const { cursor, asOf, skewMs, rowsRead, changed, refused, parked, refusals } = counts;
    const shown = JSON.stringify(refusals.slice(0, MOST_REFUSALS));
    const values = [tenant, id, cursor, pages, asOf, skewMs, rowsRead, changed, refused, parked, shown];
    return (await this.pool.query(ADVANCE, values)).rowCount === 1;
  }

  /** Counts figures that were published without being in a page. */
  async told({ tenant, id }: ProcessRef, { changed, parked }: Pick<PageCounts, 'changed' | 'parked'>): Promise<void> {
    await this.pool.query(TOLD, [tenant, id, changed, parked]);
  }

  async postpone({ tenant, id }: ProcessRef, inMs: number, says: string): Promise<void> {
    await this.pool.query(POSTPONE, [tenant, id, inMs, says.slice(0, MAX_FAULT_LENGTH)]);
  }

  async done({ tenant, id }: ProcessRef, since: string | undefined): Promise<void> {
    const { rows } = await this.pool.query<Finished>(FINISH, [tenant, id, 'done', null]);
    for (const { connectionId, beganAt } of rows) await this.pool.query(READ, [tenant, connectionId, since ?? null, beganAt]);
  }

  /** @param pauseMs at least until the next run */
  async failed({ tenant, id }: ProcessRef, says: string, pauseMs: number): Promise<void> {
    const fault = says.slice(0, MAX_FAULT_LENGTH);
    const { rows } = await this.pool.query<Finished>(FINISH, [tenant, id, 'failed', fault]);
    for (const { connectionId } of rows) await this.pool.query(NOT_READ, [tenant, connectionId, fault, pauseMs, MOST_PAUSE_MS]);
  }

  /** Forgets runs that ended so long ago. */
  async forgetOlderThan(days: number): Promise<void> {
    await this.pool.query(`DELETE FROM ingestion.poll_runs WHERE finished_at < now() - $1 * interval '1 day'`, [days]);
  }
}
