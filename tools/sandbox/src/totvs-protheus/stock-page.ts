import type { Company } from '../erp/company.js';
import type { StockRow } from '../erp/stock-row.js';

/** Lengths of the columns, to which values are padded with blanks. */
const CODE_LENGTH = 15;
const WAREHOUSE_LENGTH = 2;
const DEFAULT_PAGE_SIZE = 10;
const SORTED = 'ItemInternalId';

type Item = Readonly<Record<string, unknown>>;

/** How a site's own service calls and writes its fields. */
export interface SiteFields {
  readonly sku: string;
  readonly warehouse: string;
  readonly onHand: string;
  readonly reserved: string;
}

/** An item as `retailStockLevel` has it. */
export const retailItem = (row: StockRow): Item => ({
  CompanyId: '01',
  BranchId: '0101',
  ItemInternalId: row.sku.padEnd(CODE_LENGTH),
  WarehouseInternalID: row.warehouse.padEnd(WAREHOUSE_LENGTH),
  CurrentStockAmount: Number(row.quantity),
  BookedStockAmount: Number(row.reserved),
  FutureStockAmount: 0,
  ValueofCurrentStockAmount: 0,
});

/** An item of a service that a site wrote itself: names of its own, quantities as text. */
export const siteItem =
  ({ sku, warehouse, onHand, reserved }: SiteFields) =>
  (row: StockRow): Item => ({
    [sku]: row.sku.padEnd(CODE_LENGTH),
    [warehouse]: row.warehouse.padEnd(WAREHOUSE_LENGTH),
    [onHand]: row.quantity,
    [reserved]: row.reserved,
  });

export type PageResult =
  | { readonly kind: 'page'; readonly items: readonly Item[]; readonly hasNext: boolean }
  | { readonly kind: 'refused'; readonly message: string };

/** @param most entries of a page, whatever was asked for */
export function stockPage(
  company: Company,
  query: URLSearchParams,
  { itemOf, most, back }: { readonly itemOf: (row: StockRow) => Item; readonly most: number; readonly back: number },
): PageResult {
  const page = Number(query.get('page') ?? 1);
  const pageSize = Number(query.get('pageSize') ?? DEFAULT_PAGE_SIZE);
  if (!Number.isInteger(page) || page < 1) return { kind: 'refused', message: 'page must be 1 or more' };
  if (!Number.isInteger(pageSize) || pageSize < 1) return { kind: 'refused', message: 'pageSize must be 1 or more' };
  const size = Math.min(pageSize, most);
  const from = Math.max(0, page - 1 - back) * size;
  const positions = Array.from({ length: size }, (_, index) => from + index);
  const rows = positions.flatMap((position) => company.at(position) ?? []);
  const fields = (query.get('fields') ?? '').split(',').filter((name) => name !== '');
  const only = (item: Item): Item =>
    fields.length === 0 ? item : Object.fromEntries(Object.entries(item).filter(([name]) => fields.includes(name)));
  return { kind: 'page', items: rows.map(itemOf).map(only), hasNext: page * size < company.count };
}

/** The order that a caller may ask for: upwards by the product. */
export const isKnownOrder = (query: URLSearchParams): boolean => [SORTED, ''].includes(query.get('order') ?? '');
