import type { Pool } from 'pg';

/** Requests with a text, where they are few; else the pattern by which each is looked at. */
export type FoundRequests =
  { readonly ids: readonly string[]; readonly pattern?: undefined } | { readonly pattern: string; readonly ids?: undefined };

/** So many are named one by one. */
const FEW = 2_000;

/** By the number, the reason, a SKU or its name. A SKU of a line has a row among the products, described or not. */
const FIND = `
  SELECT r.request_id FROM workflow.stock_request r WHERE r.tenant = $1 AND r.number ILIKE $2
  UNION ALL
  SELECT r.request_id FROM workflow.stock_request r WHERE r.tenant = $1 AND r.reason ILIKE $2
  UNION ALL
  SELECT l.request_id FROM workflow.request_product p JOIN workflow.stock_request_line l ON l.tenant = p.tenant AND l.sku = p.sku
   WHERE p.tenant = $1 AND (p.sku ILIKE $2 OR p.name ILIKE $2)
  LIMIT ${String(FEW + 1)}`;

/** A text as part of a pattern of LIKE: what stands for any character stands for itself. */
export const partOf = (text: string): string => `%${text.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`;

export async function findRequests(pool: Pool, tenant: string, search: string): Promise<FoundRequests> {
  const pattern = partOf(search);
  const { rows } = await pool.query<{ request_id: string }>(FIND, [tenant, pattern]);
  return rows.length > FEW ? { pattern } : { ids: [...new Set(rows.map((row) => row.request_id))] };
}
