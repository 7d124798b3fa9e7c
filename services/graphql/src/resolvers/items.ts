import { listOf, numberOf, objectOf, textOf } from '../rest/read.js';
import type { Json } from '../rest/json.js';
import type { RequestContext } from './context.js';
import { badArgument } from './bad-argument.js';
import { itemOf } from './item.js';

interface PageOfItems {
  readonly first: number | null;
  readonly after?: string | null;
  readonly search?: string | null;
}

export const DEFAULT_FIRST = 20;
export const MAX_FIRST = 100;

/** A cursor is the SKU that it stands behind, so pages neither repeat nor skip when SKUs are created meanwhile. */
const cursorOf = (sku: string): string => Buffer.from(`sku:${sku}`).toString('base64url');

function skuOf(cursor: string): string {
  const text = Buffer.from(cursor, 'base64url').toString('utf8');
  if (!text.startsWith('sku:') || cursorOf(text.slice(4)) !== cursor) throw badArgument('after', 'is no cursor of inventoryItems');
  return text.slice(4);
}

export async function inventoryItems(_: unknown, { first, after, search }: PageOfItems, { rest }: RequestContext): Promise<Json> {
  const limit = first ?? DEFAULT_FIRST;
  if (limit < 1 || limit > MAX_FIRST) throw badArgument('first', `must be a whole number from 1 to ${MAX_FIRST}`);
  const query = new URLSearchParams({ limit: String(limit) });
  if (after !== undefined && after !== null) query.set('after', skuOf(after));
  if (search !== undefined && search !== null) query.set('search', search);
  const page = await rest.get(`/api/products?${query.toString()}`);
  const edges = listOf(page, 'items').map((product) => {
    const sku = textOf(product, 'sku');
    return { cursor: cursorOf(sku), node: itemOf(sku, { product }) };
  });
  return {
    edges,
    pageInfo: {
      // The total counts what comes after the cursor.
      hasNextPage: numberOf(objectOf(page['pagination']), 'total') > edges.length,
      hasPreviousPage: after !== undefined && after !== null,
      startCursor: edges[0]?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    },
  };
}
