import type { BackorderPolicy } from '../supply/events.js';

export type AllocationEvent = LimitsSet | AllocationSet | AllocationRemoved;

/** What binds every reservation of the SKU; a field that is missing means that there is no such limit. */
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

/** What a channel may take of the SKU, and what is kept for it. What it took is counted from the first of these until a removal. */
export interface AllocationSet {
  readonly type: 'AllocationSet';
  readonly commandId: string;
  readonly channelId: string;
  /** Most units that the channel may hold or have committed; without one it may take any number. */
  readonly cap?: number;
  /** Units protected from all others, as far as the channel has not taken them yet. */
  readonly floor: number;
  /** Most units that one holder may have open where it buys through this channel. */
  readonly holderUnits?: number;
}

export interface AllocationRemoved {
  readonly type: 'AllocationRemoved';
  readonly commandId: string;
  readonly channelId: string;
}
