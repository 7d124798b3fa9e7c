import type { PlaceReservation } from './commands.js';
import type { ExplainedTake } from './events.js';
import type { FreeStock } from './free-stock.js';
import { DEFAULT_PRIORITY } from './limits.js';
import type { SkuState } from './state.js';

/** A location that may serve the reservation. */
export interface Candidate {
  readonly locationId: string;
  readonly priority: number;
}

/** Locations of the SKU that may serve it: the one asked for, or all, lower priority numbers first, ties by id. */
export function candidates(state: SkuState, command: PlaceReservation): readonly Candidate[] {
  const { sources, locationId } = command;
  if (locationId !== undefined) return [{ locationId, priority: DEFAULT_PRIORITY }];
  const priorities = new Map<string, number>();
  for (const source of sources) priorities.set(source.locationId, source.priority);
  const found: Candidate[] = [];
  for (const known of state.balances.keys()) found.push({ locationId: known, priority: priorities.get(known) ?? DEFAULT_PRIORITY });
  return found.sort((left, right) => left.priority - right.priority || (left.locationId < right.locationId ? -1 : 1));
}

export interface SourcePlan {
  readonly takes: readonly ExplainedTake[];
  /** Units that all candidates together could serve. */
  readonly available: number;
}

/** Takes all units from the first candidate that has them; where none has, from as many as are needed in their order. */
export function planSources(sources: readonly Candidate[], available: FreeStock['available'], command: PlaceReservation): SourcePlan {
  const stocked = sources.map(({ locationId, priority }) => ({ locationId, priority, available: available(locationId) }));
  let sum = 0;
  for (const source of stocked) sum += source.available;
  const because = (priority: number): string => (command.locationId === undefined ? `priority ${String(priority)}` : 'asked for');

  const single = stocked.find((source) => source.available >= command.quantity);
  if (single !== undefined) {
    const { locationId, priority } = single;
    return { takes: [{ locationId, quantity: command.quantity, because: because(priority) }], available: sum };
  }
  const takes: ExplainedTake[] = [];
  let rest = command.quantity;
  for (const source of stocked) {
    const quantity = Math.min(rest, source.available);
    rest -= quantity;
    if (quantity > 0) takes.push({ locationId: source.locationId, quantity, because: because(source.priority) });
  }
  const explained = takes.length > 1 ? takes.map((take) => ({ ...take, because: `split: ${take.because}` })) : takes;
  return { takes: explained, available: sum };
}
