import { STREAMS } from '@holdfast/contracts';
import { EventStoreUnavailable, NO_STREAM, START, type EventStore, type NewEvent, type Position } from '@holdfast/event-store';
import { decideOrder, evolveOrder, initialOrderState, type OrderCommand, type OrderState } from '@holdfast/inventory';
import { eventId, type CommandContext } from '@holdfast/ledger';
import type { OrderRef } from './order-ref.js';

const streamOf = ({ tenant, reservationId }: OrderRef): string => STREAMS.order.streamOf(tenant, reservationId);

/** An order as of a revision of its stream. */
export interface KnownOrder {
  readonly state: OrderState;
  readonly revision: number;
  readonly position: Position;
}

export const UNHEARD_OF: KnownOrder = { state: initialOrderState(), revision: NO_STREAM, position: START };

export type OrderStep =
  | { readonly kind: 'accepted'; readonly order: KnownOrder; /** Whether this very call appended something. */ readonly changed: boolean }
  | {
      readonly kind: 'refused';
      readonly order: KnownOrder;
      readonly code: string;
      readonly details: Readonly<Record<string, unknown>>;
      /** Every line that was refused, where each is judged by itself. */
      readonly lines?: readonly Readonly<Record<string, unknown>>[];
    };

/** A conflict comes from another process that changes the same order. More than two or three are not expected. */
const MAX_ATTEMPTS = 10;

/** Decides the steps of orders and appends them to the order's stream. Streams are short, so nothing is cached. */
export class OrderStreams {
  constructor(private readonly store: EventStore) {}

  /** @throws EventStoreUnavailable */
  async load(ref: OrderRef): Promise<KnownOrder> {
    return this.catchUp(ref, UNHEARD_OF);
  }

  /** The order as it was at that revision. @throws EventStoreUnavailable */
  async asOf(ref: OrderRef, revision: number): Promise<KnownOrder> {
    return this.catchUp(ref, UNHEARD_OF, revision + 1);
  }

  /**
   * @param known the order as the caller knows it; when it is outdated, the step is decided again on the newest state
   * @throws EventStoreUnavailable when the outcome is unknown; the same command may be sent again
   */
  execute(ref: OrderRef, command: OrderCommand, known: KnownOrder, context: CommandContext = {}): Promise<OrderStep> {
    return this.executeAll(ref, [command], known, context);
  }

  /** As `execute`, for steps that follow each other: all in one append, or none where one is refused. */
  async executeAll(ref: OrderRef, commands: readonly OrderCommand[], known: KnownOrder, context: CommandContext = {}): Promise<OrderStep> {
    const stream = streamOf(ref);
    let order = known;
    for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt += 1) {
      let { state } = order;
      const events: NewEvent[] = [];
      for (const command of commands) {
        const decision = decideOrder(state, command);
        if (decision.kind === 'refused') return { ...decision, order };
        const metadata = { ...context, tenant: ref.tenant, at: command.at, commandId: command.commandId };
        for (const [index, event] of decision.events.entries()) {
          events.push({ id: eventId(stream, command, index), ...STREAMS.order.encode(event), metadata });
          state = evolveOrder(state, event, command.at);
        }
      }
      if (events.length === 0) return { kind: 'accepted', order, changed: false };
      const result = await this.store.append(stream, order.revision, events);
      if (result.kind === 'appended') {
        return { kind: 'accepted', order: { state, revision: result.revision, position: result.position }, changed: true };
      }
      order = await this.catchUp(ref, order);
    }
    throw new EventStoreUnavailable(`order ${ref.reservationId} changed too often to be decided on`);
  }

  private async catchUp(ref: OrderRef, known: KnownOrder, limit?: number): Promise<KnownOrder> {
    const events = await this.store.readStream(streamOf(ref), { from: known.revision + 1, ...(limit === undefined ? {} : { limit }) });
    return events.reduce(
      (order, event) => ({
        state: evolveOrder(order.state, STREAMS.order.decode(event), event.metadata.at),
        revision: event.revision,
        position: event.position,
      }),
      known,
    );
  }
}
