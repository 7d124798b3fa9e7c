import { closed, costed, firstRow, type ClosingRow } from '@holdfast/warehouse';
import type { SkuChange } from './closing-changes.js';

/** What holds for a SKU at all locations. */
export interface ClosingSku {
  readonly tenant: string;
  readonly sku: string;
  unitCost: number | null;
  category: string | null;
}

/** A SKU with its newest row of each location. */
export interface ClosingState extends ClosingSku {
  readonly rows: Map<string, ClosingRow>;
}

export interface StoredClosing extends ClosingRow {
  readonly tenant: string;
  readonly sku: string;
  readonly locationId: string;
}

/**
 * Rows after the changes, one a day on which something changed; the states are changed along.
 * @param stateOf with the newest row of each location that a change touches, of all locations where the cost changes
 */
export function foldClosings(stateOf: (change: SkuChange) => ClosingState, changes: readonly SkuChange[]): readonly StoredClosing[] {
  const stored = new Map<string, StoredClosing>();
  const keep = (state: ClosingState, locationId: string, row: ClosingRow): void => {
    const { tenant, sku } = state;
    state.rows.set(locationId, row);
    stored.set(JSON.stringify([tenant, sku, locationId, row.day]), { tenant, sku, locationId, ...row });
  };
  for (const change of changes) {
    const state = stateOf(change);
    const { day, unitCost, category, places, moved } = change;
    if (category !== undefined) state.category = category;
    if (unitCost !== undefined && unitCost !== state.unitCost) {
      state.unitCost = unitCost;
      for (const [locationId, row] of state.rows) keep(state, locationId, costed(row, day, unitCost));
    }
    const movedReceivedDay = moved && state.rows.get(moved.fromLocationId)?.receivedDay;
    for (const [locationId, placeChange] of places) {
      const before = state.rows.get(locationId) ?? firstRow(day, state.unitCost);
      const isReached = movedReceivedDay !== undefined && locationId === moved?.toLocationId;
      keep(state, locationId, closed(before, isReached ? { ...placeChange, movedReceivedDay } : placeChange));
    }
  }
  return [...stored.values()];
}
