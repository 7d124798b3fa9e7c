import type { BackorderPolicy } from '../supply/events.js';

/** What a channel may take, and what it took since the allocation was set; units. */
export interface AllocationState {
  readonly cap?: number;
  readonly floor: number;
  readonly holderUnits?: number;
  /** Held by open reservations, or waited for. */
  openUnits: number;
  committedUnits: number;
}

export interface SkuLimits {
  overbookingUnits: number;
  holderUnits: number | undefined;
  backorders: BackorderPolicy | undefined;
  /** By channel. */
  readonly allocations: Map<string, AllocationState>;
}
