import { singleReservationId } from '@holdfast/contracts';
import { skuLimits, type SkuCommand } from '@holdfast/inventory';
import type { Clock } from '@holdfast/kit';
import type { LocationDirectory, Outcome, SkuLedger } from '@holdfast/ledger';
import { Problem } from '@holdfast/platform';
import type { Asker } from '../stock/stock.service.js';
import type { OrderLine } from './order-lines.js';

const SENTENCES: Readonly<Record<string, string>> = {
  unknown_sku: 'there is no such SKU; import its stock first',
  insufficient_stock: 'fewer units are free than the line needs; correct the stock, then import the line again',
  order_held: 'the order has a reservation of other units already; release or commit it first',
  reservation_committed: 'the units of the line have been taken since; they left on hand',
  reservation_released: 'the units of the line have been released since; correct the stock by hand',
  reservation_expired: 'the hold of the line has expired; correct the stock by hand',
};

const sentenceOf = (code: string): string => SENTENCES[code] ?? `the stock of the SKU refuses the line: ${code}`;

const problemOf = (code: string, sku: string): Problem => new Problem(409, code, sentenceOf(code), { details: [{ sku }] });

/** Holds of the units of open lines. Each line is a reservation of its own in the stream of its SKU. */
export class OrderHolds {
  constructor(
    private readonly ledger: SkuLedger,
    private readonly locations: Pick<LocationDirectory, 'list'>,
    private readonly clock: Clock,
  ) {}

  /**
   * Holds the units until the order is shipped. Where the order came through Holdfast with the same units, nothing more is held.
   * @returns the reservation; null where it is not the line's own @throws Problem
   */
  async place(asker: Asker, line: OrderLine, commandId: string): Promise<string | null> {
    const { sku, orderId, channelId, quantity, locationId } = line;
    const reservationId = singleReservationId(sku, commandId);
    const outcome = await this.execute(asker, sku, {
      type: 'PlaceReservation',
      at: this.clock.now(),
      commandId,
      reservationId,
      orderId,
      quantity,
      ttlMs: skuLimits.MAX_HOLD_MS,
      requestHash: commandId,
      sources: this.locations.list(asker.tenant),
      ...(channelId === '' ? {} : { channelId }),
      ...(locationId === null ? {} : { locationId }),
    });
    if (outcome.kind === 'accepted') return reservationId;
    if (outcome.code === 'order_held' && outcome.details['requested'] === quantity) return null;
    throw problemOf(outcome.code, sku);
  }

  /** The units leave on hand. @throws Problem */
  async commit(asker: Asker, { sku, reservationId }: OrderLine, commandId: string): Promise<void> {
    if (reservationId === null) return;
    const outcome = await this.execute(asker, sku, { type: 'CommitReservation', at: this.clock.now(), commandId, reservationId });
    if (outcome.kind === 'refused') throw problemOf(outcome.code, sku);
  }

  /** The units are free again. One that has expired holds none. @throws Problem */
  async release(asker: Asker, { sku, reservationId }: OrderLine, commandId: string): Promise<void> {
    if (reservationId === null) return;
    const outcome = await this.execute(asker, sku, { type: 'ReleaseReservation', at: this.clock.now(), commandId, reservationId });
    if (outcome.kind === 'refused' && outcome.code !== 'reservation_expired') throw problemOf(outcome.code, sku);
  }

  /** What would stand against releasing the units of a line. */
  async releaseFault({ tenant, sku, reservationId }: OrderLine): Promise<{ readonly code: string; readonly says: string } | undefined> {
    if (reservationId === null) return undefined;
    const { state } = await this.ledger.read({ tenant, sku });
    if (state.ended.get(reservationId)?.outcome !== 'committed') return undefined;
    return { code: 'reservation_committed', says: sentenceOf('reservation_committed') };
  }

  private execute({ tenant, subject }: Asker, sku: string, command: SkuCommand): Promise<Outcome> {
    return this.ledger.execute({ tenant, sku }, command, { actor: subject });
  }
}
