import type { PoolClient } from 'pg';
import { STREAMS } from '@holdfast/contracts';
import type { RecordedEvent } from '@holdfast/event-store';
import type { Follower } from '../following/follow-events.js';
import { CLOSING_TYPES, skuChange, type SkuChange } from './closing-changes.js';
import { advance, latestRows, lockSkus, placesOf, storeRows, type ClosingPlace } from './closing-table.js';
import { foldClosings, type ClosingState } from './fold-closings.js';

/**
 * Keeps what each day closed with, by SKU and location. Its checkpoint and its rows are its own: a rebuild of the read model leaves them, and it
 * delays no other reader.
 */
export const closingFollower: Follower = {
  name: 'daily-closing',
  filter: { streamPrefixes: [STREAMS.stock.prefix], types: STREAMS.stock.storedTypes(CLOSING_TYPES) },
  apply: applyClosings,
};

interface Reached {
  readonly tenant: string;
  readonly sku: string;
  readonly revision: number;
}

async function applyClosings(client: PoolClient, events: readonly RecordedEvent[]): Promise<void> {
  const newest = new Map<string, Reached>();
  for (const event of events) {
    newest.set(event.stream, { tenant: event.metadata.tenant, sku: STREAMS.stock.idOf(event), revision: event.revision });
  }
  const reachedSkus = [...newest.values()].sort(inKeyOrder);
  const states = new Map<string, ClosingState & { readonly revision: number }>();
  for (const { tenant, sku } of reachedSkus)
    states.set(keyOf({ tenant, sku }), { tenant, sku, unitCost: null, category: null, revision: -1, rows: new Map() });
  for (const sku of await lockSkus(client, reachedSkus)) states.set(keyOf(sku), { ...sku, rows: new Map() });
  // Several processes follow side by side: an event that the rows hold already is not added again.
  const fresh = events.filter(({ stream, revision }) => {
    const reached = newest.get(stream);
    return reached !== undefined && revision > (states.get(keyOf(reached))?.revision ?? -1);
  });
  const changes = fresh.map(skuChange);
  for (const { row, locationId, ...sku } of await latestRows(client, await touchedPlaces(client, changes))) {
    states.get(keyOf(sku))?.rows.set(locationId, row);
  }
  await storeRows(client, foldClosings(stateIn(states), changes));
  const advanced = [...newest.values()].flatMap(({ revision, ...sku }) => {
    const state = states.get(keyOf(sku));
    return state === undefined || state.revision >= revision
      ? []
      : [{ ...sku, revision, unitCost: state.unitCost, category: state.category }];
  });
  await advance(client, advanced);
}

/** A cost is in force at all locations of its SKU from then on. */
async function touchedPlaces(client: PoolClient, changes: readonly SkuChange[]): Promise<readonly ClosingPlace[]> {
  const costed = new Map(changes.filter(({ unitCost }) => unitCost !== undefined).map((change) => [keyOf(change), change]));
  const places = new Map<string, ClosingPlace>();
  const add = (place: ClosingPlace): unknown => places.set(JSON.stringify([place.tenant, place.sku, place.locationId]), place);
  for (const { tenant, sku, places: changed } of changes) for (const locationId of changed.keys()) add({ tenant, sku, locationId });
  for (const place of await placesOf(client, [...costed.values()])) add(place);
  return [...places.values()];
}

const stateIn =
  (states: ReadonlyMap<string, ClosingState>) =>
  (change: SkuChange): ClosingState => {
    const state = states.get(keyOf(change));
    if (state === undefined) throw new Error(`${change.sku} was not locked`);
    return state;
  };

const keyOf = ({ tenant, sku }: { readonly tenant: string; readonly sku: string }): string => JSON.stringify([tenant, sku]);

const inKeyOrder = (one: Reached, other: Reached): number =>
  one.tenant === other.tenant ? order(one.sku, other.sku) : order(one.tenant, other.tenant);

const order = (one: string, other: string): number => (one < other ? -1 : Number(one > other));
