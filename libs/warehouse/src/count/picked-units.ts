import { refuse, type Refusal } from '@holdfast/inventory';
import type { CountedBook } from './events.js';

export interface StatedUnits {
  readonly pickedUnits?: number;
  readonly awaitingPickUnits?: number;
}

/** Units that the counted figure is to be corrected by, or why that is not known. */
export type ShelfUnits = { readonly kind: 'known'; readonly pickedUnits: number; readonly awaitingPickUnits: number } | Unknown;

interface Unknown extends Refusal<'picked_units_unknown'> {
  readonly kind: 'refused';
}

type Bounds = Pick<CountedBook, 'reservedUnits' | 'unpickedUnits'>;

/**
 * A picked reservation is off the shelf while on hand has it; a sale is off on hand while the goods may stand on the shelf. Where that
 * alone may explain the difference, somebody must say how many units it is. Beyond that it cannot be the cause, so nobody is asked.
 * @param book on hand as of the count
 */
export function shelfUnits(quantity: number, book: number, bounds: Bounds, stated: StatedUnits): ShelfUnits {
  const { reservedUnits, unpickedUnits } = bounds;
  const isExplained = quantity !== book && quantity >= book - reservedUnits && quantity <= book + unpickedUnits;
  if (isExplained && stated.pickedUnits === undefined && stated.awaitingPickUnits === undefined) {
    return refuse('picked_units_unknown', { reservedUnits, unpickedUnits });
  }
  return { kind: 'known', pickedUnits: stated.pickedUnits ?? 0, awaitingPickUnits: stated.awaitingPickUnits ?? 0 };
}

/** Refuses more picked units than were reserved, or more awaiting ones than were sold or counted. */
export function statedFault(quantity: number, bounds: Bounds, stated: StatedUnits): Refusal<'picked_units_exceed'> | undefined {
  const { pickedUnits = 0, awaitingPickUnits = 0 } = stated;
  if (pickedUnits > bounds.reservedUnits) return refuse('picked_units_exceed', { field: 'pickedUnits' });
  return awaitingPickUnits > Math.min(bounds.unpickedUnits, quantity)
    ? refuse('picked_units_exceed', { field: 'awaitingPickUnits' })
    : undefined;
}
