import { cloudEvent, TOPICS, type AlertMessage } from '@holdfast/contracts';
import { uuidOf } from '@holdfast/kit';
import type { Bus } from '@holdfast/messaging';
import type { OrderRef } from './order-line.js';
import type { Uncovered } from './taking.js';

interface AlertedLine {
  readonly sku: string;
  readonly lineId: string;
}

/**
 * Says on the topic of alerts that a channel sold what was not there, and that it is covered since. The same sale makes the same message ids, so
 * that a repeat can be dropped.
 */
export class OversellAlerts {
  constructor(
    private readonly bus: Pick<Bus, 'publish'>,
    private readonly now: () => number,
  ) {}

  /** @param number of the step of the line by which units were sold that were not there */
  tell(order: OrderRef, line: AlertedLine, number: number, uncovered: Uncovered): Promise<void> {
    return this.publish(order, line, [number], 'oversell_risk', uncovered);
  }

  /** @param steps that were done for the line until nothing was uncovered any more */
  recovered(order: OrderRef, line: AlertedLine, steps: number, covered: Uncovered): Promise<void> {
    return this.publish(order, line, [steps, 'recovered'], 'recovered', covered);
  }

  private async publish(
    { tenant, channelId, orderId }: OrderRef,
    { sku, lineId }: AlertedLine,
    about: readonly unknown[],
    kind: 'oversell_risk' | 'recovered',
    { locationId, units, available, threshold }: Uncovered,
  ): Promise<void> {
    const message: AlertMessage = cloudEvent({
      id: uuidOf(`alert|channel order|${JSON.stringify([tenant, channelId, orderId, lineId, ...about])}`),
      source: 'holdfast/channel-connector',
      type: 'holdfast.inventory.alert.v1',
      subject: sku,
      at: this.now(),
      tenant,
      data: { kind, sku, locationId, available, threshold, channelId, orderId, uncoveredUnits: units },
    });
    await this.bus.publish(TOPICS.alerts.name, [{ key: `${tenant}|${sku}`, value: JSON.stringify(message) }]);
  }
}
