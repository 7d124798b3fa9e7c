import { EventStoreUnavailable } from '@holdfast/event-store';
import type { HeldLine, ShortLine } from '@holdfast/inventory';
import type { CommandContext } from '@holdfast/ledger';
import { uuidOf } from '@holdfast/platform';
import { FOLLOW_FIRST_PAUSE_MS, FOLLOW_MOST_PAUSE_MS, MAX_TRIES, patienceMs } from '../limits.js';
import { isLimitCode } from '../reservations/limit-refusals.js';
import { orderReservationId } from '../reservations/reservation-id.js';
import { pause } from '../time/timers.js';
import type { OrderEnvironment, OrderRef, OrderRequest } from './environment.js';
import { Holding, type LineAnswer } from './holding.js';
import { letGo } from './letting-go.js';
import { sourceWish } from './one-location.js';
import { UNHEARD_OF, type KnownOrder, type OrderStep } from './order-streams.js';
import { isPassing, shortLines } from './passing.js';

export interface ReservedOrder {
  readonly ref: OrderRef;
  readonly order: KnownOrder;
}

/**
 * Holds all lines of an order, or none. Each try has a stream of its own, whose id follows from the command's, so that a repeat of the
 * request finds what became of it. A try has one driver: whoever appended its first event; nobody else ever places a hold for it.
 */
export class Reserving {
  constructor(private readonly env: OrderEnvironment) {}

  /**
   * @throws LedgerBusy when a SKU's queue is full: nothing is held, the same request may be sent again
   * @throws EventStoreUnavailable when the outcome is unknown: the same request may be sent again
   */
  async reserve(request: OrderRequest): Promise<ReservedOrder> {
    let driven = 0;
    for (let number = 1; driven < MAX_TRIES; number += 1) {
      const reservationId = orderReservationId(uuidOf(`${request.commandId}|try|${number}`));
      const ref = { tenant: request.tenant, reservationId };
      const started = await this.start(ref, request);
      if (started.changed) driven += 1;
      const order = started.changed ? await this.drive(ref, started.order, number, request) : await this.follow(ref, started.order);
      if (order.state.phase !== 'refused' || !isPassing(order.state.short)) return { ref, order };
    }
    throw new EventStoreUnavailable('every try to hold the order took so long that it was taken for dead');
  }

  private async start(ref: OrderRef, request: OrderRequest): Promise<OrderStep & { kind: 'accepted' }> {
    const { lines, orderId, ttlMs, partial, channelId, locationId, requestHash, context } = request;
    const started = await this.env.streams.execute(
      ref,
      {
        type: 'StartOrder',
        at: this.env.clock.now(),
        // Not derived from the request: two processes that serve repeats of it must not both believe that they started it.
        commandId: this.env.newId(),
        reservationId: ref.reservationId,
        orderId,
        lines,
        ttlMs,
        partial,
        requestHash,
        ...(channelId === undefined ? {} : { channelId }),
        ...(locationId === undefined ? {} : { locationId }),
      },
      UNHEARD_OF,
      context,
    );
    if (started.kind === 'refused') throw new OrderRejected(started.code, started.details);
    return started;
  }

  private async drive(ref: OrderRef, started: KnownOrder, number: number, request: OrderRequest): Promise<KnownOrder> {
    const { context } = request;
    const wish = await sourceWish(this.env, request);
    const holding = new Holding(this.env, ref, started.state, wish, context);
    const answers = await (number === 1 || started.state.partial ? holding.atOnce() : holding.inTurn());
    const held = heldLines(answers, started.state.partial);
    if (held !== undefined) return this.hold(ref, started, held, context);

    await letGo(this.env, ref, skusOf(answers, 'held'), context);
    const refused = await this.refuse(ref, started, shortLines(answers, number === 1), context);
    const busy = answers.find((answer) => answer.kind === 'busy');
    if (busy?.kind === 'busy' && isPassing(refused.state.short)) throw busy.error;
    return refused;
  }

  private async hold(ref: OrderRef, started: KnownOrder, lines: readonly HeldLine[], context: CommandContext): Promise<KnownOrder> {
    const command = { type: 'HoldOrder', at: this.env.clock.now(), commandId: uuidOf(`${ref.reservationId}|hold`), lines } as const;
    const step = await this.env.streams.execute(ref, command, started, context);
    // Somebody thought us dead and ended the order; nobody but us knows of holds placed since.
    if (step.kind === 'refused')
      await letGo(
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

  /** Waits for whoever is at it; who shows no sign of life for long is taken for dead, and the try is ended. */
  private async follow(ref: OrderRef, known: KnownOrder): Promise<KnownOrder> {
    let order = known;
    let pauseMs = FOLLOW_FIRST_PAUSE_MS;
    while (order.state.phase === 'started') {
      if (this.env.clock.now() >= order.state.phaseSince + patienceMs(order.state.ttlMs)) return this.interrupt(ref, order);
      await pause(this.env.timers, pauseMs);
      pauseMs = Math.min(FOLLOW_MOST_PAUSE_MS, pauseMs * 2);
      order = await this.env.streams.load(ref);
    }
    return order;
  }

  /**
   * Ends a try that its driver left. First the event, so that the driver, should it live, cannot conclude the try any more; then the holds.
   * A hold that is placed even later is found by the watch.
   */
  async interrupt(ref: OrderRef, order: KnownOrder): Promise<KnownOrder> {
    const lines = order.state.lines.map(({ sku, requested }) => ({ sku, requested, available: 0, code: 'interrupted' }));
    const ended = await this.refuse(ref, order, lines, {});
    if (ended.state.phase === 'refused')
      await letGo(
        this.env,
        ref,
        lines.map(({ sku }) => sku),
        {},
      );
    return ended;
  }
}

/** The request can never be served as it stands. */
export class OrderRejected extends Error {
  constructor(
    readonly code: string,
    readonly details: Readonly<Record<string, unknown>>,
  ) {
    super(`order rejected: ${code}`);
    this.name = 'OrderRejected';
  }
}

/** The lines to hold; undefined where the order must be refused. With `partial`, one unit of one line is enough. */
function heldLines(answers: readonly LineAnswer[], partial: boolean): readonly HeldLine[] | undefined {
  const lines: HeldLine[] = [];
  for (const answer of answers) {
    if (answer.kind === 'held') lines.push(answer.line);
    else if (partial && answer.kind === 'short' && isForWantOfUnits(answer.line)) lines.push({ ...answer.line, takes: [] });
    else return undefined;
  }
  return lines.some(({ takes }) => takes.length > 0) ? lines : undefined;
}

/** Nothing could be had of it, by stock or by a limit; with `partial` the order goes on without it. */
const isForWantOfUnits = ({ code }: ShortLine): boolean => code === undefined || isLimitCode(code);

const skusOf = (answers: readonly LineAnswer[], kind: LineAnswer['kind']): readonly string[] =>
  answers.filter((answer) => answer.kind === kind).map(({ line }) => line.sku);
