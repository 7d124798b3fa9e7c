import { expectStatus, type ApiClient } from '../api-client.js';
import type { Scenario } from '../scenario.js';
import type { LotAtLocation, LotBook, LotRef } from './lot-book.js';

const HOLDS = '/api/inventory/holds';
const MOST_UNITS = 6;
/** Of the holds, this share is never released. */
const STAYS = 0.2;
const MOST_DAYS = 4;

interface OpenHold {
  readonly holdId: string;
  readonly sku: string;
  readonly locationId: string;
  /** Undefined: the whole lot. */
  readonly units?: number;
  readonly lot?: LotRef;
  readonly releaseOn: number;
}

/** A lot that was recalled, and the units that it had then, less what counts have missed since. */
interface Recall extends LotRef {
  units: number;
}

/** Blocks units and whole lots through the public API, releases most of them some days later, and recalls lots for good. */
export class Holds {
  readonly counts = { placed: 0, released: 0, recalled: 0 };
  readonly recalls: Recall[] = [];
  #open: OpenHold[] = [];

  constructor(
    private readonly api: ApiClient,
    private readonly scenario: Scenario,
    private readonly book: LotBook,
    private readonly random: () => number,
  ) {}

  /** Units that are held by number at a location. */
  unitsAt(sku: string, locationId: string): number {
    return this.#open.reduce((sum, hold) => sum + (hold.sku === sku && hold.locationId === locationId ? (hold.units ?? 0) : 0), 0);
  }

  /** Holds some units, of whatever SKU. Refused where they are promised and the hold may not take from promises. */
  async placeUnits(key: string, day: number, sku: string, locationId: string): Promise<void> {
    const units = 1 + Math.floor(this.random() * MOST_UNITS);
    const mayUncoverPromises = this.random() < 0.5;
    const holdId = await this.place(key, { sku, locationId, quantity: units, type: 'quality', mayUncoverPromises });
    if (holdId !== undefined) this.#open.push({ holdId, sku, locationId, units, releaseOn: this.releaseDay(day) });
  }

  /** Holds a lot at every location, with what still comes of it. */
  async placeLot(key: string, day: number, { sku, lotId, locationId }: LotAtLocation): Promise<void> {
    if (this.#open.some(({ lot }) => lot?.sku === sku && lot.lotId === lotId) || this.isRecalled({ sku, lotId })) return;
    const holdId = await this.place(key, { sku, lotId, type: 'quality', mayUncoverPromises: true });
    if (holdId === undefined) return;
    const lot = { sku, lotId };
    this.book.hold(lot);
    this.#open.push({ holdId, sku, locationId, lot, releaseOn: this.releaseDay(day) });
  }

  async recall(key: string, { sku, lotId }: LotRef): Promise<void> {
    if (this.#open.some(({ lot }) => lot?.sku === sku && lot.lotId === lotId) || this.isRecalled({ sku, lotId })) return;
    const body = { sku: this.scenario.prefix + sku, lotId, type: 'recall', reason: 'Foreign body' };
    const answer = await this.api.post(HOLDS, body, this.scenario.prefix + key);
    const { quantityHeld } = expectStatus<{ quantityHeld: number }>(answer, `recall of ${lotId} of ${sku}`, 201);
    this.book.stop({ sku, lotId });
    this.recalls.push({ sku, lotId, units: quantityHeld });
    this.counts.recalled += 1;
  }

  /** A count found more or fewer units of the lot. */
  counted({ sku, lotId }: LotRef, difference: number): void {
    for (const recall of this.recalls) if (recall.sku === sku && recall.lotId === lotId) recall.units += difference;
  }

  /** Releases what is due by that day. */
  async releaseDue(day: number): Promise<void> {
    const due = this.#open.filter(({ releaseOn }) => releaseOn <= day);
    for (const { holdId, lot } of due) {
      const answer = await this.api.post(
        `${HOLDS}/release`,
        { holdId, disposition: 'to_stock' },
        `${this.scenario.prefix}release-${holdId}`,
      );
      expectStatus(answer, `release of ${holdId}`, 200);
      this.#open = this.#open.filter((hold) => hold.holdId !== holdId);
      if (lot !== undefined) this.book.endHold(lot);
      this.counts.released += 1;
    }
  }

  private isRecalled({ sku, lotId }: LotRef): boolean {
    return this.recalls.some((recall) => recall.sku === sku && recall.lotId === lotId);
  }

  private async place(key: string, { sku, ...hold }: { readonly sku: string } & Record<string, unknown>): Promise<string | undefined> {
    const body = { sku: this.scenario.prefix + sku, ...hold, reason: 'Seals are checked' };
    const answer = await this.api.post(HOLDS, body, this.scenario.prefix + key);
    if (answer.status !== 201) {
      expectStatus(answer, `hold ${key}`, 409, 404);
      return undefined;
    }
    this.counts.placed += 1;
    return expectStatus<{ id: string }>(answer, `hold ${key}`, 201).id;
  }

  private releaseDay(day: number): number {
    return this.random() < STAYS ? Number.POSITIVE_INFINITY : day + 1 + Math.floor(this.random() * MOST_DAYS);
  }
}
