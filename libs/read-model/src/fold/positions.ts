import { LateMap, LateSet, type PositionChange, type SkuEvent } from '@holdfast/inventory';
import type { Moment } from './moment.js';
import type { PositionRow } from './rows.js';

/** No id is empty: an empty one stands for none. */
const NONE = '';

const keyOf = (locationId: string, lotId: string, binId: string): string => `${locationId}\n${lotId}\n${binId}`;

type Dates = Pick<PositionRow, 'expiryDate' | 'expiresAt' | 'expired'>;
const UNDATED: Dates = { expiryDate: null, expiresAt: null, expired: false };

/** Positions of one SKU in memory while events are folded onto them. A lot that has no bin, or none yet, has a row with an empty bin. */
export class PositionRows {
  private readonly rows = new LateMap<string, PositionRow>();
  private readonly changed = new LateSet<PositionRow>();

  constructor(
    private readonly tenant: string,
    private readonly sku: string,
    stored: readonly PositionRow[],
  ) {
    for (const row of stored) this.rows.set(keyOf(row.locationId, row.lotId, row.binId), row);
  }

  /** @param at when the event happened, epoch milliseconds */
  apply(event: SkuEvent, at: number, moment: Moment): void {
    if ('positions' in event && event.positions !== undefined) for (const change of event.positions) this.move(change, moment);
    switch (event.type) {
      case 'LotDeclared':
        for (const { locationId, expiresAt } of event.expiresAt)
          this.date(event.lotId, locationId, { expiryDate: event.expiryDate ?? null, expiresAt, expired: false }, moment);
        return;
      case 'LotExpiryChanged': {
        const expiryDate = event.expiryDate ?? null;
        const instants = new Map(event.expiresAt.map(({ locationId, expiresAt }) => [locationId, expiresAt]));
        const places = new Set([...instants.keys(), ...this.of(event.lotId).map(({ locationId }) => locationId)]);
        for (const place of places)
          this.date(event.lotId, place, { expiryDate, expiresAt: instants.get(place) ?? null, expired: false }, moment);
        return;
      }
      case 'LotExpired':
        for (const row of this.of(event.lotId)) {
          if (!event.locationIds.includes(row.locationId)) continue;
          const expiresAt = event.because === 'marked' ? Math.min(at, row.expiresAt ?? at) : row.expiresAt;
          this.change(row, { expired: true, expiresAt }, moment);
        }
        return;
      case 'LotRenamed':
        for (const row of this.of(event.lotId)) {
          const { units, expiryDate, expiresAt, expired } = row;
          const other = this.row(row.locationId, event.toLotId, row.binId, moment);
          this.change(other, { units: other.units + units, expiryDate, expiresAt, expired }, moment);
          this.change(row, { units: 0, ...UNDATED }, moment);
        }
        return;
      default:
    }
  }

  take(): readonly PositionRow[] {
    const rows = [...this.changed].map((row) => ({ ...row }));
    this.changed.clear();
    return rows;
  }

  private move({ locationId, lotId = NONE, binId = NONE, delta }: PositionChange, moment: Moment): void {
    // Units with neither are what is left of on hand.
    if (lotId === NONE && binId === NONE) return;
    const row = this.row(locationId, lotId, binId, moment);
    this.change(row, { units: row.units + delta }, moment);
  }

  private date(lotId: string, locationId: string, dates: Dates, moment: Moment): void {
    const there = this.of(lotId).filter((row) => row.locationId === locationId);
    for (const row of there.length === 0 ? [this.row(locationId, lotId, NONE, moment)] : there) this.change(row, dates, moment);
  }

  private of(lotId: string): readonly PositionRow[] {
    return [...this.rows.values()].filter((row) => row.lotId === lotId);
  }

  private row(locationId: string, lotId: string, binId: string, moment: Moment): PositionRow {
    const key = keyOf(locationId, lotId, binId);
    const known = this.rows.get(key);
    if (known !== undefined) return known;
    const sibling = lotId === NONE ? undefined : this.of(lotId).find((row) => row.locationId === locationId);
    const { expiryDate, expiresAt, expired } = sibling ?? UNDATED;
    const fresh: PositionRow = {
      tenant: this.tenant,
      sku: this.sku,
      locationId,
      lotId,
      binId,
      units: 0,
      ...{ expiryDate, expiresAt, expired },
      position: moment.position,
      createdAt: moment.recordedAt,
      updatedAt: moment.recordedAt,
    };
    this.rows.set(key, fresh);
    return fresh;
  }

  private change(row: PositionRow, news: Partial<Dates & Pick<PositionRow, 'units'>>, moment: Moment): void {
    Object.assign(row, news, { position: moment.position, updatedAt: moment.recordedAt });
    this.changed.add(row);
  }
}
