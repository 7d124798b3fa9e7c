import { cloudEvent, TOPICS, type AlertMessage, type LowStockAlert } from '@holdfast/contracts';
import { uuidOf } from '@holdfast/kit';
import type { PoolClient } from 'pg';
import { enqueue, type Parcel } from '../outbox/outbox.js';

/**
 * Which change of which SKU or location this alert is about. The same change makes the same message id, so that consumers can drop a
 * repeat.
 */
export interface AlertChange {
  readonly tenant: string;
  readonly alert: LowStockAlert;
  /** With tenant and SKU it names the change: the location where the alert is about one, and a number that counts its messages. */
  readonly about: readonly (string | number)[];
  /** Epoch milliseconds. */
  readonly at: number;
}

function alertParcel({ tenant, alert, about, at }: AlertChange): Parcel {
  const message: AlertMessage = cloudEvent({
    id: uuidOf(`alert|${JSON.stringify([tenant, alert.sku, ...about])}`),
    source: 'holdfast/workflow',
    type: 'holdfast.inventory.alert.v1',
    subject: alert.sku,
    at,
    tenant,
    data: alert,
  });
  return { topic: TOPICS.alerts.name, key: `${tenant}|${alert.sku}`, value: JSON.stringify(message) };
}

/** Puts alerts beside their cause, in its transaction. @returns how many */
export async function sayAlerts(client: PoolClient, changes: readonly AlertChange[]): Promise<number> {
  await enqueue(client, changes.map(alertParcel));
  return changes.length;
}
