import { STREAMS } from '@holdfast/contracts';
import type { RecordedEvent } from '@holdfast/event-store';
import type { SkuEvent } from '@holdfast/inventory';
import { dayOf } from '@holdfast/warehouse';

interface LotPart {
  readonly tenant: string;
  readonly sku: string;
  readonly revision: number;
  /** Of several rows of one event, from 0. */
  readonly part: number;
  readonly locationId: string;
  readonly lotId: string;
  readonly day: number;
}

/** So many units of the lot came to the location, or left it. */
export interface LotMovement extends LotPart {
  readonly units: number;
}

/** From that revision on the lot expires at this instant, epoch milliseconds, or never. An empty location stands for all others. */
export interface LotInstantRow extends LotPart {
  readonly expiresAt: number | null;
}

export interface LotRename {
  readonly tenant: string;
  readonly sku: string;
  readonly revision: number;
  readonly lotId: string;
  readonly toLotId: string;
}

const EVERYWHERE = '';

/** What an event says of the units of lots. */
export function lotMovementsOf(recorded: RecordedEvent, event: SkuEvent): readonly LotMovement[] {
  const positions = 'positions' in event ? (event.positions ?? []) : [];
  const base = baseOf(recorded);
  return positions.flatMap(({ locationId, lotId, delta }, part) =>
    lotId === undefined || delta === 0 ? [] : [{ ...base, part, locationId, lotId, units: delta }],
  );
}

/** What an event says of when lots expire. */
export function lotInstantsOf(recorded: RecordedEvent, event: SkuEvent): readonly LotInstantRow[] {
  const base = baseOf(recorded);
  switch (event.type) {
    case 'LotDeclared':
      return event.expiresAt.map((each, part) => ({ ...base, part, lotId: event.lotId, ...each }));
    case 'LotExpiryChanged': {
      const others = { locationId: EVERYWHERE, expiresAt: null };
      return [others, ...event.expiresAt].map((each, part) => ({ ...base, part, lotId: event.lotId, ...each }));
    }
    case 'LotExpired':
      // One that expired by its date has that instant already.
      if (event.because === 'date') return [];
      return event.locationIds.map((locationId, part) => ({
        ...base,
        part,
        lotId: event.lotId,
        locationId,
        expiresAt: recorded.metadata.at,
      }));
    default:
      return [];
  }
}

export function lotRenamesOf(recorded: RecordedEvent, event: SkuEvent): readonly LotRename[] {
  if (event.type !== 'LotRenamed') return [];
  const { tenant, sku, revision } = baseOf(recorded);
  return [{ tenant, sku, revision, lotId: event.lotId, toLotId: event.toLotId }];
}

const baseOf = (recorded: RecordedEvent) => ({
  tenant: recorded.metadata.tenant,
  sku: STREAMS.stock.idOf(recorded),
  revision: recorded.revision,
  day: dayOf(recorded.metadata.at),
});
