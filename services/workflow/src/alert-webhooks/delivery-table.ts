import type { BackOff } from '@holdfast/kit';
import { MAX_FAULT_LENGTH } from '@holdfast/vendor-http';
import type { Pool } from 'pg';
import type { AlertRow } from '../alerts/alert-view.js';
import type { Receiver } from './receivers.js';
import type { WebhookRef } from './webhook-table.js';

export interface WaitingAlert extends AlertRow {
  readonly attempts: number;
}

const CLAIM = `
  UPDATE workflow.alert_webhook w SET lease_until = now() + $1::float8 * interval '1 millisecond'
    FROM (SELECT tenant, webhook_id FROM workflow.alert_webhook d
           WHERE NOT gone AND due_at <= now() AND (lease_until IS NULL OR lease_until < now())
             AND EXISTS (SELECT 1 FROM workflow.alert_delivery a WHERE a.tenant = d.tenant AND a.webhook_id = d.webhook_id)
           ORDER BY due_at LIMIT $2 FOR UPDATE SKIP LOCKED) due
   WHERE w.tenant = due.tenant AND w.webhook_id = due.webhook_id
  RETURNING w.tenant, w.webhook_id AS "webhookId", w.url, w.secret`;

const WAITING = `
  SELECT a.id, a.at, a.figures, d.attempts
    FROM workflow.alert_delivery d JOIN workflow.alert a ON a.id = d.alert_id
   WHERE d.tenant = $1 AND d.webhook_id = $2 ORDER BY a.at, a.id LIMIT $3`;

const OF = 'tenant = $1 AND webhook_id = $2';
const DONE = `DELETE FROM workflow.alert_delivery WHERE ${OF} AND alert_id = $3`;
/** One statement: who sees that nothing waits sees how the last call ended, too. */
const DELIVERED = `
  WITH done AS (${DONE})
  UPDATE workflow.alert_webhook SET delivered_at = now(), failures = 0, fault = NULL WHERE ${OF}`;
const ATTEMPT = `UPDATE workflow.alert_delivery SET attempts = attempts + 1 WHERE ${OF} AND alert_id = $3`;
const LEFT_OUT = `WITH done AS (${DONE}) UPDATE workflow.alert_webhook SET fault = $4 WHERE ${OF}`;
const POSTPONE = `
  UPDATE workflow.alert_webhook
     SET failures = failures + 1, fault = $3,
         due_at = now() + greatest($6::float8, least($5::float8, $4::float8 * power(2, least(failures, 20)))) * interval '1 millisecond'
   WHERE ${OF}`;
const GONE = `UPDATE workflow.alert_webhook SET gone = true, fault = $3 WHERE ${OF}`;
const FORGET = `DELETE FROM workflow.alert_delivery WHERE ${OF}`;
const RELEASE = `UPDATE workflow.alert_webhook SET lease_until = NULL WHERE ${OF}`;

/** What is to be sent to receivers. One process at a time calls a receiver, so that alerts come in their sequence. */
export class DeliveryTable {
  constructor(private readonly pool: Pool) {}

  /** Receivers with something to be sent, longest waiting first. Until its lease ends nobody else calls one. */
  async claim(leaseMs: number, most: number): Promise<readonly Receiver[]> {
    return (await this.pool.query<Receiver>(CLAIM, [leaseMs, most])).rows;
  }

  /** Oldest first. */
  async waiting({ tenant, webhookId }: WebhookRef, most: number): Promise<readonly WaitingAlert[]> {
    return (await this.pool.query<WaitingAlert>(WAITING, [tenant, webhookId, most])).rows;
  }

  async delivered({ tenant, webhookId }: WebhookRef, alertId: string): Promise<void> {
    await this.pool.query(DELIVERED, [tenant, webhookId, alertId]);
  }

  /** The receiver does not take this alert, and is not asked again. */
  async leftOut({ tenant, webhookId }: WebhookRef, alertId: string, fault: string): Promise<void> {
    await this.pool.query(LEFT_OUT, [tenant, webhookId, alertId, fault.slice(0, MAX_FAULT_LENGTH)]);
  }

  /** @param leastMs the receiver wants to be left alone for so long */
  async postpone({ tenant, webhookId }: WebhookRef, alertId: string, fault: string, leastMs: number, backOff: BackOff): Promise<void> {
    await this.pool.query(ATTEMPT, [tenant, webhookId, alertId]);
    const { firstMs, mostMs } = backOff;
    await this.pool.query(POSTPONE, [tenant, webhookId, fault.slice(0, MAX_FAULT_LENGTH), firstMs, mostMs, leastMs]);
  }

  /** Nothing is sent until it is put again. */
  async gone({ tenant, webhookId }: WebhookRef, fault: string): Promise<void> {
    await this.pool.query(GONE, [tenant, webhookId, fault.slice(0, MAX_FAULT_LENGTH)]);
    await this.pool.query(FORGET, [tenant, webhookId]);
  }

  async release({ tenant, webhookId }: WebhookRef): Promise<void> {
    await this.pool.query(RELEASE, [tenant, webhookId]);
  }
}
