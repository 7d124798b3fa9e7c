import { cloudEvent, TOPICS, type AlertMessage, type LowStockAlert } from '@holdfast/contracts';
import { uuidOf } from '@holdfast/kit';
import type { Parcel } from '../outbox/outbox.js';

/**
 * Which change of which SKU or location this alert is about. The same change makes the same message id, so that consumers can drop a
 * repeat.
 */
export interface AlertChange {
  readonly tenant: string;
  readonly alert: LowStockAlert;
  /** Counts the changes of this SKU, or of the risk at this location. */
  readonly change: number;
  /** Epoch milliseconds. */
  readonly at: number;
}

export function alertParcel({ tenant, alert, change, at }: AlertChange): Parcel {
  const about = alert.locationId === undefined ? [tenant, alert.sku, change] : [tenant, alert.sku, alert.locationId, change];
  const message: AlertMessage = cloudEvent({
    id: uuidOf(`alert|${JSON.stringify(about)}`),
    source: 'holdfast/workflow',
    type: 'holdfast.inventory.alert.v1',
    subject: alert.sku,
    at,
    tenant,
    data: alert,
  });
  return { topic: TOPICS.alerts.name, key: `${tenant}|${alert.sku}`, value: JSON.stringify(message) };
}
