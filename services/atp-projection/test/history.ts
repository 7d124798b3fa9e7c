import { randomUUID } from 'node:crypto';
import type { EventStore } from '@holdfast/event-store';
import { NO_STREAM } from '@holdfast/event-store';

const AT = Date.UTC(2026, 2, 1, 12);

/** Writes events as decisions would have. */
export class History {
  private readonly revisions = new Map<string, number>();

  constructor(private readonly store: EventStore) {}

  async receive(sku: string, quantity: number, locationId = 'MAIN', tenant = 'acme'): Promise<string> {
    const messageId = randomUUID();
    const data = { locationId, quantity, effectiveAt: AT, messageId, acknowledgedUnits: 0, delta: quantity };
    await this.append(`stock-${tenant}.${sku}`, 'StockReceived.v1', data, tenant);
    return messageId;
  }

  async channel(channelId: string, policy: Readonly<Record<string, unknown>> = {}, tenant = 'acme'): Promise<void> {
    const all = { policyId: 'p1', bufferUnits: 0, bufferPercent: 0, lowThreshold: 10, criticalThreshold: 0, ...policy };
    await this.append(
      `channels-${tenant}`,
      'ChannelEnabled.v1',
      { channelId, name: channelId, channelType: 'webhook', policy: all },
      tenant,
    );
  }

  /** Describes a product with a name that Postgres cannot keep. */
  async describeWithNul(sku: string, tenant = 'acme'): Promise<void> {
    await this.append(`stock-${tenant}.${sku}`, 'ProductDescribed.v1', { verified: true, name: 'Tee\u0000' }, tenant);
  }

  private async append(stream: string, type: string, data: unknown, tenant: string): Promise<void> {
    const expected = this.revisions.get(stream) ?? NO_STREAM;
    const event = { id: randomUUID(), type, data, metadata: { tenant, at: AT, commandId: randomUUID() } };
    const result = await this.store.append(stream, expected, [event]);
    if (result.kind === 'conflict') throw new Error(`${stream} is at ${result.actual}`);
    this.revisions.set(stream, result.revision);
  }
}
