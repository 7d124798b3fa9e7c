import { EventStoreUnavailable } from '@holdfast/event-store';
import type { HeldLine, ShortLine } from '@holdfast/inventory';
import type { CommandContext } from '@holdfast/ledger';
import { pauseOn, uuidOf } from '@holdfast/kit';
import { FOLLOW_FIRST_PAUSE_MS, FOLLOW_MOST_PAUSE_MS, MAX_TRIES, patienceMs } from '../../limits.js';
import { orderReservationId } from '../../reservations/reservation-id.js';
import type { OrderEnvironment, OrderRequest } from '../environment.js';
import type { OrderRef } from '../order-ref.js';
import { FirstTry, OrderRejected } from './first-try.js';
import { Holding } from './holding.js';
import { releaseHolds } from '../release-holds.js';
import { heldLines, heldSkus } from './line-answers.js';
import { sourceWish } from './one-location.js';
import { UNHEARD_OF, type KnownOrder, type OrderStep } from '../order-streams.js';
import { isRetryable, shortLines } from './retryable-refusal.js';
import { startOf } from './start-of.js';

export interface ReservedOrder {
  readonly ref: OrderRef;
  readonly order: KnownOrder;
}

/**
 * Holds all lines of an order, or none. Each try has a stream of its own, whose id is derived from the id of the command, so that a repeat
 * of the request finds its outcome. Any process may drive the first try (`FirstTry`). A further try has one driver, the process that
 * appended its first event; no other process places a hold for it.
 */
export class Reserving {
  private readonly firstTry: FirstTry;

  constructor(private readonly env: OrderEnvironment) {
    this.firstTry = new FirstTry(env);
  }

  /**
   * @throws LedgerBusy when a SKU's queue is full: nothing is held, the same request may be sent again
   * @throws EventStoreUnavailable when the outcome is unknown: the same request may be sent again
   */
  async reserve(request: OrderRequest): Promise<ReservedOrder> {
    const first = this.tryOf(request, 1);
    const concluded = await this.firstTry.drive(first, request);
    if (!isToBeTriedAgain(concluded)) return { ref: first, order: concluded };
    let driven = 1;
    for (let number = 2; driven < MAX_TRIES; number += 1) {
      const ref = this.tryOf(request, number);
      const started = await this.start(ref, request);
      if (started.changed) driven += 1;
      const order = started.changed ? await this.drive(ref, started.order, request) : await this.follow(ref, started.order);
      if (!isToBeTriedAgain(order)) return { ref, order };
    }
    throw new EventStoreUnavailable('every try to hold the order took so long that it was taken for dead');
  }

  /** Ends a first try that no process concluded. Only the SKUs that hold units for it are known. @throws as `reserve` */
  disown(ref: OrderRef, skus: readonly string[]): Promise<KnownOrder> {
    return this.firstTry.disown(ref, skus);
  }

  private tryOf({ tenant, commandId }: OrderRequest, number: number): OrderRef {
    return { tenant, reservationId: orderReservationId(uuidOf(`${commandId}|try|${number}`)) };
  }

  private async start(ref: OrderRef, request: OrderRequest): Promise<OrderStep & { kind: 'accepted' }> {
    const started = await this.env.streams.execute(ref, startOf(this.env, ref, request), UNHEARD_OF, request.context);
    if (started.kind === 'refused') throw new OrderRejected(started.code, started.details);
    return started;
  }

  private async drive(ref: OrderRef, started: KnownOrder, request: OrderRequest): Promise<KnownOrder> {
    const { context } = request;
    const wish = await sourceWish(this.env, request);
    const holding = new Holding(this.env, ref, started.state, wish, context);
    const answers = await (started.state.partial ? holding.atOnce() : holding.inTurn());
    const held = heldLines(answers, started.state.partial);
    if (held !== undefined) return this.hold(ref, started, held, context);

    await releaseHolds(this.env, ref, heldSkus(answers), context);
    const refused = await this.refuse(ref, started, shortLines(answers, false), context);
    const busy = answers.find((answer) => answer.kind === 'busy');
    if (busy?.kind === 'busy' && isRetryable(refused.state.short)) throw busy.error;
    return refused;
  }

  private async hold(ref: OrderRef, started: KnownOrder, lines: readonly HeldLine[], context: CommandContext): Promise<KnownOrder> {
    const command = { type: 'HoldOrder', at: this.env.clock.now(), commandId: uuidOf(`${ref.reservationId}|hold`), lines } as const;
    const step = await this.env.streams.execute(ref, command, started, context);
    // Another process ended the try because this one took too long. Only this process knows the holds that it placed since.
    if (step.kind === 'refused')
      await releaseHolds(
        this.env,
        ref,
        lines.map(({ sku }) => sku),
        context,
      );
    return step.order;
  }

  private async refuse(ref: OrderRef, order: KnownOrder, lines: readonly ShortLine[], context: CommandContext): Promise<KnownOrder> {
    const command = { type: 'RefuseOrder', at: this.env.clock.now(), commandId: uuidOf(`${ref.reservationId}|refuse`), lines } as const;
    return (await this.env.streams.execute(ref, command, order, context)).order;
  }

  /** Waits for the driver of the try. After `patienceMs` without an outcome the driver counts as dead, and the try is ended. */
  private async follow(ref: OrderRef, known: KnownOrder): Promise<KnownOrder> {
    let order = known;
    let pauseMs = FOLLOW_FIRST_PAUSE_MS;
    while (order.state.phase === 'started') {
      if (this.env.clock.now() >= order.state.phaseSince + patienceMs(order.state.ttlMs)) return this.interrupt(ref, order);
      await pauseOn(this.env.timers, pauseMs);
      pauseMs = Math.min(FOLLOW_MOST_PAUSE_MS, pauseMs * 2);
      order = await this.env.streams.load(ref);
    }
    return order;
  }

  /**
   * Ends a try whose driver stopped. It appends the refusal first, so that the driver, if it still runs, cannot conclude the try; then it
   * releases the holds. The watch finds a hold that is placed later still.
   */
  async interrupt(ref: OrderRef, order: KnownOrder): Promise<KnownOrder> {
    const lines = order.state.lines.map(({ sku, requested }) => ({ sku, requested, available: 0, code: 'interrupted' }));
    const ended = await this.refuse(ref, order, lines, {});
    if (ended.state.phase === 'refused')
      await releaseHolds(
        this.env,
        ref,
        lines.map(({ sku }) => sku),
        {},
      );
    return ended;
  }
}

/** Whether a further try may succeed at once. */
const isToBeTriedAgain = ({ state }: KnownOrder): boolean => state.phase === 'refused' && isRetryable(state.short);
