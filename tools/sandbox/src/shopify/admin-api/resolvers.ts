import { GraphQLError, type GraphQLResolveInfo } from 'graphql';
import { gid, numberOf } from '../shop/gid.js';
import type { Inventory } from '../shop/inventory.js';
import type { Orders } from '../shop/orders.js';
import { activate, type ActivateArguments } from './activate.js';
import type { AdminContext } from './admin-context.js';
import { connection, type PageArguments } from './connection.js';
import type { IdempotencyKeys } from './idempotency.js';
import { keyOf } from './request-rules.js';
import { searched } from './search.js';
import type { SetQuantities, SetQuantitiesInput } from './set-quantities.js';
import type { Views } from './views.js';

export interface ResolverTools {
  readonly shopDomain: string;
  readonly inventory: Inventory;
  readonly orders: Orders;
  readonly views: Views;
  readonly keys: IdempotencyKeys;
  readonly setQuantities: SetQuantities;
  readonly scopes: () => readonly string[];
}

interface Id {
  readonly id: string;
}

/** Which scope a root field needs; others need none. */
const SCOPES: Readonly<Record<string, string>> = {
  inventoryItem: 'read_inventory',
  inventoryActivate: 'write_inventory',
  inventorySetQuantities: 'write_inventory',
  locations: 'read_locations',
  orders: 'read_orders',
  productVariants: 'read_products',
  productVariantsCount: 'read_products',
};

/** Counts are exact up to so many by default. */
const MAX_COUNT = 10_000;

/** The root fields of queries and mutations. Fields that no client of the product asks for are not served. */
export function rootFields(tools: ResolverTools): Readonly<Record<string, unknown>> {
  const { inventory, orders, views, keys, setQuantities, scopes, shopDomain } = tools;

  const byId = (id: string): object | null => {
    const item = inventory.item(id);
    if (item !== undefined) return views.item(item);
    const variant = inventory.variant(id);
    if (variant !== undefined) return views.variant(variant);
    const location = inventory.location(id);
    if (location !== undefined) return views.location(location);
    const order = orders.get(id);
    if (order !== undefined) return views.order(order);
    const refund = orders.refundOf(id);
    return refund === undefined ? null : views.refund(refund);
  };

  const fields = {
    shop: () => ({ id: gid('Shop', 1), name: 'Sandbox', myshopifyDomain: shopDomain }),
    currentAppInstallation: () => ({
      __typename: 'AppInstallation',
      id: gid('AppInstallation', 1),
      accessScopes: scopes().map((handle) => ({ handle, description: handle })),
    }),
    location: ({ id }: Id) => byId(id),
    locations: (page: PageArguments) => connection(inventory.locations, page, ({ id }) => id, views.location),
    inventoryItem: ({ id }: Id) => byId(id),
    node: ({ id }: Id) => byId(id),
    nodes: ({ ids }: { readonly ids: readonly string[] }) => ids.map(byId),
    productVariants: (page: PageArguments) => {
      const found = searched(inventory.items, page.query, (item) => ({
        id: numberOf(item.variantId),
        sku: item.sku,
        barcode: item.barcode,
      }));
      return connection(found, page, ({ variantId }) => variantId, views.variant);
    },
    productVariantsCount: () => ({
      count: Math.min(inventory.items.length, MAX_COUNT),
      precision: inventory.items.length > MAX_COUNT ? 'AT_LEAST' : 'EXACT',
    }),
    orders: (page: PageArguments) => {
      const found = searched(orders.all, page.query, (order) => ({
        id: numberOf(order.id),
        name: order.name,
        created_at: order.createdAt,
        updated_at: order.updatedAt,
      }));
      const at = page.sortKey === 'UPDATED_AT' ? 'updatedAt' : 'createdAt';
      const sorted = [...found].sort((a, b) => a[at] - b[at] || numberOf(a.id) - numberOf(b.id));
      return connection(sorted, page, ({ id }) => id, views.order);
    },
    inventorySetQuantities: ({ input }: { readonly input: SetQuantitiesInput }, context: AdminContext, info: GraphQLResolveInfo) =>
      setQuantities.run(input, keyOfCall(info, context), context),
    inventoryActivate: (args: ActivateArguments, context: AdminContext, info: GraphQLResolveInfo) =>
      activate(inventory, keys, views, keyOfCall(info, context), args),
  };

  return Object.fromEntries(
    Object.entries(fields).map(([name, resolve]) => [
      name,
      (args: never, context: AdminContext, info: GraphQLResolveInfo) => {
        const scope = SCOPES[name];
        if (scope === undefined || scopes().includes(scope)) return resolve(args, context, info);
        throw new GraphQLError(`Access denied for ${name} field. Required access: \`${scope}\` access scope.`, {
          extensions: { code: 'ACCESS_DENIED', requiredAccess: `\`${scope}\` access scope.` },
        });
      },
    ]),
  );
}

const keyOfCall = ({ fieldNodes }: GraphQLResolveInfo, { variables }: AdminContext): string =>
  (fieldNodes[0] === undefined ? undefined : keyOf(fieldNodes[0], variables)) ?? '';
