import { randomUUID } from 'node:crypto';
import { TOPICS, type AlertMessage } from '@holdfast/contracts';
import type { SkuCommand } from '@holdfast/inventory';
import type { ChannelEvent } from '../../src/providers/inbound.js';
import { ConnectorUnderTest, type Answer } from '../connector.js';
import { FakeVendor } from '../fake-vendor.js';
import { eventually } from '../scripted-receiver.js';

export interface OrderView {
  readonly orderId: string;
  readonly status: string;
  readonly lines: readonly {
    readonly status: string;
    readonly says: string | null;
    readonly uncovered: number;
    readonly takenFrom: readonly { readonly locationId: string; readonly quantity: number }[];
  }[];
}

const OPEN = `
  SELECT (SELECT count(*) FROM channels.inbox WHERE due_at IS NOT NULL)
       + (SELECT count(*) FROM channels.channel_order WHERE due_at IS NOT NULL) AS open`;

/** An order of one line, `L1`, of the listing of a SKU. */
export const ordered = (
  orderId: string,
  sku: string,
  quantity: number,
  { remoteId = null, at = Date.now() - 3_000 }: { readonly remoteId?: string | null; readonly at?: number } = {},
): ChannelEvent => ({
  kind: 'order',
  orderId,
  at,
  lines: [{ lineId: 'L1', listingId: `listing ${sku}`, quantity, remoteId }],
});

export const cancelled = (orderId: string, cancelId = 'all'): ChannelEvent => ({
  kind: 'cancel',
  orderId,
  cancelId,
  at: Date.now(),
  lines: null,
});

export const refunded = (orderId: string, refundId: string, quantity: number, restock = true): ChannelEvent => ({
  kind: 'refund',
  orderId,
  refundId,
  at: Date.now() - 1_000,
  lines: [{ lineId: 'L1', quantity, restock }],
});

/** A channel `shop` with the locations BER and HAM, whose vendor says what the spec has it say. */
export class OrdersRig {
  private messages = 0;

  private constructor(
    readonly vendor: FakeVendor,
    readonly connector: ConnectorUnderTest,
  ) {}

  static async start(): Promise<OrdersRig> {
    const vendor = new FakeVendor();
    const connector = await ConnectorUnderTest.start({ kinds: [vendor.provider], timings: { channelPollMs: 100 } });
    await connector.location('BER');
    await connector.location('HAM');
    await connector.put('/sales-channel/channels/shop', {
      provider: 'fake',
      credentials: { secret: 'word' },
      locations: [
        { locationId: 'BER', remoteId: 'r-ber' },
        { locationId: 'HAM', remoteId: 'r-ham' },
      ],
    });
    return new OrdersRig(vendor, connector);
  }

  stop(): Promise<void> {
    return this.connector.stop();
  }

  map(sku: string): Promise<Answer> {
    return this.connector.put('/sales-channel/channels/shop/mappings', { mappings: [{ sku, listingId: `listing ${sku}` }] });
  }

  async send(events: readonly ChannelEvent[], message?: string): Promise<void> {
    this.messages += 1;
    const headers = { 'x-signature': 'word', 'x-message': message ?? `m${String(this.messages)}` };
    const answer = await this.connector.hook('shop', JSON.stringify(events), headers);
    if (answer.status !== 200) throw new Error(`the hook answered ${String(answer.status)}`);
  }

  async onHand(sku: string, locationId = 'BER'): Promise<number | undefined> {
    return (await this.connector.runtime.ledger.read({ tenant: 'demo', sku })).state.balances.get(locationId)?.onHand;
  }

  async find(orderId: string, tenant = 'demo'): Promise<OrderView | undefined> {
    const { body } = await this.connector.get('/sales-channel/orders?channelId=shop&limit=100', { tenant });
    return (body['orders'] as readonly OrderView[]).find((order) => order.orderId === orderId);
  }

  /** All messages have taken effect, and all orders are worked on. */
  async settled(): Promise<void> {
    await eventually(async () => (await this.connector.runtime.database.pool.query<{ open: string }>(OPEN)).rows[0]?.open === '0');
  }

  async execute(sku: string, command: Record<string, unknown>): Promise<void> {
    const whole = { at: Date.now(), commandId: randomUUID(), ...command } as unknown as SkuCommand;
    const outcome = await this.connector.runtime.ledger.execute({ tenant: 'demo', sku }, whole);
    if (outcome.kind !== 'accepted') throw new Error(`${outcome.code}: ${JSON.stringify(outcome.details)}`);
  }

  /** Alerts from the beginning of the topic on, as they come. */
  async alerts(): Promise<{ readonly told: readonly AlertMessage['data'][]; readonly stop: () => Promise<void> }> {
    const told: AlertMessage['data'][] = [];
    const subscription = await this.connector.runtime.bus.consume({
      group: randomUUID(),
      topics: [TOPICS.alerts.name],
      onBatch: (batch) => {
        told.push(...batch.messages.map(({ value }) => (JSON.parse(value ?? '{}') as AlertMessage).data));
        return Promise.resolve();
      },
    });
    return { told, stop: () => subscription.stop() };
  }
}
