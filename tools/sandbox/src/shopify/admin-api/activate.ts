import type { Inventory } from '../shop/inventory.js';
import { KEY_FAULTS, type IdempotencyKeys } from './idempotency.js';
import type { Views } from './views.js';

export interface ActivateArguments {
  readonly inventoryItemId: string;
  readonly locationId: string;
  readonly available?: number | null;
}

/** `inventoryActivate`: stocks an item at a location. Figures that it had there before stay unless new ones are given. */
export function activate(inventory: Inventory, keys: IdempotencyKeys, views: Views, key: string, args: ActivateArguments): object {
  const refuse = (field: string | null, message: string) => ({
    payload: { inventoryLevel: null, userErrors: [{ field: field === null ? null : [field], message }] },
    failed: true,
  });
  const outcome = keys.once(key, 'inventoryActivate', args, () => {
    const item = inventory.item(args.inventoryItemId);
    const location = inventory.location(args.locationId);
    if (item === undefined) return refuse('inventoryItemId', "The product couldn't be stocked because it wasn't found.");
    if (location === undefined) return refuse('locationId', "The product couldn't be stocked because the location wasn't found.");
    const isStocked = inventory.level(item.id, location.id) !== undefined;
    if (isStocked && typeof args.available === 'number')
      return refuse('available', 'Not allowed to set available quantity when the item is already active at the location.');
    const level = inventory.activate(item, location, args.available ?? undefined);
    return { payload: { inventoryLevel: () => views.level(level), userErrors: [] }, failed: false };
  });
  return typeof outcome === 'object' ? outcome : { inventoryLevel: null, userErrors: [{ field: null, message: KEY_FAULTS[outcome] }] };
}
