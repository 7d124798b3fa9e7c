import { STREAMS } from '@holdfast/contracts';
import type { OrderEvent, OrderPhase, OrderState, SkuEvent } from '@holdfast/inventory';
import { balanceChanges, evolveOrder, initialOrderState, isOrderTerminal, reservationEffect } from '@holdfast/inventory';

/** A rule that does not hold, in words. */
export interface Broken {
  readonly rule: string;
  readonly message: string;
}

const unitsOf = (takes: readonly { readonly quantity: number }[]): number => takes.reduce((sum, take) => sum + take.quantity, 0);

/** Balances of a quantity that two streams report and that must be equal. Equal entries are removed. */
class Differences {
  private readonly units = new Map<string, number>();

  add(key: string, change: number): void {
    const sum = (this.units.get(key) ?? 0) + change;
    if (sum === 0) this.units.delete(key);
    else this.units.set(key, sum);
  }

  has(key: string): boolean {
    return this.units.has(key);
  }

  entries(): IterableIterator<[string, number]> {
    return this.units.entries();
  }
}

/**
 * Compares orders over several SKUs with the streams of their SKUs: an order ends once, its committed units are those that its SKUs
 * committed, and an ended order holds nothing.
 */
export class OrderAudit {
  private readonly open = new Map<string, OrderState>();
  private readonly ended = new Map<string, { readonly phase: OrderPhase; readonly at: number }>();
  /** When a SKU last took something for an order, by order and SKU. */
  private readonly heldSince = new Map<string, number>();
  /** Units committed by the SKUs less units committed by the order, by order and SKU. */
  private readonly committed = new Differences();
  /** Units held by the SKUs, by order and SKU. */
  private readonly held = new Differences();

  /** @param stream name of the order's stream */
  observeOrder(stream: string, tenant: string, event: OrderEvent, at: number): readonly Broken[] {
    const end = this.ended.get(stream)?.phase;
    if (end !== undefined) return [{ rule: 'one_terminal_state', message: `${event.type} follows after the order was ${end}` }];
    const state = evolveOrder(this.open.get(stream) ?? initialOrderState(), event, at);
    if (event.type === 'OrderCommitted') {
      for (const { sku, takes } of event.lines) this.committed.add(keyOf(tenant, state.reservationId, sku), -unitsOf(takes));
    }
    if (isOrderTerminal(state.phase)) {
      this.open.delete(stream);
      this.ended.set(stream, { phase: state.phase, at });
    } else {
      this.open.set(stream, state);
    }
    return state.lines
      .filter(({ heldUnits }) => heldUnits < 0)
      .map(({ sku }) => ({ rule: 'committed_was_held', message: `${event.type} took more of ${sku} than was held` }));
  }

  observeSku(tenant: string, sku: string, event: SkuEvent, at: number): void {
    if (!('reservationId' in event) || !event.reservationId.startsWith('ro_')) return;
    const key = keyOf(tenant, event.reservationId, sku);
    const { taken, committed, reversed } = reservationEffect(event);
    if (taken !== undefined) this.heldSince.set(key, at);
    this.hold(
      key,
      balanceChanges(event).reduce((units, { reserved }) => units + reserved, 0),
    );
    this.committed.add(key, unitsOf(committed?.takes ?? []) - unitsOf(reversed?.takes ?? []));
  }

  private hold(key: string, units: number): void {
    this.held.add(key, units);
    if (!this.held.has(key)) this.heldSince.delete(key);
  }

  /**
   * Call it after every event. Orders that a process still works on are left to their watchdog.
   * @param heldBefore epoch milliseconds. SKUs hold units before the order's stream says so, and release them after it has ended: changes
   * since that time may still be in progress.
   */
  audit(heldBefore: number): readonly Broken[] {
    const broken: Broken[] = [];
    for (const [key, units] of this.held.entries()) {
      const { phase, since } = this.orderOf(key);
      if (phase !== undefined && !isOrderTerminal(phase)) continue;
      if (Math.max(since, this.heldSince.get(key) ?? 0) >= heldBefore) continue;
      broken.push({
        rule: 'ended_order_holds_nothing',
        message: `${key.replaceAll('\n', ' ')}: ${units} units are held for an order that is ${phase ?? 'unknown'}`,
      });
    }
    for (const [key, units] of this.committed.entries()) {
      if (this.orderOf(key).phase !== 'committing') {
        broken.push({
          rule: 'order_commits_are_sku_commits',
          message: `${key.replaceAll('\n', ' ')}: its SKU committed ${units} units more than the order says`,
        });
      }
    }
    return broken;
  }

  /** The order of a key, and since when it is at its end. */
  private orderOf(key: string): { readonly phase: OrderPhase | undefined; readonly since: number } {
    const [tenant = '', reservationId = ''] = key.split('\n');
    const stream = STREAMS.order.streamOf(tenant, reservationId);
    const end = this.ended.get(stream);
    return { phase: end?.phase ?? this.open.get(stream)?.phase, since: end?.at ?? 0 };
  }
}

const keyOf = (tenant: string, reservationId: string, sku: string): string => `${tenant}\n${reservationId}\n${sku}`;
