import type { Tables } from './tables.js';

export interface NamedProduct {
  readonly sku: string;
  readonly barcode: string | null;
}

/** What outside systems call products. */
export interface ProductNames {
  readonly skus: readonly string[];
  readonly barcodes: readonly string[];
}

/** A SKU as people misspell it: spaces at its ends, and another letter case. */
export const foldedSku = (sku: string): string => sku.trim().toLowerCase();

/** GTINs are the same number with and without leading zeros. */
export const foldedBarcode = (barcode: string): string => barcode.trim().replace(/^0+/, '');

/** Products of a tenant that have one of the names, or whose SKU differs from one only by spaces at its ends or by letter case. */
export async function productsNamed(tables: Tables, tenant: string, { skus, barcodes }: ProductNames): Promise<readonly NamedProduct[]> {
  const sql = `
    SELECT sku, barcode FROM ${tables.schema}.products
     WHERE tenant = $1 AND (sku = ANY ($2) OR ltrim(btrim(barcode), '0') = ANY ($3) OR lower(btrim(sku)) = ANY ($4))
     ORDER BY sku`;
  return (await tables.pool.query<NamedProduct>(sql, [tenant, skus, barcodes.map(foldedBarcode), skus.map(foldedSku)])).rows;
}
