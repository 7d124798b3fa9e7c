import { paginationOf, Problem, type Page } from '@holdfast/platform';
import type { Pool } from 'pg';
import type { AnyAlert } from './alert-intake.js';
import type { AlertsPage, AlertsQuery, AlertView } from './alert-list.dto.js';
import { subjectKeyOf } from './alert-subject.js';
import { alertView, type AlertRow } from './alert-view.js';

export const ALERT_RETENTION_DAYS = 30;
/** Alerts kept of each tenant. */
export const ALERT_MAX_ROWS = 100_000;

/** An alert that is new is to be sent to those who wait for its type, unless it is muted. */
const STORE = `
  WITH stored AS (
    INSERT INTO workflow.alert (id, tenant, at, kind, sku, figures, subject_key, muted_by)
    SELECT a.id, a.tenant, a.at, a.kind, a.sku, a.figures, a.subject_key, m.mute_id
      FROM unnest($1::uuid[], $2::text[], $3::timestamptz[], $4::text[], $5::text[], $6::jsonb[], $7::text[])
        AS a (id, tenant, at, kind, sku, figures, subject_key)
      LEFT JOIN LATERAL (
        SELECT m.mute_id FROM workflow.alert_mute m
         WHERE m.tenant = a.tenant AND m.until > to_timestamp($8::float8 / 1000)
           AND (m.types IS NULL OR a.kind = ANY (m.types) OR a.figures ->> 'recoveredFrom' = ANY (m.types))
           AND (m.sku IS NULL OR m.sku = a.sku) AND (m.location_id IS NULL OR m.location_id = a.figures ->> 'locationId')
           AND (m.channel_id IS NULL OR m.channel_id = a.figures ->> 'channelId')
           AND (m.connection_id IS NULL OR m.connection_id = a.figures ->> 'connectionId')
         ORDER BY m.until DESC LIMIT 1) m ON true
    ON CONFLICT (id) DO NOTHING RETURNING id, tenant, kind, muted_by)
  INSERT INTO workflow.alert_delivery (tenant, webhook_id, alert_id)
  SELECT w.tenant, w.webhook_id, s.id FROM stored s
    JOIN workflow.alert_webhook w ON w.tenant = s.tenant AND NOT w.gone AND (w.types IS NULL OR s.kind = ANY (w.types))
   WHERE s.muted_by IS NULL
  ON CONFLICT DO NOTHING`;

/** Keeps alerts as the topic has them; one that comes again is known by its id. @returns how many are to be sent to receivers */
async function storeAlerts(pool: Pool, alerts: readonly AnyAlert[], now: number): Promise<number> {
  if (alerts.length === 0) return 0;
  const { rowCount } = await pool.query(STORE, [
    alerts.map(({ id }) => id),
    alerts.map(({ tenant }) => tenant),
    alerts.map(({ time }) => time),
    alerts.map(({ data }) => data.kind),
    alerts.map(({ data }) => ('sku' in data ? data.sku : null)),
    alerts.map(({ data }) => JSON.stringify(data)),
    alerts.map(subjectKeyOf),
    now,
  ]);
  return rowCount ?? 0;
}

const OF_THE_QUERY = `
  tenant = $1 AND ($2::text IS NULL OR kind = $2) AND ($3::timestamptz IS NULL OR at >= $3) AND ($4::text IS NULL OR sku = $4)
   AND ($5::text IS NULL OR location_id = $5) AND ($6::boolean IS NULL OR (acknowledged_at IS NOT NULL) = $6)`;
const COLUMNS = `
  id, at, figures, muted_by IS NOT NULL AS muted, acknowledged_by AS "acknowledgedBy", acknowledged_at AS "acknowledgedAt", note`;
const PAGE = `SELECT ${COLUMNS} FROM workflow.alert WHERE ${OF_THE_QUERY} ORDER BY at DESC, id LIMIT $7 OFFSET $8`;
const COUNT = `SELECT count(*)::int AS total FROM workflow.alert WHERE ${OF_THE_QUERY}`;

/** Who was first stands. */
const ACKNOWLEDGE = `
  UPDATE workflow.alert SET acknowledged_by = $3, acknowledged_at = to_timestamp($4::float8 / 1000), note = $5
   WHERE tenant = $1 AND id = $2 AND acknowledged_at IS NULL`;
const ONE = `SELECT ${COLUMNS} FROM workflow.alert WHERE tenant = $1 AND id = $2`;
const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Alerts of a tenant, newest first. */
export class AlertList {
  /** @param wakeSending told when there is something to be sent to receivers */
  constructor(
    private readonly pool: Pool,
    private readonly wakeSending: () => void,
    private readonly now: () => number,
  ) {}

  async store(alerts: readonly AnyAlert[]): Promise<void> {
    if ((await storeAlerts(this.pool, alerts, this.now())) > 0) this.wakeSending();
  }

  /** Notes who has seen an alert; asked again, it changes nothing. @throws Problem 404 `unknown_alert` */
  async acknowledge(tenant: string, id: string, by: string, note: string | undefined): Promise<AlertView> {
    const isId = UUID.test(id);
    if (isId) await this.pool.query(ACKNOWLEDGE, [tenant, id, by, this.now(), note ?? null]);
    const row = isId ? (await this.pool.query<AlertRow>(ONE, [tenant, id])).rows[0] : undefined;
    if (row === undefined)
      throw new Problem(404, 'unknown_alert', 'There is no such alert, or it is older than 30 days', { details: [{ id }] });
    return alertView(row);
  }

  async page(tenant: string, { type, since, sku, locationId, acknowledged }: AlertsQuery, page: Page): Promise<AlertsPage> {
    const wanted = [tenant, type ?? null, since ?? null, sku ?? null, locationId ?? null, acknowledged ?? null];
    const [{ rows }, count] = await Promise.all([
      this.pool.query<AlertRow>(PAGE, [...wanted, page.pageSize, page.offset]),
      this.pool.query<{ total: number }>(COUNT, wanted),
    ]);
    return { alerts: rows.map(alertView), pagination: paginationOf(page, count.rows[0]?.total ?? 0) };
  }
}

const CHUNK = 10_000;
const TOO_OLD = `
  DELETE FROM workflow.alert WHERE id IN (SELECT id FROM workflow.alert WHERE at < now() - $1 * interval '1 day' LIMIT ${String(CHUNK)})`;
const TOO_MANY = `
  DELETE FROM workflow.alert WHERE id IN (
    SELECT surplus.id FROM (SELECT tenant FROM workflow.alert GROUP BY tenant HAVING count(*) > $1) full_tenant
     CROSS JOIN LATERAL (
       SELECT id FROM workflow.alert a WHERE a.tenant = full_tenant.tenant ORDER BY at DESC, id OFFSET $1) surplus
     LIMIT ${String(CHUNK)})`;

/** Removes alerts beyond their bounds, in pieces. @returns how many */
export async function trimAlerts(pool: Pool, days: number = ALERT_RETENTION_DAYS, rows: number = ALERT_MAX_ROWS): Promise<number> {
  let removed = 0;
  for (const [statement, bound] of [[TOO_OLD, days] as const, [TOO_MANY, rows] as const])
    for (let chunk = CHUNK; chunk === CHUNK; removed += chunk) chunk = (await pool.query(statement, [bound])).rowCount ?? 0;
  return removed;
}
