import { refuse } from '../../decision.js';
import { MAX_LOTS_PER_SKU, MAX_POSITIONS_PER_SKU } from '../limits.js';
import { quantityFault } from '../quantities.js';
import type { SkuDecision } from '../refusals.js';
import type { SkuState } from '../state.js';
import type { LotAtDestination, LotFacts, ReceivedPosition } from './commands.js';
import type { LotDeclared, PositionChange } from './events.js';
import { findLot, positionChange, unitsInBin } from './positions.js';
import type { Lot, LotStock } from './state.js';

/** What is wrong with the positions of a receipt or a record. @param isFact an ERP posted it: its lots are taken as they are known */
export function positionsFault(
  state: SkuState,
  locationId: string,
  positions: readonly ReceivedPosition[],
  { isFact, least }: { readonly isFact: boolean; readonly least: number },
): SkuDecision | undefined {
  const lots = state.detail?.lots;
  const said = new Map<string, string>();
  for (const position of positions) {
    const fault = quantityFault(position.quantity, least) ?? (isFact ? undefined : (dateFault(lots, position) ?? twoDates(said, position)));
    if (fault) return fault;
  }
  return boundsFault(lots, locationId, positions);
}

function dateFault(lots: LotStock | undefined, { lotId, expiryDate }: ReceivedPosition): SkuDecision | undefined {
  const lot = lots === undefined || lotId === undefined ? undefined : findLot(lots, lotId);
  if (lot === undefined || expiryDate === undefined || lot.expiryDate === expiryDate) return undefined;
  return refuse('expiry_mismatch', { lotId, expiryDate, known: lot.expiryDate ?? null });
}

/** One lot has one date, also where it is new and lies in several bins. */
function twoDates(said: Map<string, string>, { lotId, expiryDate }: ReceivedPosition): SkuDecision | undefined {
  if (lotId === undefined || expiryDate === undefined) return undefined;
  const known = said.get(lotId) ?? expiryDate;
  said.set(lotId, known);
  return known === expiryDate ? undefined : refuse('expiry_mismatch', { lotId, expiryDate, known });
}

/** Refuses more lots with stock, or more positions, than a SKU may have. */
export function boundsFault(
  lots: LotStock | undefined,
  locationId: string,
  positions: readonly Pick<ReceivedPosition, 'lotId' | 'binId'>[],
): SkuDecision | undefined {
  const known = lots === undefined ? 0 : lots.lots.size - lots.emptied.size;
  const fresh = new Set(positions.flatMap(({ lotId }) => (lotId === undefined || hasUnits(lots, lotId) ? [] : [lotId])));
  if (known + fresh.size > MAX_LOTS_PER_SKU) return refuse('too_many_lots', { most: MAX_LOTS_PER_SKU });
  const places = positions.filter(({ lotId, binId }) => unitsInBin(lots, locationId, lotId, binId) === 0);
  if ((lots?.positionCount ?? 0) + places.length > MAX_POSITIONS_PER_SKU) {
    return refuse('too_many_positions', { most: MAX_POSITIONS_PER_SKU });
  }
  return undefined;
}

const hasUnits = (lots: LotStock | undefined, lotId: string): boolean => (lots === undefined ? 0 : (findLot(lots, lotId)?.units ?? 0)) > 0;

/** The events that make the lots known at the location, those that are new there. */
export function declarations(
  lots: LotStock | undefined,
  locationId: string,
  named: readonly (LotFacts & { readonly lotId?: string })[],
): readonly LotDeclared[] {
  const events = new Map<string, LotDeclared>();
  // A new lot that is named twice has the earliest of the dates that are said of it.
  for (const { lotId, expiryDate, expiresAt } of [...named].sort(datedFirst)) {
    if (lotId === undefined || events.has(lotId)) continue;
    const lot = lots && findLot(lots, lotId);
    const declared = lot === undefined ? newLot(locationId, { lotId, expiryDate, expiresAt }) : atLocation(lot, locationId, expiresAt);
    if (declared !== undefined) events.set(lotId, declared);
  }
  return [...events.values()];
}

const datedFirst = (one: LotFacts, other: LotFacts): number => {
  const [left, right] = [one.expiresAt ?? Number.POSITIVE_INFINITY, other.expiresAt ?? Number.POSITIVE_INFINITY];
  return left === right ? 0 : left < right ? -1 : 1;
};

interface NewLot {
  readonly lotId: string;
  readonly expiryDate: string | undefined;
  readonly expiresAt: number | undefined;
}

const newLot = (locationId: string, { lotId, expiryDate, expiresAt }: NewLot): LotDeclared => ({
  type: 'LotDeclared',
  lotId,
  ...(expiryDate === undefined ? {} : { expiryDate }),
  expiresAt: expiresAt === undefined ? [] : [{ locationId, expiresAt }],
});

/** A known lot that is new at the location. Without an instant for it the earliest one elsewhere is used: the lower promise. */
function atLocation(lot: Lot, locationId: string, expiresAt: number | undefined): LotDeclared | undefined {
  if (lot.expiresAt.size === 0 || lot.expiresAt.has(locationId)) return undefined;
  const { lotId, expiryDate } = lot;
  const instant = (expiryDate === undefined ? undefined : expiresAt) ?? Math.min(...lot.expiresAt.values());
  return {
    type: 'LotDeclared',
    lotId,
    ...(expiryDate === undefined ? {} : { expiryDate }),
    expiresAt: [{ locationId, expiresAt: instant }],
  };
}

/** As above, of lots that move to the location. Units of a lot that is expired somewhere stay so, whatever the date says: they may be marked. */
export const declarationsAt = (
  lots: LotStock | undefined,
  locationId: string,
  changes: readonly PositionChange[],
  facts: readonly LotAtDestination[] = [],
): readonly LotDeclared[] =>
  declarations(
    lots,
    locationId,
    changes.map(({ lotId }) => {
      const fact = facts.find((each) => each.lotId === lotId);
      const lot = lots === undefined || lotId === undefined ? undefined : findLot(lots, lotId);
      const known = lot !== undefined && lot.expired.size > 0 ? [...lot.expiresAt.values()] : [];
      return {
        ...(lotId === undefined ? {} : { lotId }),
        ...(fact === undefined ? {} : { expiresAt: Math.min(fact.expiresAt, ...known) }),
      };
    }),
  );

/** The changes of positions by which so many of the units arrive, the first ones; unassigned units change nothing. */
export function arrivals(
  lots: LotStock | undefined,
  locationId: string,
  positions: readonly ReceivedPosition[],
  skippedUnits = 0,
): readonly PositionChange[] {
  const changes: PositionChange[] = [];
  let skipped = skippedUnits;
  for (const { lotId, binId, quantity, sellable } of positions) {
    const units = Math.max(0, quantity - skipped);
    skipped = Math.max(0, skipped - quantity);
    if (units === 0 || (lotId === undefined && binId === undefined)) continue;
    const known = lotId === undefined || lots === undefined ? lotId : (findLot(lots, lotId)?.lotId ?? lotId);
    changes.push({ ...positionChange(locationId, known, binId, units), ...(sellable === undefined ? {} : { sellable }) });
  }
  return changes;
}
