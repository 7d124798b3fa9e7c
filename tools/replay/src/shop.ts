import { expectStatus, type Answer, type ApiClient } from './api-client.js';
import { StockCount, Durations } from './expected-stock.js';
import type { Adjustment, Return, Sale } from './clean.js';
import type { Posting, ReplayedErp } from './erp.js';
import type { Scenario } from './scenario.js';

interface Reservation {
  readonly reservationId: string;
  readonly lines: readonly ReservedLine[];
}

interface ReservedLine {
  readonly sku: string;
  readonly quantity: number;
  readonly sources: readonly { readonly locationId: string; readonly quantity: number }[];
}

interface CommittedLine {
  readonly sku: string;
  readonly committed: number;
  readonly sources?: readonly { readonly locationId: string; readonly quantity: number }[];
}

interface Shortage {
  readonly code: string;
  readonly details: readonly { readonly sku: string; readonly available: number }[];
}

/** Codes by which a commit is refused where units of the order were held meanwhile. */
const HELD: ReadonlySet<string> = new Set(['stock_held', 'reservation_expired']);

/** The shop: reserves, commits, cancels, returns and adjusts through the public API, and counts for itself. */
export class Shop {
  readonly orders = { offered: 0, confirmed: 0, refused: 0, cancelled: 0, returned: 0 };
  /** Orders whose units might not leave any more when they were to be committed. */
  uncovered = 0;
  readonly reserveMs = new Durations();
  /** Units sold per SKU and location. */
  readonly sold = new StockCount();
  /** Units that returns and adjustments changed, as Holdfast confirmed them. */
  readonly changed = new StockCount();
  private readonly postings: Posting[] = [];

  constructor(
    private readonly api: ApiClient,
    private readonly scenario: Scenario,
    private readonly homeOf: (sku: string) => string,
    private readonly erp: () => Pick<ReplayedErp, 'asked' | 'confirmed'>,
    /** Whether stock is held, and some of it kept in lots: changes that name no lot may be refused then. */
    private readonly mayBeHeld = false,
  ) {}

  /** Sales since the last call; the ERP posts them. */
  takePostings(): Posting[] {
    return this.postings.splice(0);
  }

  /** Units by which sales, returns and adjustments changed on hand. */
  changedBy(sku: string, locationId: string): number {
    return this.changed.of(sku, locationId) - this.sold.of(sku, locationId);
  }

  async sell(sale: Sale): Promise<void> {
    this.orders.offered += 1;
    const reservation = await this.reserve(sale);
    if (reservation === null) {
      this.orders.refused += 1;
      return;
    }
    const kept = reservation.lines.map((line) => ({
      line,
      quantity: line.quantity - Math.min(line.quantity, sale.cancelled.get(this.plain(line.sku)) ?? 0),
    }));
    const cancelsSome = kept.some(({ line, quantity }) => quantity < line.quantity);
    const keptLines = kept.filter(({ quantity }) => quantity > 0).map(({ line, quantity }) => ({ sku: line.sku, quantity }));
    if (keptLines.length > 0 && !(await this.commit(sale.orderId, reservation, cancelsSome ? keptLines : undefined))) {
      this.uncovered += 1;
      this.orders.refused += 1;
      await this.release(sale.orderId, reservation);
      return;
    }
    if (cancelsSome) await this.release(sale.orderId, reservation);
    if (keptLines.length > 0) this.orders.confirmed += 1;
    else this.orders.cancelled += 1;
  }

  async takeBack(happening: Return): Promise<void> {
    this.orders.returned += 1;
    await this.adjust(happening.id, happening.at, happening.sku, happening.quantity, 'customer_return');
  }

  async adjustStock(happening: Adjustment): Promise<void> {
    await this.adjust(happening.id, happening.at, happening.sku, happening.delta, happening.delta < 0 ? 'write_off' : 'found');
  }

  /** All lines or none; refused, once more with what the answer says can be had. */
  private async reserve(sale: Sale): Promise<Reservation | null> {
    const wanted = sale.lines.map((line) => ({ sku: this.scenario.prefix + line.sku, quantity: line.quantity }));
    const first = await this.askFor(sale, wanted, 'reserve');
    if (first.status === 201) return first.body as Reservation;
    const shortage = expectStatus<Shortage>(first, `reserve for order ${sale.orderId}`, 409, 404);
    const can = new Map(shortage.details.map((line) => [line.sku, line.available]));
    const reduced = [...foldLines(wanted)]
      .map(([sku, quantity]) => ({ sku, quantity: Math.min(quantity, can.get(sku) ?? (shortage.code === 'unknown_sku' ? 0 : quantity)) }))
      .filter((line) => line.quantity > 0);
    if (reduced.length === 0) return null;
    const second = await this.askFor(sale, reduced, 'reserve-again');
    if (second.status === 201) return second.body as Reservation;
    expectStatus(second, `second reserve for order ${sale.orderId}`, 409, 404);
    return null;
  }

  private async askFor(sale: Sale, items: readonly { sku: string; quantity: number }[], attempt: string): Promise<Answer> {
    const began = performance.now();
    const body = { items, orderId: this.orderId(sale.orderId), channelId: this.scenario.channelId };
    const answer = await this.api.post('/sales-channel/inventory/reserve', body, `${this.scenario.prefix}${attempt}-${sale.orderId}`);
    this.reserveMs.add(performance.now() - began);
    return answer;
  }

  /** @returns false where units of it were held meanwhile; then nothing is committed */
  private async commit(
    orderId: string,
    reservation: Reservation,
    lines: readonly { sku: string; quantity: number }[] | undefined,
  ): Promise<boolean> {
    const answer = await this.api.post(
      `/sales-channel/inventory/reservation/${encodeURIComponent(reservation.reservationId)}/commit`,
      lines === undefined ? {} : { lines },
      `${this.scenario.prefix}commit-${orderId}`,
    );
    // A hold that comes while an order of several SKUs is committed ends the order, as one that ran out.
    if (this.mayBeHeld && answer.status === 409 && HELD.has((answer.body as Shortage).code)) return false;
    const committed = expectStatus<{ lines: readonly CommittedLine[] }>(answer, `commit of order ${orderId}`, 200);
    const sources = new Map(reservation.lines.map((line) => [line.sku, line.sources]));
    for (const line of committed.lines) this.countSale(orderId, line, sources.get(line.sku) ?? []);
    return true;
  }

  /** Units are committed from a line's sources in their order. */
  private countSale(orderId: string, line: CommittedLine, sources: ReservedLine['sources']): void {
    let left = line.committed;
    for (const source of sources) {
      const quantity = Math.min(left, source.quantity);
      left -= quantity;
      if (quantity === 0) continue;
      const sku = this.plain(line.sku);
      this.sold.add(sku, source.locationId, quantity);
      this.postings.push({ sku, locationId: source.locationId, quantity, orderId: this.orderId(orderId) });
    }
    if (left > 0) throw new Error(`order ${orderId}: ${String(left)} units of ${line.sku} were committed without a source`);
  }

  private async release(orderId: string, reservation: Reservation): Promise<void> {
    const path = `/sales-channel/inventory/reservation/${encodeURIComponent(reservation.reservationId)}/release`;
    const answer = await this.api.post(path, {}, `${this.scenario.prefix}release-${orderId}`);
    expectStatus(answer, `release of order ${orderId}`, 200, ...(this.mayBeHeld ? [409] : []));
  }

  /** A write-off of more than is free is tried once more with what is free. */
  private async adjust(id: string, at: number, sku: string, delta: number, reasonCode: string): Promise<void> {
    const locationId = this.homeOf(sku);
    const body = (units: number): unknown => ({
      sku: this.scenario.prefix + sku,
      locationId,
      delta: units,
      reasonCode,
      effectiveAt: new Date(at).toISOString(),
    });
    const ask = async (units: number, key: string): Promise<Answer> => {
      this.erp().asked(sku, locationId, units);
      const answer = await this.api.post('/api/inventory/adjust', body(units), `${this.scenario.prefix}${key}-${id}`);
      const changed = answer.status < 300 ? units : 0;
      if (changed !== 0) this.changed.add(sku, locationId, changed);
      this.erp().confirmed(sku, locationId, units, changed);
      return answer;
    };
    const first = await ask(delta, 'adjust');
    if (first.status < 300) return;
    const refusal = expectStatus<Shortage>(first, `adjustment ${id}`, 409, 404, ...(this.mayBeHeld ? [400] : []));
    if (refusal.code === 'lot_required') return;
    const available = refusal.code === 'unknown_sku' ? 0 : (refusal.details[0]?.available ?? 0);
    if (delta >= 0 || available <= 0) return;
    expectStatus(await ask(-available, 'adjust-again'), `second adjustment ${id}`, 200, 201, 409);
  }

  private plain(sku: string): string {
    return sku.slice(this.scenario.prefix.length);
  }

  private orderId(orderId: string): string {
    return this.scenario.prefix + orderId;
  }
}

function foldLines(lines: readonly { sku: string; quantity: number }[]): Map<string, number> {
  const folded = new Map<string, number>();
  for (const line of lines) folded.set(line.sku, (folded.get(line.sku) ?? 0) + line.quantity);
  return folded;
}
