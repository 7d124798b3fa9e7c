import type { VendorAnswer, VendorRequest } from '@holdfast/vendor-http';
import { answered, Vendor, type Reading } from './vendor.js';

interface Quantity {
  readonly inventoryItemId: string;
  readonly locationId: string;
  readonly quantity: number;
  readonly changeFromQuantity: number | null;
}

interface Asked {
  readonly query: string;
  readonly variables: {
    readonly ids?: readonly string[];
    readonly key?: string;
    readonly input?: { readonly quantities: readonly Quantity[] };
    readonly [place: `place${number}`]: string;
  };
}

/** Figures per place, set only over the figure that the caller knows. A key that comes again is answered as it was the first time. */
export class ShopifyVendor extends Vendor {
  private readonly calls = new Map<string, { readonly content: string; readonly answer: Answer }>();

  read({ body }: VendorRequest): Reading {
    const asked = askedOf(body);
    if (asked === undefined) return { kind: 'other', listingIds: [] };
    const { ids, input } = asked.variables;
    if (input === undefined) return { kind: 'read', listingIds: ids ?? [] };
    return { kind: 'write', listingIds: [...new Set(input.quantities.map(({ inventoryItemId }) => inventoryItemId))] };
  }

  handle({ headers, body }: VendorRequest, isStray: boolean): VendorAnswer {
    const refusal = this.refusal();
    if (refusal !== undefined) return refusal;
    const asked = askedOf(body);
    if (asked === undefined) return this.newToken();
    if (!this.takes(headers?.['x-shopify-access-token'])) return answered(401, {});
    const { variables } = asked;
    if (variables.input === undefined) return this.levels(asked);
    const answer = this.once(variables.key ?? '', JSON.stringify(variables.input), () => this.setQuantities(asked, isStray));
    return this.breaksAfter() ?? answered(200, answer);
  }

  private once(key: string, content: string, set: () => Answer): Answer {
    const known = this.calls.get(key);
    if (known === undefined) {
      const answer = set();
      this.calls.set(key, { content, answer });
      return answer;
    }
    if (known.content !== content) return refused([{ code: 'IDEMPOTENCY_KEY_PARAMETER_MISMATCH' }]);
    return isRefused(known.answer) ? refused([{ code: 'IDEMPOTENCY_PREVIOUS_ATTEMPT_FAILED' }]) : known.answer;
  }

  private levels({ variables }: Asked): VendorAnswer {
    const places = Object.entries(variables).flatMap(([name, place]) =>
      name.startsWith('place') ? [[name.slice(5), String(place)] as const] : [],
    );
    const nodes = (variables.ids ?? []).map((id) => {
      const listing = this.listings.get(id);
      if (listing === undefined) return null;
      const levels = places.map(([index, place]) => [`at${index}`, { quantities: [{ quantity: listing.places.get(place) ?? 0 }] }]);
      return { id, tracked: true, ...Object.fromEntries(levels) } as unknown;
    });
    return answered(200, { data: { nodes } });
  }

  /** All or nothing. */
  private setQuantities({ variables }: Asked, isStray: boolean): Answer {
    const quantities = variables.input?.quantities ?? [];
    const userErrors = quantities.flatMap(({ inventoryItemId, locationId, changeFromQuantity }, index) => {
      const shown = this.listings.get(inventoryItemId)?.places.get(locationId);
      if (shown === changeFromQuantity) return [];
      const code = shown === undefined ? 'INVALID_INVENTORY_ITEM' : 'CHANGE_FROM_QUANTITY_STALE';
      return [{ code, field: ['input', 'quantities', String(index), 'changeFromQuantity'] }];
    });
    if (userErrors.length > 0) return refused(userErrors);
    const items = new Map<string, Map<string, number>>();
    for (const { inventoryItemId, locationId, quantity } of quantities)
      items.set(inventoryItemId, (items.get(inventoryItemId) ?? new Map<string, number>()).set(locationId, quantity));
    for (const [id, places] of items) this.set(id, places, 'us', isStray);
    const changes = quantities.map(({ inventoryItemId, locationId }) => ({ item: { id: inventoryItemId }, location: { id: locationId } }));
    return { data: { inventorySetQuantities: { inventoryAdjustmentGroup: { changes }, userErrors: [] } } };
  }
}

interface UserError {
  readonly code: string;
  readonly field?: readonly string[];
}

interface Answer {
  readonly data: {
    readonly inventorySetQuantities: { readonly inventoryAdjustmentGroup: object | null; readonly userErrors: readonly UserError[] };
  };
}

const refused = (userErrors: readonly UserError[]): Answer => ({
  data: { inventorySetQuantities: { inventoryAdjustmentGroup: null, userErrors } },
});

const isRefused = ({ data }: Answer): boolean => data.inventorySetQuantities.userErrors.length > 0;

/** Undefined where a token is asked for. */
const askedOf = (body: VendorRequest['body']): Asked | undefined =>
  body?.toString().startsWith('{') === true ? (JSON.parse(body.toString()) as Asked) : undefined;
