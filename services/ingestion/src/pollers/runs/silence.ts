import { cloudEvent, TOPICS, type ErpAlert, type ErpAlertMessage } from '@holdfast/contracts';
import { uuidOf, type Chore } from '@holdfast/kit';
import type { Bus } from '@holdfast/messaging';
import type { Pool } from 'pg';

export const LEAST_BOUND_MS = 300_000;
/** Intervals without a run that came to its end. */
export const SILENT_INTERVALS = 3;

interface Silent {
  readonly tenant: string;
  readonly connectionId: string;
  readonly since: Date;
  readonly says: string | null;
  readonly isSilent: boolean;
}

const COLUMNS = `tenant, connection_id AS "connectionId", coalesce(silent_since, read_at, created_at) AS since, fault AS says`;
const IS_SILENT = `enabled AND coalesce(read_at, created_at) < now() - greatest($1, interval_ms * $2) * interval '1 millisecond'`;
const CHANGED = `
  SELECT ${COLUMNS}, ${IS_SILENT} AS "isSilent" FROM ingestion.pollers WHERE (${IS_SILENT}) <> (silent_since IS NOT NULL)`;
const TOLD = 'UPDATE ingestion.pollers SET silent_since = $3 WHERE tenant = $1 AND connection_id = $2';

/** Says once on the topic of alerts that a connection was not read within its bound, and once that it is read again or no longer polled. */
export class Silence {
  constructor(
    private readonly pool: Pool,
    private readonly bus: Pick<Bus, 'publish'>,
    private readonly now: () => number,
    private readonly leastBoundMs = LEAST_BOUND_MS,
  ) {}

  chore(everyMs: number): Chore {
    return { name: 'silent_erps', everyMs, run: () => this.look() };
  }

  /** A death between message and row makes the same message again, under the same id. */
  async look(): Promise<void> {
    const { rows } = await this.pool.query<Silent>(CHANGED, [this.leastBoundMs, SILENT_INTERVALS]);
    for (const row of rows) {
      await this.tell(row);
      await this.pool.query(TOLD, [row.tenant, row.connectionId, row.isSilent ? row.since : null]);
    }
  }

  private async tell({ tenant, connectionId, since, says, isSilent }: Silent): Promise<void> {
    const kind: ErpAlert['kind'] = isSilent ? 'erp_silent' : 'erp_recovered';
    const message: ErpAlertMessage = cloudEvent({
      id: uuidOf(`alert|erp|${JSON.stringify([tenant, connectionId, kind, since])}`),
      source: 'holdfast/ingestion',
      type: 'holdfast.erp.alert.v1',
      subject: connectionId,
      at: this.now(),
      tenant,
      data: { kind, connectionId, since: since.toISOString(), ...(isSilent && says !== null ? { says } : {}) },
    });
    await this.bus.publish(TOPICS.alerts.name, [{ key: `${tenant}|${connectionId}`, value: JSON.stringify(message) }]);
  }
}
