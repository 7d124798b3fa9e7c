import type { ProductDescribed } from '@holdfast/inventory';
import type { Moment } from './moment.js';
import type { ProductRow } from './rows.js';

/** The row of a product that an event named first, unverified. */
export const newProduct = (tenant: string, sku: string, { position, recordedAt }: Moment): ProductRow => ({
  tenant,
  sku,
  name: null,
  category: null,
  barcode: null,
  brandId: null,
  costMinor: null,
  lowStockThreshold: null,
  removalDays: null,
  lotControl: 'none',
  verified: false,
  units: null,
  limits: null,
  position,
  createdAt: recordedAt,
  updatedAt: recordedAt,
});

/** Takes over the fields that the event has; the others stay. */
export function describeProduct(product: ProductRow, event: ProductDescribed): void {
  product.verified = event.verified;
  if (event.name !== undefined) product.name = event.name;
  if (event.category !== undefined) product.category = event.category;
  if (event.barcode !== undefined) product.barcode = event.barcode;
  if (event.brandId !== undefined) product.brandId = event.brandId;
  if (event.costMinor !== undefined) product.costMinor = event.costMinor;
  if (event.lowStockThreshold !== undefined) product.lowStockThreshold = event.lowStockThreshold;
  if (event.removalDays !== undefined) product.removalDays = event.removalDays === 0 ? null : event.removalDays;
  if (event.units !== undefined) product.units = event.units.length === 0 ? null : event.units;
}
