import { randomUUID } from 'node:crypto';
import { startDatabase, type TestDatabase } from '../../test/database.js';
import { settled } from '../delivery/settled.js';
import { postgresStore } from '../delivery/store/postgres-store.js';
import { storeDesiredFigures } from '../mappings/desired-figures.js';
import { changeMappings } from '../mappings/mapping-table.js';
import { DriftLedger } from './drift-ledger.js';
import { listingsToCompare, mappedListings } from './mapped-listings.js';

const shop = { tenant: 'demo', channelId: 'shop', locations: [], syncInventory: true, revision: '1' };
const timings = { leaseMs: 60_000, backOff: { firstMs: 1_000, mostMs: 60_000 } };

describe('what a channel may show that is ours', () => {
  let database: TestDatabase;
  let position = 0;
  beforeAll(async () => {
    database = await startDatabase();
    await database.pool.query(
      `INSERT INTO channels.channel (tenant, channel_id, provider, sync_inventory, conflict_strategy) VALUES ('demo', 'shop', 'webhook', true, 'manual')`,
    );
  });
  afterAll(() => database.stop());

  const tell = async (quantities: Readonly<Record<string, number>>): Promise<void> => {
    position += 1;
    const figures = Object.entries(quantities).map(([sku, quantity]) => ({ sku, quantity, position: String(position), version: position }));
    await storeDesiredFigures(
      database.pool,
      figures.map((figure) => ({ tenant: 'demo', channelId: 'shop', parts: null, ...figure })),
    );
  };
  const earlier = async (mostUnits = 1_000): Promise<readonly (readonly number[])[]> =>
    (await mappedListings(database.pool, shop, mostUnits, '', 10)).map((listing) => listing.earlier);

  it('is every figure that it should have shown of late, whether or not a call with it is known', async () => {
    await changeMappings(
      database.pool,
      shop,
      ['A', 'B'].map((sku) => ({ sku, listingId: `L-${sku}` })),
      false,
    );
    await tell({ A: 50, B: 5_000 });
    await tell({ A: 40, B: 60 });
    await tell({ A: 30 });
    expect(await earlier()).toEqual([[40, 50], [1_000]]);
  });

  it('is also each figure whose answer was lost, of a call with many listings too', async () => {
    const store = postgresStore(database.pool, randomUUID(), timings);
    const held = await store.leases.take(shop);
    const due = held === undefined ? [] : await store.listings.due(held, 1_000, 10);
    const lost = due.map((listing) => settled(listing, { kind: 'unknown', says: 'no answer' }, null));
    await store.settlement.settle(shop, lost, false);
    expect(await earlier()).toEqual([
      [30, 40, 50],
      [60, 1_000],
    ]);
  });

  it('is also where the units of those figures lay, at a channel that maps places', async () => {
    const locations = ['BER', 'HAM'].map((locationId) => ({ locationId, remoteId: `r-${locationId}` }));
    const placed = { ...shop, channelId: 'placed', locations };
    await database.pool.query(
      `INSERT INTO channels.channel (tenant, channel_id, provider, sync_inventory, conflict_strategy, locations) VALUES ('demo', 'placed', 'shopify', true, 'manual', $1)`,
      [JSON.stringify(locations)],
    );
    await changeMappings(database.pool, placed, [{ sku: 'A', listingId: 'L-A' }], false);
    for (const ber of [5, 2]) {
      position += 1;
      const figure = { quantity: 5, parts: { BER: ber, HAM: 5 - ber }, position: String(position), version: position };
      await storeDesiredFigures(database.pool, [{ tenant: 'demo', channelId: 'placed', sku: 'A', ...figure }]);
    }
    const at = (ber: number, ham: number) => ({
      quantity: 5,
      parts: [
        { remoteId: 'r-BER', quantity: ber },
        { remoteId: 'r-HAM', quantity: ham },
      ],
    });
    const [listing] = await mappedListings(database.pool, placed, 1_000, '', 10);
    expect(listing).toMatchObject({ figure: at(2, 3), earlier: [], earlierPlaces: [at(5, 0)] });
  });

  it('is of no entry in the ledger any more where its listing is mapped no more, or to another SKU', async () => {
    const ledger = new DriftLedger(database.pool);
    const entry = (sku: string, listingId: string) =>
      ({ sku, listingId, class: 'unmapped', expected: 3, observed: null, action: null }) as const;
    await changeMappings(
      database.pool,
      shop,
      ['C', 'D', 'E'].map((sku) => ({ sku, listingId: `L-${sku}` })),
      false,
    );
    await ledger.record(shop, [entry('C', 'L-C'), entry('D', 'L-D'), entry('E', 'L-E')], 'schedule');
    await changeMappings(
      database.pool,
      shop,
      [
        { sku: 'C', listingId: null },
        { sku: 'D', listingId: 'L-other' },
      ],
      false,
      'somebody',
    );
    const all = { channelId: undefined, class: undefined, open: undefined };
    const { entries } = await ledger.page('demo', all, { offset: 0, pageSize: 10 });
    expect(entries.map(({ sku, resolution, resolvedBy }) => [sku, resolution, resolvedBy]).toSorted()).toEqual([
      ['C', 'mapped no more', 'somebody'],
      ['D', 'mapped no more', 'somebody'],
      ['E', null, null],
    ]);
    await changeMappings(
      database.pool,
      shop,
      ['D', 'E'].map((sku) => ({ sku, listingId: null })),
      false,
    );
  });

  it('is not looked for where the channel was changed since it was read', async () => {
    expect(await mappedListings(database.pool, { ...shop, revision: '2' }, 1_000, '', 10)).toEqual([]);
    const now = '2100-01-01';
    await database.pool.query('UPDATE channels.listing SET compare_at = now()');
    expect(await listingsToCompare(database.pool, { ...shop, revision: '2' }, 1_000, now, 10)).toEqual([]);
    expect(await listingsToCompare(database.pool, shop, 1_000, now, 10)).toHaveLength(2);
  });
});
