import type { Command } from '../command.js';
import type { BackorderPolicy } from '../supply/events.js';

export type AllocationCommand = SetLimits;

/** Sets every limit of the SKU anew: a limit or a channel that is not named has none afterwards. */
export interface SetLimits extends Command {
  readonly type: 'SetLimits';
  readonly overbookingUnits?: number;
  readonly holderUnits?: number;
  readonly allocations: readonly Allocation[];
  /** Whether reservations may wait for supply; none may when not given. */
  readonly backorders?: BackorderPolicy;
}

/** What a channel may take, and what is kept for it, in units. */
export interface Allocation {
  readonly channelId: string;
  readonly cap?: number;
  readonly floor?: number;
  readonly holderUnits?: number;
}
