import type { Pool } from 'pg';

export interface ConnectionRef {
  readonly tenant: string;
  readonly connectionId: string;
}

export interface StoredPoller extends ConnectionRef {
  readonly system: string;
  readonly intervalMs: number;
  readonly settings: Readonly<Record<string, unknown>>;
  /** Sealed. */
  readonly credentials: string;
  readonly enabled: boolean;
  /** Runs in a row that failed. */
  readonly failures: number;
  readonly fault: string | null;
  readonly readAt: Date | null;
  readonly nextAt: Date;
  readonly since: string | null;
  readonly settledAtMs: number;
  readonly postingLagMs: number | null;
}

export interface NewPoller {
  readonly intervalMs: number;
  readonly settings: object;
  readonly credentials: string;
  readonly enabled: boolean;
}

const COLUMNS = `p.tenant, p.connection_id AS "connectionId", c.system, p.interval_ms AS "intervalMs", p.settings, p.credentials, p.enabled,
  p.failures, p.fault, p.read_at AS "readAt", p.next_at AS "nextAt", p.since,
  extract(epoch FROM p.settled_at)::float8 * 1000 AS "settledAtMs", c.posting_lag_ms AS "postingLagMs"`;
const FROM = 'FROM ingestion.pollers p JOIN ingestion.connections c ON c.tenant = p.tenant AND c.id = p.connection_id';

/** SQL that tells pollers that posting lag or mappings of their connections changed. Parameters: tenant, connection ids. */
export const SETTLE_POLLERS = 'UPDATE ingestion.pollers SET settled_at = now() WHERE tenant = $1 AND connection_id = ANY($2)';

// What was set anew is tried at once; a poller that is as it was keeps its pace and its pause.
export const PUT_POLLER = `
  INSERT INTO ingestion.pollers AS p (tenant, connection_id, interval_ms, settings, credentials, enabled) VALUES ($1, $2, $3, $4, $5, $6)
  ON CONFLICT (tenant, connection_id) DO UPDATE
    SET interval_ms = excluded.interval_ms, settings = excluded.settings, credentials = excluded.credentials, enabled = excluded.enabled,
        next_at = now(), failures = 0, fault = NULL, since = CASE WHEN p.settings = excluded.settings THEN p.since END`;

/** Forgets a poller with all that it read; a run under way ends by itself. Parameters: tenant, connection id. */
export const DROP_POLLER = [
  `UPDATE ingestion.poll_runs SET status = 'failed', finished_at = now(), error = 'the poller was taken away'
    WHERE tenant = $1 AND connection_id = $2 AND status = 'running'`,
  'DELETE FROM ingestion.poll_reappraisals WHERE tenant = $1 AND connection_id = $2',
  'DELETE FROM ingestion.poll_figures WHERE tenant = $1 AND connection_id = $2',
  'DELETE FROM ingestion.pollers WHERE tenant = $1 AND connection_id = $2',
] as const;

/** How connections are polled. */
export class PollerTable {
  constructor(private readonly pool: Pool) {}

  async find({ tenant, connectionId }: ConnectionRef): Promise<StoredPoller | undefined> {
    const sql = `SELECT ${COLUMNS} ${FROM} WHERE p.tenant = $1 AND p.connection_id = $2`;
    return (await this.pool.query<StoredPoller>(sql, [tenant, connectionId])).rows[0];
  }

  async all(tenant: string, connectionIds: readonly string[]): Promise<ReadonlyMap<string, StoredPoller>> {
    const sql = `SELECT ${COLUMNS} ${FROM} WHERE p.tenant = $1 AND p.connection_id = ANY($2)`;
    const { rows } = await this.pool.query<StoredPoller>(sql, [tenant, connectionIds]);
    return new Map(rows.map((row) => [row.connectionId, row]));
  }
}
