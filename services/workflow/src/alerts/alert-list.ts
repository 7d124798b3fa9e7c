import { paginationOf, type Page } from '@holdfast/platform';
import type { Pool } from 'pg';
import type { AnyAlert } from './alert-intake.js';
import type { AlertsPage, AlertsQuery } from './alert-list.dto.js';
import { alertView, type AlertRow } from './alert-view.js';

export const ALERT_RETENTION_DAYS = 30;
/** Alerts kept of each tenant. */
export const ALERT_MAX_ROWS = 100_000;

/** An alert that is new is to be sent to those who wait for its type. */
const STORE = `
  WITH stored AS (
    INSERT INTO workflow.alert (id, tenant, at, kind, sku, figures)
    SELECT id, tenant, at, kind, sku, figures
      FROM unnest($1::uuid[], $2::text[], $3::timestamptz[], $4::text[], $5::text[], $6::jsonb[]) AS a (id, tenant, at, kind, sku, figures)
    ON CONFLICT (id) DO NOTHING RETURNING id, tenant, kind)
  INSERT INTO workflow.alert_delivery (tenant, webhook_id, alert_id)
  SELECT w.tenant, w.webhook_id, s.id FROM stored s
    JOIN workflow.alert_webhook w ON w.tenant = s.tenant AND NOT w.gone AND (w.types IS NULL OR s.kind = ANY (w.types))
  ON CONFLICT DO NOTHING`;

/** Keeps alerts as the topic has them; one that comes again is known by its id. @returns how many are to be sent to receivers */
async function storeAlerts(pool: Pool, alerts: readonly AnyAlert[]): Promise<number> {
  if (alerts.length === 0) return 0;
  const { rowCount } = await pool.query(STORE, [
    alerts.map(({ id }) => id),
    alerts.map(({ tenant }) => tenant),
    alerts.map(({ time }) => time),
    alerts.map(({ data }) => data.kind),
    alerts.map(({ data }) => ('sku' in data ? data.sku : null)),
    alerts.map(({ data }) => JSON.stringify(data)),
  ]);
  return rowCount ?? 0;
}

const OF_THE_QUERY = `
  tenant = $1 AND ($2::text IS NULL OR kind = $2) AND ($3::timestamptz IS NULL OR at >= $3) AND ($4::text IS NULL OR sku = $4)
   AND ($5::text IS NULL OR location_id = $5)`;
const PAGE = `SELECT id, at, figures FROM workflow.alert WHERE ${OF_THE_QUERY} ORDER BY at DESC, id LIMIT $6 OFFSET $7`;
const COUNT = `SELECT count(*)::int AS total FROM workflow.alert WHERE ${OF_THE_QUERY}`;

/** Alerts of a tenant, newest first. */
export class AlertList {
  /** @param wakeSending told when there is something to be sent to receivers */
  constructor(
    private readonly pool: Pool,
    private readonly wakeSending: () => void,
  ) {}

  async store(alerts: readonly AnyAlert[]): Promise<void> {
    if ((await storeAlerts(this.pool, alerts)) > 0) this.wakeSending();
  }

  async page(tenant: string, { type, since, sku, locationId }: AlertsQuery, page: Page): Promise<AlertsPage> {
    const wanted = [tenant, type ?? null, since ?? null, sku ?? null, locationId ?? null];
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
