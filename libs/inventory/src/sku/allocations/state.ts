import type { BackorderPolicy } from '../supply/events.js';

/** Cap and floor of a channel, and the units it took since the allocation was set. */
export interface AllocationState {
  readonly cap?: number;
  readonly floor: number;
  readonly holderUnits?: number;
  /** Units that open reservations hold or wait for. */
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
