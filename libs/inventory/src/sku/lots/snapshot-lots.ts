import { changePositions, noLots, positionChange, soonestExpiry } from './positions.js';
import type { LotControl } from './events.js';
import type { Lot, LotStock } from './state.js';

type Entries<Value> = readonly (readonly [string, Value])[];

interface LotSnapshot extends Omit<Lot, 'expiresAt' | 'expired' | 'marked' | 'origins'> {
  readonly expiresAt: Entries<number>;
  readonly expired: readonly string[];
  /** Missing for none. */
  readonly marked?: readonly string[];
  /** Missing for none. */
  readonly origins?: readonly string[];
}

/** Lots and positions as plain JSON. What follows from these, such as sums, is computed when it is read. */
export interface LotsSnapshot {
  readonly control: LotControl;
  readonly lots: readonly LotSnapshot[];
  readonly emptied: readonly string[];
  /** By location, by lot, by bin. */
  readonly positions: Entries<Entries<Entries<number>>>;
  readonly closedBins: Entries<readonly string[]>;
}

export const lotsSnapshot = ({ control, lots, emptied, locations }: LotStock): LotsSnapshot => ({
  control,
  lots: [...lots.values()].map(({ marked, origins, ...lot }) => ({
    ...lot,
    expiresAt: [...lot.expiresAt],
    expired: [...lot.expired],
    ...(marked.size === 0 ? {} : { marked: [...marked] }),
    ...(origins.length === 0 ? {} : { origins }),
  })),
  emptied: [...emptied],
  positions: [...locations].map(([locationId, { lots: there }]) => [locationId, [...there].map(([lotId, { bins }]) => [lotId, [...bins]])]),
  closedBins: [...locations].filter(([, { closedBins }]) => closedBins.size > 0).map(([id, { closedBins }]) => [id, [...closedBins]]),
});

export function readLots({ control, lots, emptied, positions, closedBins }: LotsSnapshot): LotStock {
  const read = { ...noLots(), control };
  const closed = new Map(closedBins);
  for (const [locationId, there] of positions) {
    read.locations.set(locationId, { assigned: 0, lots: new Map(), closedBins: new Set(closed.get(locationId)) });
    for (const [lotId, bins] of there) {
      changePositions(
        read,
        bins.map(([binId, units]) => positionChange(locationId, lotId, binId, units)),
        new Set(),
      );
    }
  }
  for (const { expiryDate, parentLotId, marked, origins = [], ...lot } of lots) {
    // JSON leaves out what is undefined.
    read.lots.set(lot.lotId, {
      ...lot,
      expiryDate,
      parentLotId,
      origins,
      expiresAt: new Map(lot.expiresAt),
      expired: new Set(lot.expired),
      marked: new Set(marked),
    });
    if (lot.expired.length > 0) read.expiredLots.add(lot.lotId);
    for (const former of lot.formerLotIds) read.formerIds.set(former, lot.lotId);
  }
  for (const lotId of emptied) read.emptied.add(lotId);
  read.nextExpiryAt = soonestExpiry(read);
  return read;
}
