import {
  decideOrder,
  evolveOrder,
  initialOrderState,
  isOrderTerminal,
  type OrderCommand,
  type OrderState,
  type ShortLine,
  type StartOrder,
} from '@holdfast/inventory';
import { uuidOf } from '@holdfast/kit';
import { atEachSku } from '../at-each-sku.js';
import type { OrderEnvironment, OrderRequest } from '../environment.js';
import type { OrderRef } from '../order-ref.js';
import { Holding, type LineAnswer } from './holding.js';
import { releaseHolds } from '../release-holds.js';
import { heldLines, heldSkus, unlessLate } from './line-answers.js';
import { sourceWish } from './one-location.js';
import { UNHEARD_OF, type KnownOrder, type OrderStep } from '../order-streams.js';
import { interrupted, type Following } from './following.js';
import { withSigns } from './signs-of-life.js';
import { isRetryable, shortLines } from './retryable-refusal.js';
import { startOf } from './start-of.js';

/** Codes of a SKU that knows the reservation with another body, or as ended. They do not decide the try. */
const DISTURBED = new Set<string | undefined>(['idempotency_mismatch', 'reservation_ended']);

/**
 * Drives the first try of an order. It asks all SKUs at once, before anything of the order is stored, and then appends the outcome as the
 * first events of the order's stream: two commits in sequence instead of three. Any process may drive the first attempt. All place the same
 * holds under the same ids, and the first append to the stream decides for all of them. Where the SKUs take long, the start is written
 * before; then the process that wrote it drives the try, and the others wait for it. No hold is released before the stream says that the
 * order is refused.
 */
export class FirstTry {
  constructor(
    private readonly env: OrderEnvironment,
    private readonly following: Following,
  ) {}

  /** @throws as `Reserving.reserve` */
  async drive(ref: OrderRef, request: OrderRequest): Promise<KnownOrder> {
    const { context } = request;
    const start = startOf(this.env, ref, request);
    const decision = decideOrder(initialOrderState(), start);
    if (decision.kind === 'refused') throw new OrderRejected(decision.code, decision.details);
    const asked = decision.events.reduce((state, event) => evolveOrder(state, event, start.at), initialOrderState());
    const driven = { ref, start, asked, known: UNHEARD_OF, context };
    const {
      result: answers,
      known,
      isLost,
    } = await withSigns(this.env, driven, async (lost) => {
      const wish = await sourceWish(this.env, request);
      return new Holding(this.env, ref, asked, wish, context, lost, start.at).atOnce();
    });
    const step = isLost
      ? await this.followed(ref, start, known)
      : await this.env.streams.executeAll(ref, [start, this.conclusion(ref, asked, answers)], known, context);
    const { order } = step;
    await releaseHolds(this.env, ref, needless(answers, order), context);
    if (step.kind === 'refused' && step.code === 'idempotency_mismatch') throw new OrderRejected(step.code, step.details);
    const busy = answers.find((answer) => answer.kind === 'busy');
    if (busy?.kind === 'busy' && order.state.phase === 'refused' && isRetryable(order.state.short)) throw busy.error;
    return order;
  }

  /** What another process makes of the try. @returns refused where that process serves another request under the same id */
  private async followed(ref: OrderRef, start: StartOrder, known: KnownOrder): Promise<OrderStep> {
    return this.env.streams.execute(ref, start, await this.following.outcome(ref, known));
  }

  private conclusion(ref: OrderRef, asked: OrderState, given: readonly LineAnswer[]): OrderCommand {
    const at = this.env.clock.now();
    const answers = unlessLate(given, asked, at);
    const held = heldLines(answers, asked.partial);
    return held === undefined
      ? { type: 'RefuseOrder', at, commandId: uuidOf(`${ref.reservationId}|refuse`), lines: refusedLines(answers) }
      : { type: 'HoldOrder', at, commandId: uuidOf(`${ref.reservationId}|hold`), lines: held, expiresAt: firstEnd(answers) };
  }

  /**
   * The watch calls it for a try that has holds but no stream, because its driver stopped. Appends the refusal of the try, so that no other
   * process can conclude it, and then releases the holds.
   */
  async disown(ref: OrderRef, skus: readonly string[]): Promise<KnownOrder> {
    const { tenant, reservationId } = ref;
    const found = await atEachSku(this.env, skus, async (sku) => ({
      sku,
      hold: (await this.env.ledger.read({ tenant, sku })).state.reservations.get(reservationId),
    }));
    const holds = found.flatMap(({ sku, hold }) => (hold === undefined ? [] : [{ sku, hold }]));
    const one = holds[0]?.hold;
    if (one === undefined) return this.env.streams.load(ref);
    const { orderId, requestHash, channelId, placedAt, expiresAt } = one;
    const at = this.env.clock.now();
    const start: OrderCommand = {
      type: 'StartOrder',
      at,
      commandId: this.env.newId(),
      reservationId,
      orderId,
      // Only the SKUs with a hold are known; the others hold nothing.
      lines: holds.map(({ sku, hold }) => ({ sku, quantity: hold.requested })),
      ttlMs: Math.max(1, expiresAt - placedAt),
      requestHash,
      ...(channelId === undefined ? {} : { channelId }),
    };
    const lines = holds.map(({ sku, hold }) => interrupted({ sku, requested: hold.requested, available: 0 }));
    // A driver that has written the start meanwhile is at work.
    const end = { type: 'RefuseOrder', at, commandId: uuidOf(`${reservationId}|refuse`), lines, unlessAliveSince: at } as const;
    const { order } = await this.env.streams.executeAll(ref, [start, end], UNHEARD_OF);
    if (isOrderTerminal(order.state.phase)) await releaseHolds(this.env, ref, skus, {});
    return order;
  }
}

/** Thrown for a request that is invalid in any state. */
export class OrderRejected extends Error {
  constructor(
    readonly code: string,
    readonly details: Readonly<Record<string, unknown>>,
  ) {
    super(`order rejected: ${code}`);
    this.name = 'OrderRejected';
  }
}

function refusedLines(answers: readonly LineAnswer[]): readonly ShortLine[] {
  const disturbed = answers.flatMap((answer) => (answer.kind === 'short' && DISTURBED.has(answer.line.code) ? [answer.line] : []));
  return disturbed.length > 0 ? disturbed.map(interrupted) : shortLines(answers, true);
}

/**
 * Returns the earliest expiry. A repeat finds holds of the first request, which end earlier than its own, and the order ends with the first
 * of them.
 */
const firstEnd = (answers: readonly LineAnswer[]): number =>
  Math.min(...answers.flatMap((answer) => (answer.kind === 'held' ? [answer.expiresAt] : [])));

/** Returns SKUs whose hold the concluded order does not use. */
function needless(answers: readonly LineAnswer[], { state }: KnownOrder): readonly string[] {
  const skus = heldSkus(answers);
  if (isOrderTerminal(state.phase)) return skus;
  if (state.phase !== 'held') return [];
  const used = new Set(state.lines.flatMap(({ sku, takes }) => (takes.length > 0 ? [sku] : [])));
  return skus.filter((sku) => !used.has(sku));
}
