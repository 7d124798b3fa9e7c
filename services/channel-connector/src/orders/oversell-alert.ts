import { cloudEvent, TOPICS, type AlertMessage } from '@holdfast/contracts';
import { uuidOf } from '@holdfast/kit';
import type { Bus } from '@holdfast/messaging';
import type { OrderRef } from './order-line.js';
import type { Uncovered } from './taking.js';

/** Says on the topic of alerts that a channel sold what was not there. The same sale makes the same message id, so that a repeat can be dropped. */
export class OversellAlerts {
  constructor(
    private readonly bus: Pick<Bus, 'publish'>,
    private readonly now: () => number,
  ) {}

  async tell(
    { tenant, channelId, orderId }: OrderRef,
    { sku, lineId }: { readonly sku: string; readonly lineId: string },
    number: number,
    { locationId, units, available, threshold }: Uncovered,
  ): Promise<void> {
    const message: AlertMessage = cloudEvent({
      id: uuidOf(`alert|channel order|${JSON.stringify([tenant, channelId, orderId, lineId, number])}`),
      source: 'holdfast/channel-connector',
      type: 'holdfast.inventory.alert.v1',
      subject: sku,
      at: this.now(),
      tenant,
      data: { kind: 'oversell_risk', sku, locationId, available, threshold, channelId, orderId, uncoveredUnits: units },
    });
    await this.bus.publish(TOPICS.alerts.name, [{ key: `${tenant}|${sku}`, value: JSON.stringify(message) }]);
  }
}
