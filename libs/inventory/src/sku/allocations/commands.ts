import type { Command } from '../command.js';
import type { BackorderPolicy } from '../supply/events.js';

export type AllocationCommand = SetLimits;

/** Replaces every limit of the SKU: a limit or a channel that is not named has none afterwards. */
export interface SetLimits extends Command {
  readonly type: 'SetLimits';
  readonly overbookingUnits?: number;
  readonly holderUnits?: number;
  readonly allocations: readonly Allocation[];
  /** Whether reservations may wait for supply; none may when not given. */
  readonly backorders?: BackorderPolicy;
}

/** The cap and the floor of a channel, in units. */
export interface Allocation {
  readonly channelId: string;
  readonly cap?: number;
  readonly floor?: number;
  readonly holderUnits?: number;
}
