import type { ProductRow } from '../fold/rows.js';
import { productRow } from '../storage/read-rows.js';
import type { StoredProduct } from '../storage/read-rows.js';
import type { PageOf, PageRequest, Tables } from './tables.js';
import { Conditions, containing, pageOfRows } from './tables.js';

export interface ProductFilter {
  readonly sku?: string | undefined;
  readonly brandId?: string | undefined;
  readonly category?: string | undefined;
  readonly verified?: boolean | undefined;
  /** SKUs after this one only. */
  readonly after?: string | undefined;
  /** Part of the SKU, the name or the barcode. */
  readonly search?: string | undefined;
}

/** Products of a tenant by SKU. */
export async function findProducts(tables: Tables, tenant: string, filter: ProductFilter, page: PageRequest): Promise<PageOf<ProductRow>> {
  const conditions = new Conditions()
    .where('tenant = ?', tenant)
    .where('sku = ?', filter.sku)
    .where('sku > ?', filter.after)
    .where('brand_id = ?', filter.brandId)
    .where('category = ?', filter.category)
    .where('verified = ?', filter.verified)
    .where('(sku ILIKE ? OR name ILIKE ? OR barcode ILIKE ?)', containing(filter.search));
  const query = { select: '*', from: `${tables.schema}.products`, order: 'sku', conditions };
  const { rows, total } = await pageOfRows<StoredProduct>(tables, query, page);
  return { rows: rows.map(productRow), total };
}

export async function findProduct(tables: Tables, tenant: string, sku: string): Promise<ProductRow | undefined> {
  return (await findProducts(tables, tenant, { sku }, { limit: 1, offset: 0 })).rows[0];
}
