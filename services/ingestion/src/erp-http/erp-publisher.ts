import { TOPICS } from '@holdfast/contracts';
import type { Bus, OutgoingMessage } from '@holdfast/messaging';
import { type Clock, inSlices } from '@holdfast/kit';
import { publishInPortions } from '../lines/in-portions.js';
import type { TenantRouting } from '../routing/routing.js';
import type { RoutingCache } from '../routing/routing-cache.js';
import { checkMessage, connected } from './check-message.js';
import { outgoingMessage } from './erp-event.js';
import type { PublishedMessages } from './erp-message.dto.js';

interface Checked extends Pick<PublishedMessages, 'rejected'> {
  readonly outgoing: readonly OutgoingMessage[];
}

/** Puts ERP messages that came over HTTP onto the topic. */
export class ErpPublisher {
  constructor(
    private readonly bus: Pick<Bus, 'publish'>,
    private readonly routing: Pick<RoutingCache, 'current'>,
    private readonly clock: Clock,
  ) {}

  /**
   * Resolves once the valid ones are stored durably; after a failure some of them may be. One whose warehouse is not mapped is valid: it waits until it is.
   * @throws BusUnavailable; sending them again is harmless
   */
  async publish(tenant: string, messages: readonly unknown[]): Promise<PublishedMessages> {
    const routing = await this.routing.current(tenant);
    const { outgoing, rejected } = await inSlices(this.check(tenant, messages, routing));
    await publishInPortions(this.bus, TOPICS.erpStock.name, outgoing);
    return { accepted: outgoing.length, rejected };
  }

  private *check(tenant: string, messages: readonly unknown[], routing: TenantRouting): Generator<undefined, Checked> {
    const now = this.clock.now();
    const rejected: { index: number; code: string; message: string }[] = [];
    const outgoing: OutgoingMessage[] = [];
    for (const [index, value] of messages.entries()) {
      yield;
      const checked = connected(checkMessage(value, now), routing);
      if (checked.kind === 'faulty') rejected.push({ index, ...checked.reason });
      else outgoing.push(outgoingMessage(tenant, checked.message, now));
    }
    return { outgoing, rejected };
  }
}
