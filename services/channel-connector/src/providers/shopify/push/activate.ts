import { uuidOf } from '@holdfast/kit';
import { shortened } from '@holdfast/vendor-http';
import type { AccountVerdict } from '../../write.js';
import type { AdminApi } from '../api/admin-api.js';
import type { LevelNode } from '../api/levels.js';
import { MUTATION_POINTS } from '../limits.js';
import type { Pair } from './open-listing.js';
import type { UserError } from './user-errors.js';

/** Activations in one call; each costs as much as a call of its own. */
const AT_ONCE = 10;

interface Activated {
  readonly inventoryLevel?: LevelNode | null;
  readonly userErrors?: readonly UserError[];
}

/**
 * Stocks items at places that do not stock them, without a figure: the shop keeps the figure of an earlier time, and the write compares with it.
 * Stocking twice changes nothing, so a lost answer is no harm.
 */
export async function activate(api: AdminApi, channelId: string, pairs: readonly Pair[]): Promise<AccountVerdict> {
  for (let from = 0; from < pairs.length; from += AT_ONCE) {
    const some = pairs.slice(from, from + AT_ONCE);
    const parameters = some.map((_, index) => `$item${String(index)}: ID!, $place${String(index)}: ID!, $key${String(index)}: String!`);
    const fields = some.map(
      (_, index) => `a${String(index)}: inventoryActivate(inventoryItemId: $item${String(index)}, locationId: $place${String(index)})
        @idempotent(key: $key${String(index)}) { inventoryLevel { quantities(names: ["available"]) { quantity } } userErrors { field message } }`,
    );
    const variables = some.map(({ listing, remoteId }, index) => ({
      [`item${String(index)}`]: listing.id,
      [`place${String(index)}`]: remoteId,
      [`key${String(index)}`]: uuidOf(JSON.stringify([channelId, 'activate', listing.id, remoteId, listing.write.version, listing.round])),
    }));
    const answer = await api.ask<Readonly<Record<string, Activated | null>>>({
      kind: `Activate${String(some.length)}`,
      query: `mutation Activate(${parameters.join(', ')}) { ${fields.join('\n')} }`,
      variables: Object.assign({}, ...variables) as Readonly<Record<string, string>>,
      points: some.length * MUTATION_POINTS,
      urgent: some.some(({ listing }) => listing.write.urgent),
    });
    if (answer.kind === 'none') return answer.account;
    some.forEach((pair, index) => took(pair, answer.data[`a${String(index)}`]));
  }
  return { kind: 'ok' };
}

function took(pair: Pair, activated: Activated | null | undefined): void {
  const quantity = activated?.inventoryLevel?.quantities?.[0]?.quantity;
  if (quantity !== undefined) {
    pair.stocked = true;
    pair.compare = quantity;
    return;
  }
  const says = activated?.userErrors?.[0]?.message ?? 'it did not say why';
  pair.listing.outcome = {
    kind: 'rejected_retryable',
    code: 'not_stocked',
    says: shortened(`Shopify could not stock the item at ${pair.remoteId}: ${says}`),
  };
  // Whatever failed used up the key.
  pair.listing.round += 1;
}
