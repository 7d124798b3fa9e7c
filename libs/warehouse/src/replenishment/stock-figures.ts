import { openUnitsOf, type SkuState } from '@holdfast/inventory';

/** Where a SKU stands at a location, in units. Each unit is in one figure only. */
export interface StockFigures {
  readonly onHand: number;
  readonly held: number;
  readonly reserved: number;
  /** Units of reservations that wait for supply. */
  readonly waiting: number;
  /** Open units of announced deliveries and units in transit to here. */
  readonly inbound: number;
}

/** Units of stock requests that are no fact of the SKU yet. */
export interface RequestUnits {
  /** Submitted or approved for this location, not shipped or announced yet. */
  readonly toHere: number;
  /** Approved from this location, not reserved yet. */
  readonly fromHere: number;
}

export const NO_REQUESTS: RequestUnits = { toHere: 0, fromHere: 0 };

/**
 * Figures of a SKU at a location.
 * @param preferred locations to which waiting units are counted that no delivery is expected for, the first that may serve them
 */
export function stockFigures(state: SkuState, locationId: string, preferred: readonly string[]): StockFigures {
  const balance = state.balances.get(locationId);
  return {
    onHand: balance?.onHand ?? 0,
    held: balance?.held ?? 0,
    reserved: balance?.reserved ?? 0,
    waiting: waitingUnits(state, preferred).get(locationId) ?? 0,
    inbound: inboundUnits(state, locationId),
  };
}

function inboundUnits({ supply, inTransit }: SkuState, locationId: string): number {
  let units = 0;
  for (const one of supply?.inbound.values() ?? []) if (one.locationId === locationId) units += openUnitsOf(one);
  for (const { toLocationId, quantity } of inTransit.values()) if (toLocationId === locationId) units += quantity;
  return units;
}

/**
 * Waiting units by the location that is to serve them: in the order in which they wait, of the soonest delivery that may serve them and is
 * not taken by those before; the rest by the preferred locations. A unit is counted at one location, so no two order for it.
 */
export function waitingUnits({ supply }: SkuState, preferred: readonly string[]): ReadonlyMap<string, number> {
  const units = new Map<string, number>();
  if (supply === undefined || supply.waiters.size === 0) return units;
  const count = (locationId: string, quantity: number): void => void units.set(locationId, (units.get(locationId) ?? 0) + quantity);
  const arrivals = [...supply.inbound.values()]
    .map((one) => ({ locationId: one.locationId, expectedAt: one.expectedAt, open: openUnitsOf(one) }))
    .sort((one, other) => one.expectedAt - other.expectedAt);
  for (const { waiting } of supply.waiters.values()) {
    const { locationIds } = waiting;
    let rest = waiting.units;
    for (const arrival of arrivals) {
      if (rest === 0) break;
      if (arrival.open === 0 || locationIds?.includes(arrival.locationId) === false) continue;
      const served = Math.min(rest, arrival.open);
      arrival.open -= served;
      rest -= served;
      count(arrival.locationId, served);
    }
    const other = preferred.find((locationId) => locationIds?.includes(locationId) !== false) ?? locationIds?.[0];
    if (rest > 0 && other !== undefined) count(other, rest);
  }
  return units;
}

/** Whether units of a transfer have left their source, in whatever attempt: then they are in transit or have arrived. */
export function hasShipped({ inTransit, endedTransfers }: SkuState, transferId: string): boolean {
  const isAttempt = (shipmentId: string): boolean => shipmentId === transferId || shipmentId.startsWith(`${transferId}~`);
  for (const shipmentId of inTransit.keys()) if (isAttempt(shipmentId)) return true;
  for (const [shipmentId, { outcome }] of endedTransfers) if (outcome === 'received' && isAttempt(shipmentId)) return true;
  return false;
}
