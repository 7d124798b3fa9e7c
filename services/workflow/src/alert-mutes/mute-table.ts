import type { Pool } from 'pg';
import type { AlertType } from '../alerts/alert-list.dto.js';
import { ENDS, withItsEnd } from '../alerts/alert-subject.js';

export const MAX_MUTES_OF_TENANT = 1_000;

export interface MuteRef {
  readonly tenant: string;
  readonly muteId: string;
}

export interface StoredMute extends MuteRef {
  readonly type: AlertType | null;
  readonly sku: string | null;
  readonly locationId: string | null;
  readonly channelId: string | null;
  readonly connectionId: string | null;
  readonly until: Date;
  readonly reason: string | null;
  readonly createdBy: string;
}

const LIST = `
  SELECT tenant, mute_id AS "muteId", type, sku, location_id AS "locationId", channel_id AS "channelId", connection_id AS "connectionId",
         until, reason, created_by AS "createdBy"
    FROM workflow.alert_mute WHERE tenant = $1 ORDER BY mute_id`;

const PUT = `
  INSERT INTO workflow.alert_mute AS m
         (tenant, mute_id, type, types, sku, location_id, channel_id, connection_id, until, reason, created_by, created_at)
  SELECT $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12
   WHERE EXISTS (SELECT 1 FROM workflow.alert_mute WHERE tenant = $1 AND mute_id = $2)
      OR (SELECT count(*) FROM workflow.alert_mute WHERE tenant = $1) < ${String(MAX_MUTES_OF_TENANT)}
  ON CONFLICT (tenant, mute_id) DO UPDATE
     SET type = excluded.type, types = excluded.types, sku = excluded.sku, location_id = excluded.location_id,
         channel_id = excluded.channel_id, connection_id = excluded.connection_id, until = excluded.until, reason = excluded.reason,
         created_by = excluded.created_by`;

/**
 * Alerts whose mute is gone are muted no more. Of each matter that is not over, the newest alert goes to those who wait for its type.
 */
const UNMUTE = `
  WITH unmuted AS (
    UPDATE workflow.alert a SET muted_by = NULL
     WHERE muted_by IS NOT NULL AND NOT EXISTS (
       SELECT FROM workflow.alert_mute m WHERE m.tenant = a.tenant AND m.mute_id = a.muted_by)
    RETURNING id, tenant, kind, subject_key, at),
  waiting AS (
    SELECT * FROM unmuted u WHERE kind <> ALL ($1::text[]) AND NOT EXISTS (
      SELECT FROM workflow.alert n WHERE n.tenant = u.tenant AND n.subject_key = u.subject_key AND (n.at, n.id) > (u.at, u.id)))
  INSERT INTO workflow.alert_delivery (tenant, webhook_id, alert_id)
  SELECT w.tenant, w.webhook_id, s.id FROM waiting s
    JOIN workflow.alert_webhook w ON w.tenant = s.tenant AND NOT w.gone AND (w.types IS NULL OR s.kind = ANY (w.types))
  ON CONFLICT DO NOTHING`;

/** What no webhook is told for a while. */
export class MuteTable {
  /** @param wakeSending told when there is something to be sent to receivers */
  constructor(
    private readonly pool: Pool,
    private readonly wakeSending: () => void,
  ) {}

  async list(tenant: string): Promise<readonly StoredMute[]> {
    return (await this.pool.query<StoredMute>(LIST, [tenant])).rows;
  }

  /** @returns false where the tenant has as many as it may */
  async put(mute: StoredMute, at: number): Promise<boolean> {
    const { tenant, muteId, type, sku, locationId, channelId, connectionId, until, reason, createdBy } = mute;
    const types = type === null ? null : withItsEnd(type);
    const values = [tenant, muteId, type, types, sku, locationId, channelId, connectionId, until, reason, createdBy, new Date(at)];
    return (await this.pool.query(PUT, values)).rowCount === 1;
  }

  /** Ends a mute before its time. @returns whether there was one */
  async remove({ tenant, muteId }: MuteRef): Promise<boolean> {
    const { rowCount } = await this.pool.query('DELETE FROM workflow.alert_mute WHERE tenant = $1 AND mute_id = $2', [tenant, muteId]);
    await this.unmute();
    return rowCount === 1;
  }

  /** Ends mutes whose time is over. */
  async endThoseOver(now: number): Promise<void> {
    await this.pool.query('DELETE FROM workflow.alert_mute WHERE until <= to_timestamp($1::float8 / 1000)', [now]);
    await this.unmute();
  }

  private async unmute(): Promise<void> {
    const { rowCount } = await this.pool.query(UNMUTE, [ENDS]);
    if ((rowCount ?? 0) > 0) this.wakeSending();
  }
}
