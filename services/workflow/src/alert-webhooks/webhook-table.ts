import type { Pool } from 'pg';
import type { AlertType } from '../alerts/alert-list.dto.js';
import { MAX_WEBHOOKS_OF_TENANT } from './limits.js';

export interface WebhookRef {
  readonly tenant: string;
  readonly webhookId: string;
}

/** A receiver as it is stored, with what is still to be sent to it. */
export interface StoredWebhook extends WebhookRef {
  readonly url: string;
  /** Sealed. */
  readonly secret: string;
  /** Null: all. */
  readonly types: readonly AlertType[] | null;
  readonly deliveredAt: Date | null;
  readonly failures: number;
  readonly fault: string | null;
  readonly gone: boolean;
  readonly waiting: number;
}

const SELECT = `
  SELECT w.tenant, w.webhook_id AS "webhookId", w.url, w.secret, w.types, w.delivered_at AS "deliveredAt", w.failures, w.fault, w.gone,
         (SELECT count(*)::int FROM workflow.alert_delivery d WHERE d.tenant = w.tenant AND d.webhook_id = w.webhook_id) AS waiting
    FROM workflow.alert_webhook w WHERE w.tenant = $1`;

/** A receiver that is put again is called at once, also one that was gone. */
const PUT = `
  INSERT INTO workflow.alert_webhook AS w (tenant, webhook_id, url, secret, types)
  SELECT $1, $2, $3, $4, $5
   WHERE EXISTS (SELECT 1 FROM workflow.alert_webhook WHERE tenant = $1 AND webhook_id = $2)
      OR (SELECT count(*) FROM workflow.alert_webhook WHERE tenant = $1) < ${String(MAX_WEBHOOKS_OF_TENANT)}
  ON CONFLICT (tenant, webhook_id) DO UPDATE
     SET url = excluded.url, secret = excluded.secret, types = excluded.types, failures = 0, fault = NULL, gone = false, due_at = now()`;

/** Receivers of alerts, by tenant. */
export class WebhookTable {
  constructor(private readonly pool: Pool) {}

  async list(tenant: string): Promise<readonly StoredWebhook[]> {
    return (await this.pool.query<StoredWebhook>(`${SELECT} ORDER BY w.webhook_id`, [tenant])).rows;
  }

  async find({ tenant, webhookId }: WebhookRef): Promise<StoredWebhook | undefined> {
    return (await this.pool.query<StoredWebhook>(`${SELECT} AND w.webhook_id = $2`, [tenant, webhookId])).rows[0];
  }

  /** @returns false where the tenant has as many as it may */
  async put({
    tenant,
    webhookId,
    url,
    secret,
    types,
  }: Pick<StoredWebhook, 'tenant' | 'webhookId' | 'url' | 'secret' | 'types'>): Promise<boolean> {
    return (await this.pool.query(PUT, [tenant, webhookId, url, secret, types])).rowCount === 1;
  }

  /** @returns whether there was one */
  async remove({ tenant, webhookId }: WebhookRef): Promise<boolean> {
    const sql = 'DELETE FROM workflow.alert_webhook WHERE tenant = $1 AND webhook_id = $2';
    return (await this.pool.query(sql, [tenant, webhookId])).rowCount === 1;
  }
}
