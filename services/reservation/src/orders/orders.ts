import type { OrderCommand, OrderLine } from '@holdfast/inventory';
import type { CommandContext } from '@holdfast/ledger';
import { patienceMs } from '../limits.js';
import { uuidOf } from '@holdfast/kit';
import { Committing, type CommitWish } from './committing.js';
import { Ending } from './ending.js';
import type { OrderEnvironment, OrderRequest, OrderWish } from './environment.js';
import type { OrderRef } from './order-ref.js';
import { Extending } from './extending.js';
import { InFlight } from './in-flight.js';
import type { KnownOrder, OrderStep } from './order-streams.js';
import { Reserving, type ReservedOrder } from './placing/reserving.js';

const EXPIRED = { kind: 'refused', code: 'reservation_expired', details: { state: 'expired' } } as const;

/**
 * Orders over several SKUs. Each request is decided in the order's stream before any SKU is changed, and then carried out. A process that
 * finds a decision which was not carried out carries it out first, so after a crash at any step any process can finish the order.
 */
export class Orders {
  private readonly inFlight = new InFlight();
  private readonly reserving: Reserving;
  private readonly committing: Committing;
  private readonly ending: Ending;
  private readonly extending: Extending;

  constructor(private readonly env: OrderEnvironment) {
    this.reserving = new Reserving(env);
    this.committing = new Committing(env);
    this.ending = new Ending(env);
    this.extending = new Extending(env);
  }

  /** @throws as `Reserving.reserve` */
  reserve(request: OrderRequest): Promise<ReservedOrder> {
    return this.inFlight.after(`${request.tenant}|${request.commandId}`, () => this.reserving.reserve(request));
  }

  find(ref: OrderRef): Promise<KnownOrder> {
    return this.env.streams.load(ref);
  }

  /** Commits all that is held, or the lines named. @throws EventStoreUnavailable, LedgerBusy */
  commit(wish: OrderWish, asked: CommitWish = {}): Promise<OrderStep> {
    return this.carryOut(wish, { type: 'StartOrderCommit', at: this.env.clock.now(), commandId: wish.commandId, ...asked });
  }

  /** Lets all go that is held, or the lines named. @throws EventStoreUnavailable, LedgerBusy */
  release(wish: OrderWish, lines?: readonly OrderLine[]): Promise<OrderStep> {
    const command = { at: this.env.clock.now(), commandId: wish.commandId };
    return this.carryOut(
      wish,
      lines === undefined ? { type: 'StartOrderRelease', ...command } : { type: 'StartOrderReduction', ...command, lines },
    );
  }

  /** @throws EventStoreUnavailable, LedgerBusy */
  extend(wish: OrderWish, ttlMs: number): Promise<OrderStep> {
    return this.alone(wish.ref, async () => {
      const order = await this.settled(wish.ref, wish.context);
      if (order.state.phase !== 'held' || this.env.clock.now() >= order.state.expiresAt) {
        const refusal = { type: 'ExtendOrder', at: this.env.clock.now(), commandId: wish.commandId, expiresAt: 0 } as const;
        return this.env.streams.execute(wish.ref, refusal, order);
      }
      const step = await this.extending.extend(wish.ref, order, ttlMs, wish.commandId, wish.context);
      if (step !== 'lost') return step;
      // One hold has expired, so the order cannot be fulfilled any more: the others are expired, too.
      return { ...EXPIRED, order: await this.breakOff(wish, order) };
    });
  }

  /**
   * The watch calls it: carries out decisions that a crash left undone, and expires overdue orders.
   * @param holding SKUs that hold something for it
   * @throws EventStoreUnavailable, LedgerBusy
   */
  advance(ref: OrderRef, holding: readonly string[] = []): Promise<KnownOrder> {
    return this.alone(ref, async () => {
      const order = await this.env.streams.load(ref);
      if (order.state.phase === 'none') return this.reserving.disown(ref, holding);
      const { phase, aliveAt, ttlMs, expiresAt } = order.state;
      const now = this.env.clock.now();
      if (phase === 'started') return now >= aliveAt + patienceMs(ttlMs) ? this.reserving.interrupt(ref, order) : order;
      if (phase !== 'held') return this.finish(ref, order, {});
      // The id names the time that has come, as an extension may have come first and another expiry later.
      const commandId = uuidOf(`${ref.reservationId}|expire|${expiresAt}`);
      const step = await this.env.streams.execute(ref, { type: 'StartOrderExpiry', at: now, commandId }, order);
      return this.finish(ref, step.order, {});
    });
  }

  /** Resolves when no order is being worked on. */
  idle(): Promise<void> {
    return this.inFlight.idle();
  }

  private alone<T>(ref: OrderRef, work: () => Promise<T>): Promise<T> {
    return this.inFlight.after(`${ref.tenant}|${ref.reservationId}`, work);
  }

  private carryOut({ ref, context }: OrderWish, command: OrderCommand): Promise<OrderStep> {
    return this.alone(ref, async () => {
      const before = await this.settled(ref, context);
      const isCommit = command.type === 'StartOrderCommit';
      const unfit = isCommit ? await this.committing.unfitStock(ref, before, command.commandId, command) : undefined;
      if (unfit !== undefined) return { ...unfit, order: before };
      const step = await this.env.streams.execute(ref, command, before, context);
      if (step.kind === 'refused') return step;
      const order = await this.finish(ref, step.order, context);
      // The commit that was decided on came too late for one of its holds.
      return order.state.phase === 'expired' ? { ...EXPIRED, order } : { ...step, order };
    });
  }

  /** Returns the order after carrying out a decision that was left undone. */
  private async settled(ref: OrderRef, context: CommandContext): Promise<KnownOrder> {
    return this.finish(ref, await this.env.streams.load(ref), context);
  }

  private async finish(ref: OrderRef, order: KnownOrder, context: CommandContext): Promise<KnownOrder> {
    switch (order.state.phase) {
      case 'committing':
        return order.state.running === undefined ? order : this.committing.finish(ref, order, order.state.running, context);
      case 'releasing': {
        const { reduction } = order.state;
        return reduction === undefined
          ? this.ending.finishRelease(ref, order, context)
          : this.ending.finishReduction(ref, order, reduction, context);
      }
      case 'expiring':
        return this.ending.finishExpiry(ref, order);
      default:
        return order;
    }
  }

  private async breakOff({ ref, commandId, context }: OrderWish, order: KnownOrder): Promise<KnownOrder> {
    const at = Math.max(this.env.clock.now(), order.state.expiresAt);
    const step = await this.env.streams.execute(ref, { type: 'StartOrderExpiry', at, commandId }, order, context);
    return this.finish(ref, step.order, context);
  }
}
