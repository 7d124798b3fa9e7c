import { isOrderTerminal, type OrderState } from '@holdfast/inventory';
import { uuidOf } from '@holdfast/kit';
import { LEFTOVER_PATIENCE_MS, patienceMs } from '../limits.js';
import type { OrderEnvironment } from '../orders/environment.js';
import { releaseHolds } from '../orders/release-holds.js';
import type { Orders } from '../orders/orders.js';
import type { Fate } from './due-work.js';
import { orderDueAt, type OpenHold, type OpenOrder, type OpenWork } from './open-work.js';

const ENDED: Fate = { kind: 'ended' };

/**
 * The watch calls it for each item that is due. Every decision is made on the stream, so acting on outdated knowledge has no wrong effect.
 */
export class Acting {
  constructor(
    private readonly env: OrderEnvironment,
    private readonly orders: Orders,
    private readonly onExpired: (lateMs: number) => void,
  ) {}

  on(item: OpenWork): Promise<Fate> {
    return item.kind === 'hold' ? this.expire(item) : this.advance(item);
  }

  private async expire({ tenant, sku, reservationId, expiresAt }: OpenHold): Promise<Fate> {
    const at = this.env.clock.now();
    const commandId = uuidOf(`${reservationId}|${sku}|ExpireReservation`);
    const outcome = await this.env.ledger.execute({ tenant, sku }, { type: 'ExpireReservation', at, commandId, reservationId });
    const hold = outcome.state.reservations.get(reservationId);
    if (hold !== undefined) return { kind: 'open', dueAt: hold.expiresAt };
    if (outcome.kind === 'accepted' && outcome.events.length > 0) this.onExpired(this.env.clock.now() - expiresAt);
    return ENDED;
  }

  private async advance(item: OpenOrder): Promise<Fate> {
    const { stage } = item;
    if (stage === 'ended') return this.clear(item);
    const { state } = await this.orders.advance(item, [...item.openSkus]);
    const { phase, aliveAt, ttlMs, expiresAt } = state;
    if (phase === 'held') {
      await this.releaseHolds(item, strayHolds(item, state));
      return { kind: 'open', dueAt: expiresAt };
    }
    // The subscription may have seen a newer sign of life meanwhile.
    if (phase !== 'none' && !isOrderTerminal(phase))
      return { kind: 'open', dueAt: Math.max(aliveAt + patienceMs(ttlMs), orderDueAt(item)) };
    if (phase === 'expired') this.onExpired(this.env.clock.now() - item.expiresAt);
    item.stage = 'ended';
    // An `unheard of` item of an ended order: its hold was placed after the end, so it is released here.
    return stage === 'unheard of' ? this.clear(item) : this.fateOfEnded(item);
  }

  private async clear(item: OpenOrder): Promise<Fate> {
    await this.releaseHolds(item, [...item.openSkus]);
    return this.fateOfEnded(item);
  }

  private async releaseHolds(item: OpenOrder, skus: readonly string[]): Promise<void> {
    await releaseHolds(this.env, item, skus, {});
    for (const sku of skus) item.openSkus.delete(sku);
  }

  /** The order is over when it holds no units. The subscription reports that soon, except for holds that a slow process placed late. */
  private fateOfEnded({ openSkus }: OpenOrder): Fate {
    return openSkus.size === 0 ? ENDED : { kind: 'open', dueAt: this.env.clock.now() + LEFTOVER_PATIENCE_MS };
  }
}

/** Returns SKUs at which a repeat of the request placed holds after the order was concluded without them. */
function strayHolds({ openSkus }: OpenOrder, { lines }: OrderState): readonly string[] {
  const held = new Set(lines.flatMap(({ sku, heldUnits }) => (heldUnits > 0 ? [sku] : [])));
  return [...openSkus].filter((sku) => !held.has(sku));
}
