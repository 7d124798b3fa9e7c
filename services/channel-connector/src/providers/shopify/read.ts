import type { Figure } from '../figures.js';
import type { MappedLocation } from '../provider.js';
import type { Check, FoundListing, ListingPage, ReadResult } from '../read.js';
import type { AdminApi } from './api/admin-api.js';
import { isItemId, numberOf, placesOf } from './api/ids.js';
import { availableAt, levelFields, levelPoints, placeParameters, placeVariables, readLevels, type LevelNode } from './api/levels.js';

const MOST_ON_PAGE = 100;
const UNTRACKED = 'Shopify does not track the quantity of this item';

/** The figure over the mapped places; where the item is not stocked there is none for sale. Oversold places count as empty. */
export function figureOf(available: ReadonlyMap<string, number | null>): Figure {
  const parts = [...available].map(([remoteId, quantity]) => ({ remoteId, quantity: Math.max(quantity ?? 0, 0) }));
  return { quantity: parts.reduce((sum, part) => sum + part.quantity, 0), parts };
}

/** Figures of the listings named. Untracked items have none and are left out. */
export async function read(api: AdminApi, locations: readonly MappedLocation[], listingIds: readonly string[]): Promise<ReadResult> {
  const places = placesOf(locations);
  // Without places there is no figure that could be compared with ours.
  const known = places.length === 0 ? [] : listingIds.filter(isItemId);
  const { account, items } = await readLevels(api, known, places, false);
  const figures = new Map<string, Figure | null>(listingIds.filter((id) => !isItemId(id)).map((id) => [id, null]));
  for (const [id, levels] of items)
    if (levels === null || levels.tracked) figures.set(id, levels === null ? null : figureOf(levels.available));
  return { account, figures };
}

interface VariantNode {
  readonly id?: string;
  readonly sku?: string | null;
  readonly barcode?: string | null;
  readonly displayName?: string;
  readonly inventoryItem?: {
    readonly id?: string;
    readonly tracked?: boolean;
    readonly [level: `at${number}`]: LevelNode | null | undefined;
  };
}

interface Variants {
  readonly productVariants: { readonly nodes?: readonly VariantNode[]; readonly pageInfo?: { readonly hasNextPage?: boolean } };
  readonly productVariantsCount: { readonly count?: number; readonly precision?: string } | null;
}

/** One page of variants in the order of their ids. The cursor is the last id: the vendor's own cursors end after 25,000 objects. */
export async function list(api: AdminApi, locations: readonly MappedLocation[], cursor: string | null): Promise<ListingPage> {
  const places = placesOf(locations);
  const each = 2 + levelPoints(places);
  const kind = `Variants${String(places.length)}`;
  const first = api.mostOf(kind, each, MOST_ON_PAGE);
  const count = cursor === null ? 'productVariantsCount { count precision }' : '';
  const answer = await api.ask<Variants>({
    kind,
    query: `query Variants($first: Int!, $query: String${placeParameters(places)}) { ${count} productVariants(first: $first, query: $query, sortKey: ID) {
      nodes { id sku barcode displayName inventoryItem { id tracked ${levelFields(places)} } } pageInfo { hasNextPage } } }`,
    variables: { first, query: cursor === null ? null : `id:>${cursor}`, ...placeVariables(places) },
    points: 3 + first * each,
  });
  if (answer.kind === 'none') return { account: answer.account, listings: [], next: cursor, total: null };
  const { productVariants, productVariantsCount } = answer.data;
  const nodes = productVariants?.nodes ?? [];
  const last = nodes.at(-1)?.id;
  const next = productVariants?.pageInfo?.hasNextPage === true && last !== undefined ? String(numberOf(last)) : null;
  const total = productVariantsCount?.precision === 'EXACT' ? (productVariantsCount.count ?? null) : null;
  return { account: { kind: 'ok' }, listings: nodes.flatMap((node) => found(node, places)), next, total };
}

function found({ sku, barcode, displayName, inventoryItem }: VariantNode, places: readonly string[]): readonly FoundListing[] {
  if (inventoryItem?.id === undefined) return [];
  const tracked = inventoryItem.tracked === true;
  return [
    {
      listingId: inventoryItem.id,
      sku: sku === undefined || sku === '' ? null : sku,
      barcode: barcode === undefined || barcode === '' ? null : barcode,
      title: displayName ?? null,
      figure: tracked && places.length > 0 ? figureOf(availableAt(inventoryItem, places)) : null,
      says: tracked ? null : UNTRACKED,
    },
  ];
}

const SCOPES = ['read_inventory', 'write_inventory', 'read_locations', 'read_products', 'read_orders'];
const MOST_LOCATIONS = 200;

interface Standing {
  readonly shop: { readonly name?: string };
  readonly currentAppInstallation: { readonly accessScopes?: readonly { readonly handle?: string }[] };
}
interface Places {
  readonly locations: { readonly nodes?: readonly { readonly id?: string; readonly name?: string; readonly isActive?: boolean }[] };
}

/** Whether the shop answers, takes the token, granted what is needed, and has the mapped locations. */
export async function check(api: AdminApi, locations: readonly MappedLocation[]): Promise<readonly Check[]> {
  const standing = await api.ask<Standing>({
    kind: 'Standing',
    query: 'query Standing { shop { name } currentAppInstallation { accessScopes { handle } } }',
    variables: {},
    points: 3,
    urgent: true,
  });
  if (standing.kind === 'none') {
    const { account } = standing;
    const says = 'says' in account ? account.says : '';
    if (account.kind !== 'unauthorized') return [{ name: 'reachable', ok: false, says }];
    return [
      { name: 'reachable', ok: true, says: 'Shopify answers' },
      { name: 'token', ok: false, says },
    ];
  }
  const granted = new Set(standing.data.currentAppInstallation?.accessScopes?.map(({ handle }) => handle));
  // Whoever may write may read.
  const missing = SCOPES.filter((scope) => !granted.has(scope) && !granted.has(scope.replace('read_', 'write_')));
  return [
    { name: 'reachable', ok: true, says: `Shopify answers for the shop ${standing.data.shop?.name ?? ''}`.trimEnd() },
    { name: 'token', ok: true, says: 'the access token is taken' },
    {
      name: 'scopes',
      ok: missing.length === 0,
      says: missing.length === 0 ? 'the app has every scope that it needs' : `grant the app ${missing.join(', ')}`,
    },
    await checkLocations(api, locations),
  ];
}

async function checkLocations(api: AdminApi, locations: readonly MappedLocation[]): Promise<Check> {
  const answer = await api.ask<Places>({
    kind: 'Places',
    query: `query Places { locations(first: ${String(MOST_LOCATIONS)}) { nodes { id name isActive } } }`,
    variables: {},
    points: 2 + MOST_LOCATIONS,
    urgent: true,
  });
  const name = 'locations';
  if (answer.kind === 'none') return { name, ok: false, says: 'says' in answer.account ? answer.account.says : '' };
  const there = (answer.data.locations?.nodes ?? []).filter(({ isActive }) => isActive === true);
  const shown = there.map((place) => `${place.name ?? ''} is ${place.id ?? ''}`).join(', ');
  if (locations.length === 0) return { name, ok: false, says: `map at least one location; the shop has: ${shown}` };
  const unknown = placesOf(locations).filter((place) => !there.some(({ id }) => id === place));
  if (unknown.length === 0) return { name, ok: true, says: `the shop has all ${String(placesOf(locations).length)} mapped locations` };
  return { name, ok: false, says: `the shop has no active location ${unknown.join(', ')}; it has: ${shown}` };
}
