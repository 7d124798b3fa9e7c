import type { RequestUnits } from '@holdfast/warehouse';

/** Units of stock requests to and from a SKU at a location that are neither shipped nor reserved yet. */
export type RequestUnitsOf = (sku: string, locationId: string) => RequestUnits;

/**
 * Asked before the position of these SKUs is computed. A unit leaves as soon as it is reserved, in transit or announced in the stream of
 * its SKU.
 */
export type ReadRequestUnits = (tenant: string, skus: readonly string[]) => Promise<RequestUnitsOf>;
