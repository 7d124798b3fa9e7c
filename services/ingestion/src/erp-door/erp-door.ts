import { TOPICS } from '@holdfast/contracts';
import type { Bus, OutgoingMessage } from '@holdfast/messaging';
import { entryOf, topicKey } from '../intake/entry.js';
import type { Clock } from '../intake/ledger-desk.js';
import { checkMessage } from './check-message.js';
import { erpEvent } from './erp-event.js';

export interface PublishedMessages {
  readonly accepted: number;
  readonly rejected: readonly { readonly index: number; readonly code: string; readonly message: string }[];
}

/** Puts ERP messages that came over HTTP onto the topic. */
export class ErpDoor {
  constructor(
    private readonly bus: Pick<Bus, 'publish'>,
    private readonly clock: Clock,
  ) {}

  /**
   * Resolves once the valid ones are stored durably. One of an unknown connection is valid: it becomes a dead letter, to be replayed once the
   * connection exists.
   * @throws BusUnavailable; sending them again is harmless
   */
  async publish(tenant: string, messages: readonly unknown[]): Promise<PublishedMessages> {
    const now = this.clock.now();
    const rejected: { index: number; code: string; message: string }[] = [];
    const outgoing: OutgoingMessage[] = [];
    messages.forEach((value, index) => {
      const checked = checkMessage(value, now);
      if (checked.kind === 'faulty') rejected.push({ index, ...checked.reason });
      else {
        const { message } = checked;
        const event = erpEvent(tenant, message, entryOf(tenant, message).commandId, now);
        outgoing.push({ key: topicKey(tenant, message.sku), value: JSON.stringify(event) });
      }
    });
    if (outgoing.length > 0) await this.bus.publish(TOPICS.erpStock.name, outgoing);
    return { accepted: outgoing.length, rejected };
  }
}
