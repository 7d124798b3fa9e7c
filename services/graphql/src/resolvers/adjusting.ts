import { numberOf, textOf, listOf } from '../rest/read.js';
import type { Json } from '../rest/json.js';
import type { RequestContext } from './context.js';
import { itemOf, listedOn } from './item.js';
import { pathPart } from './path-part.js';
import { withUserErrors } from './user-errors.js';

interface AdjustmentInput {
  readonly sku: string;
  readonly adjustments: readonly { readonly locationId: string; readonly delta: number }[];
  readonly idempotencyKey: string;
  readonly reasonCode?: string | null;
  readonly reason?: string | null;
  readonly effectiveAt?: string | null;
  readonly mayUncoverPromises?: boolean | null;
}

/** A value that was given; null counts as not given, as in every input of GraphQL. */
const given = (values: Readonly<Record<string, unknown>>): Json =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined && value !== null));

export async function inventoryAdjust(_: unknown, { input }: { readonly input: AdjustmentInput }, context: RequestContext): Promise<Json> {
  const { sku: sent, adjustments, idempotencyKey, ...rest } = input;
  const { result, userErrors } = await withUserErrors(
    {},
    (code) => (code === 'unknown_sku' || code === 'validation_failed' ? ['input', 'sku'] : ['input']),
    () => context.rest.write(`/v1/inventory/${pathPart(sent)}/adjustments`, { adjustments, ...given(rest) }, idempotencyKey),
  );
  if (result === undefined) return { inventoryItem: null, syncStatus: [], userErrors };
  const { body, position } = result;
  const sku = textOf(body, 'sku');
  const totals = {
    available: numberOf(body, 'totalAvailable'),
    onHand: numberOf(body, 'totalOnHand'),
    reserved: numberOf(body, 'totalReserved'),
  };
  return { inventoryItem: itemOf(sku, { totals }), syncStatus: () => syncStatus(sku, idempotencyKey, position, context), userErrors };
}

/**
 * What each channel has confirmed. The adjustment is contained in a confirmed figure that is as new as the adjustment, or as what the
 * projection publishes for the channel once it reflects the adjustment: a channel whose figure it did not change has confirmed it already.
 * @param position of the adjustment, decimal
 */
async function syncStatus(
  sku: string,
  idempotencyKey: string,
  position: string | undefined,
  { loaders }: RequestContext,
): Promise<readonly Json[]> {
  // First the projection, which waits until it reflects the write; then what channels have confirmed.
  const promises = new Map(listOf((await loaders.levels.load(sku)) ?? {}, 'channels').map((row) => [row['channelId'], row['position']]));
  return listedOn(await loaders.channels.load(sku)).map(([channelId, { confirmedAt, confirmedPosition }]) => {
    const published = promises.get(channelId);
    const isConfirmed =
      typeof confirmedPosition === 'string' &&
      [published, position].some((wanted) => typeof wanted === 'string' && BigInt(confirmedPosition) >= BigInt(wanted));
    return { channelId, confirmedAt: isConfirmed ? confirmedAt : null, idempotencyKey };
  });
}
