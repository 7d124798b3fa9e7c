import type { BackorderPolicy } from '../supply/events.js';

export type AllocationEvent = LimitsSet | AllocationSet | AllocationRemoved;

/** The limits of every reservation of the SKU; a missing field means that there is no such limit. */
export interface LimitsSet {
  readonly type: 'LimitsSet';
  readonly commandId: string;
  /** Reservations may exceed on hand by so many units over all locations. */
  readonly overbookingUnits: number;
  /** Most units that one holder may have open. */
  readonly holderUnits?: number;
  /** Without it no reservation may wait for supply. */
  readonly backorders?: BackorderPolicy;
}

/** Cap and floor of a channel on the SKU. Units that the channel took are counted from its first allocation until a removal. */
export interface AllocationSet {
  readonly type: 'AllocationSet';
  readonly commandId: string;
  readonly channelId: string;
  /** Most units that the channel may hold or have committed; without one it may take any number. */
  readonly cap?: number;
  /** Units reserved for the channel and closed to others, less what the channel has taken. */
  readonly floor: number;
  /** Most units that one holder may have open through this channel. */
  readonly holderUnits?: number;
}

export interface AllocationRemoved {
  readonly type: 'AllocationRemoved';
  readonly commandId: string;
  readonly channelId: string;
}
