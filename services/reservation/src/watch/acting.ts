import { isOrderTerminal } from '@holdfast/inventory';
import { uuidOf } from '@holdfast/platform';
import { patienceMs } from '../limits.js';
import type { OrderEnvironment } from '../orders/environment.js';
import { letGo } from '../orders/letting-go.js';
import type { Orders } from '../orders/orders.js';
import type { Fate } from './due-work.js';
import type { OpenHold, OpenOrder, OpenWork } from './open-work.js';

const ENDED: Fate = { kind: 'ended' };

/** What the watch does with something due. Decisions are made on the streams, so acting on what it knows late or wrongly does no harm. */
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
    if (item.stage === 'ended') {
      await letGo(this.env, item, [...item.openSkus], {});
      return ENDED;
    }
    const { phase, phaseSince, ttlMs, expiresAt } = (await this.orders.advance(item, [...item.openSkus])).state;
    // Placed late for an order that had ended: the first the watch hears of it.
    if (item.stage === 'unheard of' && isOrderTerminal(phase)) await letGo(this.env, item, [...item.openSkus], {});
    if (phase === 'held') return { kind: 'open', dueAt: expiresAt };
    if (phase !== 'none' && !isOrderTerminal(phase)) return { kind: 'open', dueAt: phaseSince + patienceMs(ttlMs) };
    if (phase === 'expired') this.onExpired(this.env.clock.now() - item.expiresAt);
    return ENDED;
  }
}
