import { jsonOf, type VendorCall } from './http/vendor-call.js';
import type { Vendor } from './simulator.js';

/** A figure that a call sets. */
export interface SetFigure {
  readonly listingId: string;
  readonly quantity: number;
}

type Fields = Readonly<Record<string, unknown>>;

const fields = (value: unknown): Fields => (typeof value === 'object' && value !== null ? (value as Fields) : {});
const list = (value: unknown): readonly Fields[] => (Array.isArray(value) ? value.map(fields) : []);
const set = (listingId: unknown, quantity: unknown): SetFigure => ({ listingId: String(listingId), quantity: Number(quantity) });
const bodyOf = (call: VendorCall): Fields => fields(jsonOf(call));

const READERS: Readonly<Record<Vendor, (operation: string, call: VendorCall) => readonly SetFigure[]>> = {
  shopify: (operation, call) =>
    operation === 'inventorySetQuantities'
      ? list(fields(fields(bodyOf(call)['variables'])['input'])['quantities']).map((one) => set(one['inventoryItemId'], one['quantity']))
      : [],
  amazon: (operation, call) =>
    operation === 'patchListingsItem'
      ? list(bodyOf(call)['patches']).flatMap((patch) => list(patch['value']).map(({ quantity }) => set(call.params['sku'], quantity)))
      : [],
  ebay: (operation, call) =>
    operation === 'bulkUpdatePriceQuantity'
      ? list(bodyOf(call)['requests']).map((one) => set(one['sku'], fields(one['shipToLocationAvailability'])['quantity']))
      : [],
  walmart: (operation, call) =>
    operation === 'putInventory' ? [set(call.query.get('sku'), fields(bodyOf(call)['quantity'])['amount'])] : [],
  zalando: (operation, call) => (operation === 'stocks' ? list(bodyOf(call)['items']).map((one) => set(one['ean'], one['quantity'])) : []),
};

/** Figures that a call sets, whatever comes of it: one for each listing and place. What feeds and writes of several ship nodes set is left out. */
export const figuresSet = (vendor: Vendor, operation: string, call: VendorCall): readonly SetFigure[] => READERS[vendor](operation, call);
