import { shortened } from '@holdfast/vendor-http';
import type { AccountVerdict } from '../../write.js';
import type { AdminApi } from '../api/admin-api.js';
import { MUTATION_POINTS } from '../limits.js';
import { keyOf, type Pair } from './open-listing.js';
import { indexOf, meaningOf, type UserError } from './user-errors.js';

/** Most quantities in one call. */
export const MOST_QUANTITIES = 250;
const CONCURRENT_MS = 1_000;

const SET = `mutation SetQuantities($input: InventorySetQuantitiesInput!, $key: String!) {
  inventorySetQuantities(input: $input) @idempotent(key: $key) {
    inventoryAdjustmentGroup { changes(quantityNames: ["available"]) { item { id } location { id } } }
    userErrors { code field message }
  }
}`;

interface Payload {
  readonly inventorySetQuantities: {
    readonly inventoryAdjustmentGroup?: {
      readonly changes?: readonly {
        readonly item?: { readonly id?: string } | null;
        readonly location?: { readonly id?: string } | null;
      }[];
    } | null;
    readonly userErrors?: readonly UserError[];
  } | null;
}

/**
 * Sets the pairs in one call, which takes all of them or none, and writes into their listings what follows: an outcome, or what has to be done
 * before they can be set again.
 * @returns what the call says of the account
 */
export async function setQuantities(api: AdminApi, channelId: string, reason: string, pairs: readonly Pair[]): Promise<AccountVerdict> {
  const input = {
    name: 'available',
    reason,
    referenceDocumentUri: `gid://holdfast/Channel/${encodeURIComponent(channelId)}`,
    // A null is written out: a quantity without the field is refused.
    quantities: pairs.map(({ listing, remoteId, quantity, compare }) => ({
      inventoryItemId: listing.id,
      locationId: remoteId,
      quantity,
      changeFromQuantity: compare ?? null,
    })),
  };
  const answer = await api.ask<Payload>({
    kind: 'SetQuantities',
    query: SET,
    variables: { input, key: keyOf(channelId, pairs) },
    points: MUTATION_POINTS,
    urgent: pairs.some(({ listing }) => listing.write.urgent),
  });
  if (answer.kind === 'none') {
    const says = 'says' in answer.account ? answer.account.says : '';
    if (answer.mayHaveApplied) for (const { listing } of pairs) listing.outcome = { kind: 'unknown', says };
    return answer.account;
  }
  const payload = answer.data.inventorySetQuantities;
  const errors = payload?.userErrors ?? [];
  if (errors.length > 0) return refused(pairs, errors);
  taken(pairs, payload?.inventoryAdjustmentGroup?.changes ?? []);
  return { kind: 'ok' };
}

type Changes = NonNullable<NonNullable<NonNullable<Payload['inventorySetQuantities']>['inventoryAdjustmentGroup']>['changes']>;

/**
 * A call without errors may have passed over a place that does not stock the item, or an item that is not tracked. What should have changed and is
 * not among the changes is therefore read.
 */
function taken(pairs: readonly Pair[], changes: Changes): void {
  const changed = new Set(changes.map(({ item, location }) => `${item?.id ?? ''} ${location?.id ?? ''}`));
  for (const { listing, remoteId, quantity, compare } of pairs) {
    const isSeen = quantity === compare || changed.has(`${listing.id} ${remoteId}`);
    if (!isSeen) listing.toRead = 'unseen';
  }
  for (const { listing } of pairs) if (listing.toRead === undefined) listing.outcome = { kind: 'applied' };
}

/** Nothing of the call was applied. Listings that no error names are set again without the others, which makes it another call with another key. */
function refused(pairs: readonly Pair[], errors: readonly UserError[]): AccountVerdict {
  for (const error of errors) {
    const index = indexOf(error);
    const named = index === undefined ? pairs : pairs.slice(index, index + 1);
    const code = error.code ?? 'unnamed';
    const says = shortened(error.message ?? `Shopify answered ${code}`);
    const meaning = meaningOf(error);
    if (meaning === 'request') return { kind: 'failed', says, retryAfterMs: 0 };
    const bumped = new Set<object>();
    for (const pair of named) {
      const { listing } = pair;
      if (meaning === 'stale') listing.toRead = 'stale';
      else if (meaning === 'not_stocked') pair.stocked = false;
      else if (meaning === 'permanent') listing.outcome = { kind: 'rejected_permanent', code, says };
      else if (meaning === 'wait') listing.outcome = { kind: 'rejected_retryable', code, says, retryAfterMs: CONCURRENT_MS };
      else if (meaning === 'retry') listing.outcome = { kind: 'rejected_retryable', code, says };
      else if (!bumped.has(listing)) {
        bumped.add(listing);
        listing.round += 1;
      }
    }
  }
  return { kind: 'ok' };
}
