import { listOf } from '../rest/read.js';
import type { Json } from '../rest/json.js';
import { badArgument } from './bad-argument.js';
import type { RequestContext } from './context.js';

interface Wanted {
  readonly skus: readonly string[];
  readonly channelId?: string | null;
  readonly locationId?: string | null;
  readonly quantity: number | null;
}

export const MAX_SKUS = 100;

export async function availability(
  _: unknown,
  { skus, channelId, locationId, quantity }: Wanted,
  { rest }: RequestContext,
): Promise<readonly Json[]> {
  if (skus.length === 0 || skus.length > MAX_SKUS) throw badArgument('skus', `must have 1 to ${MAX_SKUS} entries`);
  if (new Set(skus).size < skus.length) throw badArgument('skus', 'must name each SKU once');
  const view = await rest.lookUp('/api/inventory/availability/check', {
    items: skus.map((sku) => ({ sku, quantity: quantity ?? 1 })),
    ...(channelId === undefined || channelId === null ? {} : { channelId }),
    ...(locationId === undefined || locationId === null ? {} : { locationId }),
  });
  return listOf(view, 'lines');
}
