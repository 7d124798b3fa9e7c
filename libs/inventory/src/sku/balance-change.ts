import type { StockPlace, Take } from './stock-place.js';

/** The changes that an event makes at one place, in units. */
export interface BalanceChange {
  readonly place: StockPlace;
  readonly onHand: number;
  readonly reserved: number;
  /** Units in transit to this place. */
  readonly inTransit: number;
  /** Units that may not leave; missing for no change. */
  readonly held?: number;
  /** The new figure, not a difference. */
  readonly safetyStock?: number;
}

export const onHandBy = (place: StockPlace, onHand: number): BalanceChange => ({ place, onHand, reserved: 0, inTransit: 0 });
export const reservedBy = (place: StockPlace, reserved: number): BalanceChange => ({ place, onHand: 0, reserved, inTransit: 0 });
export const inTransitBy = (place: StockPlace, inTransit: number): BalanceChange => ({ place, onHand: 0, reserved: 0, inTransit });

export const heldBy = (place: StockPlace, held: number): BalanceChange => ({ place, onHand: 0, reserved: 0, inTransit: 0, held });

export const reserved = (takes: readonly Take[]): readonly BalanceChange[] => takes.map((take) => reservedBy(take, take.quantity));
export const freed = (takes: readonly Take[]): readonly BalanceChange[] => takes.map((take) => reservedBy(take, -take.quantity));
export const returned = (takes: readonly Take[]): readonly BalanceChange[] => takes.map((take) => onHandBy(take, take.quantity));

/** For events that change no balance. */
export const unchanged = (): readonly BalanceChange[] => [];
