import { EventStoreUnavailable } from '@holdfast/event-store';
import type { HeldLine, ShortLine } from '@holdfast/inventory';
import type { CommandContext } from '@holdfast/ledger';
import { uuidOf } from '@holdfast/kit';
import { MAX_TRIES } from '../../limits.js';
import { orderReservationId } from '@holdfast/contracts';
import type { OrderEnvironment, OrderRequest } from '../environment.js';
import type { OrderRef } from '../order-ref.js';
import { FirstTry, OrderRejected } from './first-try.js';
import { Following } from './following.js';
import { Holding } from './holding.js';
import { withSigns } from './signs-of-life.js';
import { releaseHolds } from '../release-holds.js';
import { heldLines, heldSkus, unlessLate } from './line-answers.js';
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
  private readonly following: Following;

  constructor(private readonly env: OrderEnvironment) {
    this.following = new Following(env);
    this.firstTry = new FirstTry(env, this.following);
  }

  /**
   * @throws LedgerBusy when a SKU's queue is full: nothing is held, the same request may be sent again
   * @throws EventStoreUnavailable when the outcome is unknown: the same request may be sent again
   */
  async reserve(request: OrderRequest): Promise<ReservedOrder> {
    const requestedAt = this.env.clock.now();
    const first = this.tryOf(request, 1);
    const concluded = await this.firstTry.drive(first, request);
    if (!isToBeTriedAgain(concluded)) return { ref: first, order: concluded };
    let driven = 1;
    for (let number = 2; driven < MAX_TRIES; number += 1) {
      const ref = this.tryOf(request, number);
      const started = await this.start(ref, request);
      if (started.changed) driven += 1;
      const order = started.changed
        ? await this.drive(ref, started.order, request, requestedAt)
        : await this.following.outcome(ref, started.order);
      if (!isToBeTriedAgain(order)) return { ref, order };
    }
    throw new EventStoreUnavailable('every try to hold the order was ended by another process, as its driver showed no sign of life');
  }

  /** Ends a first try that no process concluded. Only the SKUs that hold units for it are known. @throws as `reserve` */
  disown(ref: OrderRef, skus: readonly string[]): Promise<KnownOrder> {
    return this.firstTry.disown(ref, skus);
  }

  /** Ends a try whose driver stopped. @throws as `reserve` */
  interrupt(ref: OrderRef, order: KnownOrder): Promise<KnownOrder> {
    return this.following.interrupt(ref, order);
  }

  private tryOf({ tenant, commandId }: OrderRequest, number: number): OrderRef {
    return { tenant, reservationId: orderReservationId(uuidOf(`${commandId}|try|${number}`)) };
  }

  private async start(ref: OrderRef, request: OrderRequest): Promise<OrderStep & { kind: 'accepted' }> {
    const started = await this.env.streams.execute(ref, startOf(this.env, ref, request), UNHEARD_OF, request.context);
    if (started.kind === 'refused') throw new OrderRejected(started.code, started.details);
    return started;
  }

  private async drive(ref: OrderRef, started: KnownOrder, request: OrderRequest, requestedAt: number): Promise<KnownOrder> {
    const { context } = request;
    const asked = started.state;
    const {
      result: given,
      known,
      isLost,
    } = await withSigns(this.env, { ref, asked, known: started, context }, async (lost) => {
      const wish = await sourceWish(this.env, request);
      const holding = new Holding(this.env, ref, asked, wish, context, lost, requestedAt);
      return asked.partial ? holding.atOnce() : holding.inTurn();
    });
    if (isLost) {
      // Another process took this one for dead. Only this process knows the holds that it placed since.
      const ended = await this.following.outcome(ref, known);
      await releaseHolds(this.env, ref, heldSkus(given), context);
      return ended;
    }
    const answers = unlessLate(given, asked, this.env.clock.now());
    const held = heldLines(answers, asked.partial);
    if (held !== undefined) return this.hold(ref, known, held, context);

    const refused = await this.refuse(ref, known, shortLines(answers, false), context);
    await releaseHolds(this.env, ref, heldSkus(given), context);
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
}

/** Whether a further try may succeed at once. */
const isToBeTriedAgain = ({ state }: KnownOrder): boolean => state.phase === 'refused' && isRetryable(state.short);
