import { randomUUID } from 'node:crypto';
import { STREAMS, type DomainEvent, type StreamFamily } from '@holdfast/contracts';
import { MemoryEventStore, NO_STREAM } from '@holdfast/event-store';
import { decideSku, evolveSku, initialSkuState } from '@holdfast/inventory';
import type { ChannelPolicy, SkuCommand, SkuEvent, SkuState } from '@holdfast/inventory';
import { DEFAULT_POLICY } from '@holdfast/inventory';

const NOON = Date.UTC(2026, 2, 1, 12);

/** Records events in a store for a test, by commands where the domain decides. */
export class Story {
  readonly store = new MemoryEventStore({ now: () => this.now });
  now = NOON;
  private readonly revisions = new Map<string, number>();
  private readonly states = new Map<string, SkuState>();

  /** The state of a SKU by the domain's own rules. */
  sku(sku: string, tenant = 'acme'): SkuState {
    const key = `${tenant} ${sku}`;
    const state = this.states.get(key) ?? initialSkuState();
    this.states.set(key, state);
    return state;
  }

  /** Decides a command and records its events; a refusal records none. */
  async command(sku: string, command: SkuCommand, tenant = 'acme'): Promise<readonly SkuEvent[]> {
    const decision = decideSku(this.sku(sku, tenant), command);
    if (decision.kind === 'refused') return [];
    for (const event of decision.events) this.states.set(`${tenant} ${sku}`, evolveSku(this.sku(sku, tenant), event, command.at));
    await this.append(STREAMS.stock.streamOf(tenant, sku), decision.events, tenant, command.commandId);
    return decision.events;
  }

  async receive(sku: string, locationId: string, quantity: number, tenant = 'acme'): Promise<void> {
    const id = randomUUID();
    await this.command(
      sku,
      { type: 'ReceiveStock', at: this.now, commandId: id, locationId, quantity, effectiveAt: this.now, messageId: `message-${id}` },
      tenant,
    );
  }

  async reserve(sku: string, quantity: number, reservationId: string, tenant = 'acme'): Promise<void> {
    await this.command(
      sku,
      {
        type: 'PlaceReservation',
        at: this.now,
        commandId: randomUUID(),
        reservationId,
        orderId: `order of ${reservationId}`,
        quantity,
        ttlMs: 60_000,
        requestHash: 'hash',
        sources: [],
      },
      tenant,
    );
  }

  /** The most units that a reservation of the channel is granted, by the domain's own decision. */
  granted(sku: string, channelId: string): number {
    const decision = decideSku(this.sku(sku), {
      type: 'PlaceReservation',
      at: this.now,
      commandId: 'asked',
      reservationId: 'asked',
      orderId: 'asked',
      quantity: 1_000_000,
      partial: true,
      channelId,
      ttlMs: 60_000,
      requestHash: 'asked',
      sources: [],
    });
    const placed = decision.kind === 'refused' ? undefined : decision.events.find(({ type }) => type === 'ReservationPlaced');
    return placed?.type === 'ReservationPlaced' ? placed.takes.reduce((units, { quantity }) => units + quantity, 0) : 0;
  }

  async move(sku: string, fromLocationId: string, toLocationId: string, quantity: number): Promise<void> {
    const commandId = randomUUID();
    await this.command(sku, { type: 'MoveStock', at: this.now, commandId, reference: 'move', fromLocationId, toLocationId, quantity });
  }

  async channel(channelId: string, policy: Partial<ChannelPolicy> = {}, tenant = 'acme'): Promise<void> {
    const type = this.revisions.has(STREAMS.channels.streamOf(tenant)) ? 'ChannelChanged' : 'ChannelEnabled';
    await this.append(
      STREAMS.channels.streamOf(tenant),
      [{ type, channelId, name: `Channel ${channelId}`, channelType: 'webhook', policy: { ...DEFAULT_POLICY, ...policy } }],
      tenant,
    );
  }

  async append(stream: string, events: readonly DomainEvent[], tenant = 'acme', commandId: string = randomUUID()): Promise<void> {
    if (events.length === 0) return;
    const expected = this.revisions.get(stream) ?? NO_STREAM;
    const family = Object.values(STREAMS).find((each) => each.holds({ stream })) as StreamFamily<DomainEvent>;
    const stored = events.map((event) => ({
      id: randomUUID(),
      ...family.encode(event),
      metadata: { tenant, at: this.now, commandId },
    }));
    const result = await this.store.append(stream, expected, stored);
    if (result.kind === 'conflict') throw new Error(`${stream} is at ${result.actual}`);
    this.revisions.set(stream, result.revision);
  }
}
