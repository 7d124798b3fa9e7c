import type { BodyOf, ItemOf } from '@holdfast/client';

export type Hold = ItemOf<'holds.list', 'holds'>;
/** Those that people place; units of a lot that somebody marked as expired have a hold of type `expired` besides. */
export type HoldType = BodyOf<'holds.place'>['type'];
export type HoldStatus = Hold['status'];
export type Disposition = NonNullable<BodyOf<'holds.release'>['disposition']>;

export const HOLD_TYPES: readonly HoldType[] = ['quality', 'damage', 'recall', 'legal', 'customs', 'return_inspection', 'count', 'other'];
export const HOLD_STATUSES: readonly HoldStatus[] = ['active', 'partly_released', 'in_transit', 'released'];
export const DISPOSITIONS: readonly Disposition[] = ['to_stock', 'scrap', 'return_to_supplier'];

/** How much a hold covers. */
export type Scope = 'units' | 'location' | 'sku';
export const SCOPES: readonly Scope[] = ['units', 'location', 'sku'];

/** Units of a hold that are not released yet; undefined for one that covers all there is. */
export const openUnits = ({ quantity, quantityReleased }: Pick<Hold, 'quantity' | 'quantityReleased'>): number | undefined =>
  quantity === null ? undefined : quantity - quantityReleased;
