import { DAY } from '../scenario.js';

/** Of the SKUs, one in so many is kept in lots; of those, one in so many must name its lot. */
const LOT_SKU_EVERY = 4;
const REQUIRED_EVERY = 3;
const WITHOUT_LOT = 0.1;
/** So often a week's delivery is of the lot of the week before, though that was recalled or expired meanwhile. */
const OF_LAST_WEEK = 0.3;
const TOO_OLD = 0.03;
const LASTS_DAYS = 30;

export type LotControl = 'optional' | 'required';

export interface LotRef {
  readonly sku: string;
  readonly lotId: string;
}

/** A lot at a location. */
export interface LotAtLocation extends LotRef {
  readonly locationId: string;
}

export interface ReceivedLot {
  readonly lotId?: string;
  readonly expiryDate?: string;
}

/** The shop's own notes of lots: what came in which, and which of them may not leave. Lots are named by their weeks; dates are real ones. */
export class LotBook {
  readonly #controls = new Map<string, LotControl>();
  readonly #received = new Map<string, LotAtLocation>();
  readonly #dates = new Map<string, string>();
  /** By SKU and lot, with the location or for all of them. */
  readonly #stopped = new Set<string>();
  /** Lots under a hold that ends. */
  readonly #held = new Set<string>();

  constructor(
    skus: readonly string[],
    private readonly random: () => number,
    private readonly now: () => number,
  ) {
    for (const [index, sku] of skus.toSorted().entries()) {
      if (index % LOT_SKU_EVERY !== 0) continue;
      this.#controls.set(sku, (index / LOT_SKU_EVERY) % REQUIRED_EVERY === 0 ? 'required' : 'optional');
    }
  }

  get controlled(): ReadonlyMap<string, LotControl> {
    return this.#controls;
  }

  /** Every lot that came to a location. */
  get lots(): readonly LotAtLocation[] {
    return [...this.#received.values()];
  }

  /** The lot in which a delivery comes; most have one, and a few of those are past their date. */
  receive(sku: string, locationId: string, week: number): ReceivedLot {
    if (!this.#controls.has(sku) || this.random() < WITHOUT_LOT) return {};
    const lastWeek = `L${String(week - 1)}`;
    const isMore = this.#dates.has(keyOf({ sku, lotId: lastWeek })) && this.random() < OF_LAST_WEEK;
    const lotId = isMore ? lastWeek : `L${String(week)}`;
    const key = keyOf({ sku, lotId });
    const expiryDate = this.#dates.get(key) ?? this.date();
    this.#dates.set(key, expiryDate);
    if (expiryDate < dayOf(this.now())) this.stop({ sku, lotId });
    this.#received.set(keyOf({ sku, lotId }, locationId), { sku, lotId, locationId });
    return { lotId, expiryDate };
  }

  /** Units of the lot may never leave: at one location, or wherever they lie. */
  stop(lot: LotRef, locationId?: string): void {
    this.#stopped.add(keyOf(lot, locationId));
  }

  /** Units of the lot may not leave until the hold ends. */
  hold(lot: LotRef): void {
    this.#held.add(keyOf(lot));
  }

  endHold(lot: LotRef): void {
    this.#held.delete(keyOf(lot));
  }

  isStopped({ sku, lotId }: LotRef, locationId: string): boolean {
    const lot = keyOf({ sku, lotId });
    return this.#held.has(lot) || this.#stopped.has(lot) || this.#stopped.has(keyOf({ sku, lotId }, locationId));
  }

  private date(): string {
    const days = this.random() < TOO_OLD ? -2 : LASTS_DAYS + Math.floor(this.random() * 10 * LASTS_DAYS);
    return dayOf(this.now() + days * DAY);
  }
}

export const dayOf = (at: number): string => new Date(at).toISOString().slice(0, 10);

const keyOf = ({ sku, lotId }: LotRef, locationId = '*'): string => JSON.stringify([sku, lotId, locationId]);
