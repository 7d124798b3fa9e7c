import type { LocationEvent } from '@holdfast/inventory';
import { MAIN_LOCATION, servesNobody } from '@holdfast/inventory';
import type { Moment } from './moment.js';
import type { RowSource } from './row-source.js';
import { keyOf } from './row-source.js';
import type { LocationRow } from './rows.js';

/** Locations of the tenants whose events were read. A tenant has few, so all of them stay in memory. */
export class Locations {
  private readonly rows = new Map<string, LocationRow>();
  private readonly loaded = new Set<string>();
  private readonly changed = new Set<LocationRow>();

  constructor(private readonly source: RowSource) {}

  async load(tenants: readonly string[]): Promise<void> {
    const missing = tenants.filter((tenant) => !this.loaded.has(tenant));
    if (missing.length === 0) return;
    for (const row of await this.source.locations(missing)) this.rows.set(keyOf(row.tenant, row.locationId), row);
    for (const tenant of missing) this.loaded.add(tenant);
  }

  put(event: LocationEvent, moment: Moment): void {
    // Bins are read from the stream where somebody asks for them.
    if (event.type === 'BinsSet') return this.mention(event.locationId, moment);
    const { type: _, sellableBeforePutAway: __, blocked = false, ...location } = event;
    const { tenant, createdAt } = this.row(event.locationId, moment);
    this.keep({
      tenant,
      ...location,
      blocked,
      createdAt,
      registered: true,
      position: moment.position,
      updatedAt: moment.recordedAt,
    });
  }

  /** Adds a row for a location that has stock but was never registered; it has no data but its id. */
  mention(locationId: string, moment: Moment): void {
    if (!this.rows.has(keyOf(moment.tenant, locationId))) this.keep(this.row(locationId, moment));
  }

  /** Whether nothing of the location may leave. */
  isClosed(tenant: string, locationId: string): boolean {
    const row = this.rows.get(keyOf(tenant, locationId));
    return row !== undefined && servesNobody(row);
  }

  take(): readonly LocationRow[] {
    const rows = [...this.changed];
    this.changed.clear();
    return rows;
  }

  private row(locationId: string, moment: Moment): LocationRow {
    const isMain = locationId === MAIN_LOCATION.locationId;
    return (
      this.rows.get(keyOf(moment.tenant, locationId)) ?? {
        tenant: moment.tenant,
        locationId,
        name: isMain ? MAIN_LOCATION.name : locationId,
        kind: MAIN_LOCATION.kind,
        priority: MAIN_LOCATION.priority,
        blocked: false,
        registered: isMain,
        position: moment.position,
        createdAt: moment.recordedAt,
        updatedAt: moment.recordedAt,
      }
    );
  }

  private keep(row: LocationRow): void {
    const key = keyOf(row.tenant, row.locationId);
    const before = this.rows.get(key);
    if (before !== undefined) this.changed.delete(before);
    this.rows.set(key, row);
    this.changed.add(row);
  }
}
