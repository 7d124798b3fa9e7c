import type { AdminApi } from '../api/admin-api.js';
import { gidOf } from '../api/ids.js';
import { MOST_POINTS_PER_CALL } from '../limits.js';

const MOST_KEPT = 50_000;
/** A variant and its item. */
const EACH = 2;
const AT_ONCE = Math.floor(MOST_POINTS_PER_CALL / EACH);

interface Found {
  readonly nodes: readonly ({ readonly id?: string; readonly inventoryItem?: { readonly id?: string } } | null)[];
}

/** Orders name variants, listings are inventory items. Which item a variant has does not change, so it is asked once. */
export class Variants {
  private readonly items = new Map<string, string | null>();

  constructor(private readonly api: AdminApi) {}

  /**
   * Items by number of the variant; null for a variant that is gone.
   * @returns undefined where the shop could not be asked in time
   */
  async itemsOf(numbers: readonly number[], mostWaitMs?: number): Promise<ReadonlyMap<number, string | null> | undefined> {
    const missing = [...new Set(numbers)].map((number) => gidOf('ProductVariant', number)).filter((id) => !this.items.has(id));
    for (let from = 0; from < missing.length; from += AT_ONCE) {
      const ids = missing.slice(from, from + AT_ONCE);
      const answer = await this.api.ask<Found>({
        kind: 'VariantItems',
        query: 'query VariantItems($ids: [ID!]!) { nodes(ids: $ids) { ... on ProductVariant { id inventoryItem { id } } } }',
        variables: { ids },
        points: ids.length * EACH,
        urgent: true,
        ...(mostWaitMs === undefined ? {} : { mostWaitMs }),
      });
      if (answer.kind === 'none') return undefined;
      ids.forEach((id, index) => this.keep(id, answer.data.nodes?.[index]?.inventoryItem?.id ?? null));
    }
    return new Map(numbers.map((number) => [number, this.items.get(gidOf('ProductVariant', number)) ?? null]));
  }

  keep(variantId: string, itemId: string | null): void {
    if (this.items.size >= MOST_KEPT) this.items.clear();
    this.items.set(variantId, itemId);
  }
}
