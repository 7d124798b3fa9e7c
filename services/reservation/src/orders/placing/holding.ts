import type { ExplainedTake, HeldLine, OrderLine, OrderState, ShortLine, SkuState } from '@holdfast/inventory';
import { LedgerBusy, type CommandContext, type Outcome } from '@holdfast/ledger';
import { pauseOn, uuidOf } from '@holdfast/kit';
import {
  CONTENTION_FIRST_WAIT_MS,
  CONTENTION_MOST_WAIT_MS,
  CONTENTION_WAITS,
  MAX_HOLDS_LOOKED_AT,
  UNSETTLED_HOLD_MS,
} from '../../limits.js';
import { isOrderReservation } from '@holdfast/contracts';
import { shortLine } from '../../reservations/short-line.js';
import { atEachSku } from '../at-each-sku.js';
import type { OrderEnvironment } from '../environment.js';
import type { OrderRef } from '../order-ref.js';
import { releaseHolds } from '../release-holds.js';
import { late } from './late.js';
import type { SourceWish } from './one-location.js';

/** What one SKU answered. */
export type LineAnswer =
  | {
      readonly kind: 'held';
      readonly line: HeldLine;
      /** Of this hold, which a repeat may find placed earlier than it began itself. */
      readonly expiresAt: number;
    }
  | {
      readonly kind: 'short';
      readonly line: ShortLine;
      /** The SKU would have enough units without the holds of orders that are not concluded yet. */
      readonly contended: boolean;
    }
  | { readonly kind: 'busy'; readonly line: ShortLine; readonly error: LedgerBusy };

/** Places the holds of an order at its SKUs. */
export class Holding {
  constructor(
    private readonly env: OrderEnvironment,
    private readonly ref: OrderRef,
    private readonly order: OrderState,
    private readonly wish: SourceWish,
    private readonly context: CommandContext,
    /** Once aborted, no further SKU is asked, and the answers of those are missing. */
    private readonly stop: AbortSignal,
    /** When this process began with the first try of the request. */
    private readonly requestedAt: number,
  ) {}

  /** Asks the SKUs side by side. This is faster, but two orders of the same SKUs can block each other. */
  async atOnce(lines: readonly OrderLine[] = this.requested): Promise<readonly LineAnswer[]> {
    return atEachSku(this.env, lines, (line) => this.ask(line, 0), { ttlMs: this.order.ttlMs, signal: this.stop });
  }

  /**
   * Asks one SKU after the other in the order of their names, and waits shortly for holds of other orders. All orders that wait while they
   * hold units use the same order of SKUs, so one of them can always proceed.
   */
  async inTurn(): Promise<readonly LineAnswer[]> {
    const answers: LineAnswer[] = [];
    const lines = [...this.requested].sort((left, right) => (left.sku < right.sku ? -1 : 1));
    for (const [index, line] of lines.entries()) {
      if (this.stop.aborted) break;
      const answer = await this.askPatiently(line);
      answers.push(answer);
      if (answer.kind === 'held') continue;
      // The remaining SKUs are asked for their figures, which the refusal names; but not for long, as they would be held meanwhile.
      const isQuick = this.tookMs(this.env.clock.now()) < UNSETTLED_HOLD_MS;
      return isQuick ? [...answers, ...(await this.atOnce(lines.slice(index + 1)))] : answers;
    }
    return answers;
  }

  private get requested(): readonly OrderLine[] {
    return this.order.lines.map(({ sku, requested }) => ({ sku, quantity: requested }));
  }

  /** Where the store is slow, the other order takes long to release its holds, too: it is waited for as long as this one has taken so far. */
  private async askPatiently(line: OrderLine): Promise<LineAnswer> {
    const from = this.env.clock.now();
    const until = from + this.tookMs(from);
    let waitMs = CONTENTION_FIRST_WAIT_MS;
    for (let round = 1; ; round += 1) {
      const answer = await this.ask(line, round);
      if (answer.kind !== 'short' || !answer.contended) return answer;
      if (this.stop.aborted || (round > CONTENTION_WAITS && this.env.clock.now() >= until)) return answer;
      await pauseOn(this.env.timers, waitMs * (0.5 + this.env.random()));
      waitMs = Math.min(CONTENTION_MOST_WAIT_MS, waitMs * 1.5);
    }
  }

  private async ask(line: OrderLine, round: number): Promise<LineAnswer> {
    const at = this.env.clock.now();
    const { order, ref } = this;
    if (at >= order.expiresAt) return { kind: 'short', line: late(line), contended: false };
    try {
      const outcome = await this.env.ledger.execute(
        { tenant: ref.tenant, sku: line.sku },
        {
          type: 'PlaceReservation',
          at,
          commandId: uuidOf(`${ref.reservationId}|${line.sku}|place|${round}`),
          reservationId: ref.reservationId,
          orderId: order.orderId,
          quantity: line.quantity,
          ttlMs: order.expiresAt - at,
          requestHash: order.requestHash,
          ...this.wish,
          ...(order.locationId === undefined ? {} : { locationId: order.locationId }),
          ...(order.channelId === undefined ? {} : { channelId: order.channelId }),
          ...(order.partial ? { partial: true } : {}),
        },
        this.context,
      );
      return outcome.kind === 'refused' && outcome.code === 'order_held'
        ? await this.heldAlready(line, outcome)
        : this.read(line, outcome, at);
    } catch (error) {
      if (!(error instanceof LedgerBusy)) throw error;
      return { kind: 'busy', line: { sku: line.sku, requested: line.quantity, available: 0, code: error.code }, error };
    }
  }

  /**
   * Another reservation of the order holds units of the SKU. One that is not concluded may release them soon. A hold that an ended one left
   * behind is released here.
   */
  private async heldAlready(line: OrderLine, refusal: Extract<Outcome, { kind: 'refused' }>): Promise<LineAnswer> {
    const short = shortLine(line, refusal);
    const { reservationId } = short;
    if (reservationId === undefined || !isOrderReservation(reservationId)) return { kind: 'short', line: short, contended: false };
    const other = { tenant: this.ref.tenant, reservationId };
    const { phase } = (await this.env.streams.load(other)).state;
    const leftBehind = phase === 'refused' || phase === 'released' || phase === 'expired';
    if (leftBehind) await releaseHolds(this.env, other, [line.sku], {});
    return { kind: 'short', line: short, contended: leftBehind || phase === 'none' || phase === 'started' };
  }

  /** Another order may have taken as long as this one before it met it, and may be refused as well and release its holds. */
  private unsettledSince(at: number): number {
    return at - Math.max(UNSETTLED_HOLD_MS, 2 * (at - this.requestedAt));
  }

  private tookMs(at: number): number {
    return at - (this.order.expiresAt - this.order.ttlMs);
  }

  private read(line: OrderLine, outcome: Outcome, at: number): LineAnswer {
    const { sku, quantity: requested } = line;
    if (outcome.kind === 'accepted') {
      const placed = placedBy(outcome, this.ref.reservationId, at);
      if (placed !== undefined) return { kind: 'held', line: { sku, requested, takes: placed.takes }, expiresAt: placed.expiresAt };
      return { kind: 'short', line: { sku, requested, available: 0, code: 'reservation_ended' }, contended: false };
    }
    const short = shortLine(line, outcome);
    const missing = requested - short.available;
    const contended = short.code === undefined && missing > 0 && unsettledUnits(outcome.state, this.unsettledSince(at)) >= missing;
    return { kind: 'short', line: short, contended };
  }
}

function placedBy(
  { events, state }: Outcome & { kind: 'accepted' },
  reservationId: string,
  at: number,
): { readonly takes: readonly ExplainedTake[]; readonly expiresAt: number } | undefined {
  for (const event of events) if (event.type === 'ReservationPlaced' && event.reservationId === reservationId) return event;
  const known = state.reservations.get(reservationId);
  // Placed earlier for this try. A hold that is overdue cannot be used, even if its expiry is not stored yet.
  return known === undefined || known.expiresAt <= at ? undefined : { takes: known.placed, expiresAt: known.expiresAt };
}

/** Units that orders of several SKUs have taken so recently that they may release them again. */
function unsettledUnits(state: SkuState, since: number): number {
  if (state.reservations.size > MAX_HOLDS_LOOKED_AT) return 0;
  let units = 0;
  for (const hold of state.reservations.values()) {
    if (hold.placedAt <= since || !isOrderReservation(hold.reservationId)) continue;
    for (const { quantity } of hold.takes) units += quantity;
  }
  return units;
}
