import { gid } from '../shop/gid.js';
import type { Inventory, Level } from '../shop/inventory.js';
import { KEY_FAULTS, type IdempotencyKeys, type KeyFault } from './idempotency.js';
import type { AdminContext } from './admin-context.js';

interface Quantity {
  readonly inventoryItemId: string;
  readonly locationId: string;
  readonly quantity: number;
  readonly changeFromQuantity?: number | null;
}

export interface SetQuantitiesInput {
  readonly name: string;
  readonly reason: string;
  readonly referenceDocumentUri?: string | null;
  readonly quantities: readonly Quantity[];
}

interface UserError {
  readonly code: string | null;
  readonly field: readonly string[] | null;
  readonly message: string;
}

export interface SetQuantitiesOptions {
  readonly inventory: Inventory;
  readonly keys: IdempotencyKeys;
  readonly now: () => number;
  /** Where an item is not stocked at the location: refused, as documented, or passed over without a word, as was seen in a shop. */
  readonly unstocked: 'refuse' | 'ignore';
  /** Whether a refused call names all of its faults or the first alone; which of both the vendor does is not documented. */
  readonly faultsNamed: 'all' | 'first';
  readonly violation: (text: string) => void;
}

const MOST = 1_000_000_000;
/** Source: shopify.dev, manage inventory quantities and states. */
const REASONS = new Set(
  `correction cycle_count_available damaged movement_canceled movement_created movement_received movement_updated other promotion quality_control
  received reservation_created reservation_deleted reservation_updated restock safety_stock shrinkage`.split(/\s+/),
);

/** `inventorySetQuantities`: all of the quantities or none of them. */
export class SetQuantities {
  private groups = 0;

  constructor(private readonly options: SetQuantitiesOptions) {}

  run(input: SetQuantitiesInput, key: string, context: AdminContext): object {
    const outcome = this.options.keys.once(key, 'inventorySetQuantities', input, () => {
      const userErrors = [...inputErrors(input), ...this.quantityErrors(input, context)];
      const named = this.options.faultsNamed === 'all' ? userErrors : userErrors.slice(0, 1);
      if (named.length > 0) return { payload: { inventoryAdjustmentGroup: null, userErrors: named }, failed: true };
      return { payload: { inventoryAdjustmentGroup: this.apply(input, context), userErrors: [] }, failed: false };
    });
    if (typeof outcome === 'object') return outcome;
    return { inventoryAdjustmentGroup: null, userErrors: [keyError(outcome)] };
  }

  private quantityErrors({ name, quantities }: SetQuantitiesInput, { fault }: AdminContext): readonly UserError[] {
    const seen = new Set<string>();
    return quantities.flatMap((one, index): readonly UserError[] => {
      const at = (field: string, code: string | null, message: string): readonly UserError[] => [
        { code, message, field: ['input', 'quantities', String(index), field] },
      ];
      const pair = `${one.inventoryItemId} ${one.locationId}`;
      if (seen.has(pair))
        return at(
          'locationId',
          'NO_DUPLICATE_INVENTORY_ITEM_ID_GROUP_ID_PAIR',
          'The combination of inventoryItemId and locationId must be unique.',
        );
      seen.add(pair);
      const item = this.options.inventory.item(one.inventoryItemId);
      if (item === undefined) return at('inventoryItemId', 'INVALID_INVENTORY_ITEM', 'The specified inventory item could not be found.');
      if (this.options.inventory.location(one.locationId) === undefined)
        return at('locationId', 'INVALID_LOCATION', 'The specified location could not be found.');
      if (fault?.kind === 'reject_listings' && fault.listingIds.includes(item.id))
        return fault.permanent
          ? at('inventoryItemId', 'NON_MUTABLE_INVENTORY_ITEM', 'The specified inventory item is not allowed to be adjusted via API.')
          : at('inventoryItemId', null, 'The inventory item could not be updated. Try again.');
      if (!item.mutable)
        return at('inventoryItemId', 'NON_MUTABLE_INVENTORY_ITEM', 'The specified inventory item is not allowed to be adjusted via API.');
      if (one.quantity < 0) return at('quantity', 'INVALID_QUANTITY_NEGATIVE', "The quantity can't be negative.");
      if (one.quantity > MOST) return at('quantity', 'INVALID_QUANTITY_TOO_HIGH', "The quantity can't be higher than 1,000,000,000.");
      const level = this.options.inventory.level(item.id, one.locationId);
      if (level === undefined)
        return this.options.unstocked === 'ignore'
          ? []
          : at('locationId', 'ITEM_NOT_STOCKED_AT_LOCATION', 'The specified inventory item is not stocked at the location.');
      if (typeof one.changeFromQuantity === 'number' && one.changeFromQuantity !== figureOf(level, name))
        return at('changeFromQuantity', 'CHANGE_FROM_QUANTITY_STALE', 'The changeFromQuantity value does not match persisted value.');
      return [];
    });
  }

  private apply({ name, reason, referenceDocumentUri, quantities }: SetQuantitiesInput, { fault }: AdminContext): object | null {
    const { inventory, now, violation } = this.options;
    const changes = quantities.flatMap(({ inventoryItemId, locationId, quantity }) => {
      const level = inventory.level(inventoryItemId, locationId);
      if (level === undefined) return [];
      if (!level.item.tracked) {
        violation(`${inventoryItemId} is not tracked and was set`);
        return [];
      }
      const delta = quantity - figureOf(level, name);
      if (delta === 0 || fault?.kind === 'never_apply') return [];
      inventory.setAvailable(level, level.available + (fault?.kind === 'apply_twice' ? 2 : 1) * delta);
      return ['available', 'on_hand'].map((changed) => ({
        name: changed,
        delta,
        quantityAfterChange: null,
        item: () => ({ __typename: 'InventoryItem', id: level.item.id, sku: level.item.sku, tracked: true }),
        location: () => ({ __typename: 'Location', id: level.location.id, name: level.location.name, isActive: true }),
      }));
    });
    if (changes.length === 0) return null;
    this.groups += 1;
    const id = gid('InventoryAdjustmentGroup', this.groups);
    const named = ({ quantityNames }: { readonly quantityNames?: readonly string[] | null }) =>
      changes.filter((change) => quantityNames?.includes(change.name) ?? true);
    return { id, createdAt: new Date(now()).toISOString(), reason, referenceDocumentUri: referenceDocumentUri ?? null, changes: named };
  }
}

export const keyError = (code: KeyFault): UserError => ({ code, field: null, message: KEY_FAULTS[code] });

const figureOf = (level: Level, name: string): number => (name === 'on_hand' ? level.available + level.committed : level.available);

function inputErrors({ name, reason, referenceDocumentUri }: SetQuantitiesInput): readonly UserError[] {
  const errors: UserError[] = [];
  if (name !== 'available' && name !== 'on_hand')
    errors.push({ code: 'INVALID_NAME', field: ['input', 'name'], message: "The quantity name must be either 'available' or 'on_hand'." });
  if (!REASONS.has(reason))
    errors.push({ code: 'INVALID_REASON', field: ['input', 'reason'], message: 'The specified reason is invalid.' });
  if (typeof referenceDocumentUri === 'string' && !/^[a-z][a-z0-9+.-]*:\/\/\S+$/i.test(referenceDocumentUri))
    errors.push({
      code: 'INVALID_REFERENCE_DOCUMENT',
      field: ['input', 'referenceDocumentUri'],
      message: 'The specified reference document is invalid.',
    });
  return errors;
}
