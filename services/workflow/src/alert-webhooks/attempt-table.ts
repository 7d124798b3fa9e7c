import type { Page } from '@holdfast/platform';
import { MAX_FAULT_LENGTH, type Verdict } from '@holdfast/vendor-http';
import type { Pool } from 'pg';
import type { WebhookRef } from './webhook-table.js';

/** Attempts kept of each receiver. */
export const ATTEMPTS_KEPT = 200;

/** One call of a receiver. */
export interface Attempt {
  /** Null in a test. */
  readonly alertId: string | null;
  readonly type: string;
  readonly at: Date;
  readonly tookMs: number;
  readonly outcome: Verdict['kind'];
  /** What the receiver answered, where it did not take the message. */
  readonly says: string | null;
}

const STORE = `
  INSERT INTO workflow.alert_attempt (tenant, webhook_id, alert_id, type, at, took_ms, outcome, says)
  SELECT tenant, webhook_id, $3, $4, to_timestamp($5::float8 / 1000), $6, $7, $8
    FROM workflow.alert_webhook WHERE tenant = $1 AND webhook_id = $2`;
const SURPLUS = `
  DELETE FROM workflow.alert_attempt WHERE tenant = $1 AND webhook_id = $2 AND id <= (
    SELECT id FROM workflow.alert_attempt WHERE tenant = $1 AND webhook_id = $2 ORDER BY id DESC OFFSET ${String(ATTEMPTS_KEPT)} LIMIT 1)`;
const PAGE = `
  SELECT alert_id AS "alertId", type, at, took_ms AS "tookMs", outcome, says FROM workflow.alert_attempt
   WHERE tenant = $1 AND webhook_id = $2 ORDER BY id DESC LIMIT $3 OFFSET $4`;
const COUNT = 'SELECT count(*)::int AS total FROM workflow.alert_attempt WHERE tenant = $1 AND webhook_id = $2';

/** Single calls of receivers, the newest of each. */
export class AttemptTable {
  constructor(private readonly pool: Pool) {}

  async store({ tenant, webhookId }: WebhookRef, { alertId, type, at, tookMs, outcome, says }: Attempt): Promise<void> {
    const values = [alertId, type, at.getTime(), Math.round(tookMs), outcome, says?.slice(0, MAX_FAULT_LENGTH) ?? null];
    await this.pool.query(STORE, [tenant, webhookId, ...values]);
    await this.pool.query(SURPLUS, [tenant, webhookId]);
  }

  async page({ tenant, webhookId }: WebhookRef, page: Page): Promise<{ readonly rows: readonly Attempt[]; readonly total: number }> {
    const [{ rows }, count] = await Promise.all([
      this.pool.query<Attempt>(PAGE, [tenant, webhookId, page.pageSize, page.offset]),
      this.pool.query<{ total: number }>(COUNT, [tenant, webhookId]),
    ]);
    return { rows, total: count.rows[0]?.total ?? 0 };
  }
}
