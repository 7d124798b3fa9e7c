import type { SkuRef } from '@holdfast/ledger';
import { EVENTS_SEARCHED } from '../limits.js';
import type { HoldHistory } from '../orders/hold-history.js';
import type { Clock } from '@holdfast/kit';
import { ofPast, type Reservation } from './view.js';

/** Looks a reservation up in the read model; undefined where it is not (yet) there. */
export type ReservationTable = (tenant: string, reservationId: string) => Promise<Reservation | undefined>;

/** Reservations that ended and that the state of their SKU has forgotten since. */
export class Forgotten {
  constructor(
    private readonly table: ReservationTable,
    private readonly history: HoldHistory,
    private readonly clock: Clock,
  ) {}

  /** Reads the read model. Where it has no ended reservation, it may lag behind, so the newest events of the stream are searched. */
  async find(ref: SkuRef, reservationId: string): Promise<Reservation | undefined> {
    const row = await this.table(ref.tenant, reservationId);
    if (row !== undefined && row.status !== 'held' && row.status !== 'waiting') return row;
    const past = await this.history.find(ref, reservationId, EVENTS_SEARCHED);
    return past === undefined ? row : ofPast(ref.sku, past, this.clock.now());
  }
}
