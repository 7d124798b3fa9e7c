import { figuresSet, startShopifySimulator, type ShopifySimulator } from '@holdfast/sandbox';
import { ConnectorUnderTest } from './connector.js';
import { eventually } from './scripted-receiver.js';

/** `DRIFT_LISTINGS=10000` for the size of a shop. */
const LISTINGS = Number(process.env['DRIFT_LISTINGS'] ?? 400);
const PATIENCE_MS = 600_000;
const CHANNEL = '/sales-channel/channels/shop';
/** Figures that every listing was told, the newest last. */
const [FIRST, PRIOR, NEWEST] = [70, 50, 40] as const;

/** What the shop shows where one message in a hundred went wrong; drift-by-faults.int.spec.ts lets the vendor lose and double them itself. */
const DRIFTS = [
  { what: 'lost', shows: PRIOR, class: 'lost' },
  { what: 'reordered', shows: FIRST, class: 'lost' },
  { what: 'doubled', shows: NEWEST + (NEWEST - PRIOR), class: 'doubled' },
  { what: 'edited by hand', shows: NEWEST + 3, class: 'foreign_edit' },
] as const;

const skus = Array.from({ length: LISTINGS }, (_none, index) => `S${String(index)}`);
let connector: ConnectorUnderTest;
let shop: ShopifySimulator;
let listingIds: readonly string[];
let written: string[] = [];

const place = (): string => shop.account.locations?.[0]?.remoteId ?? '';
const allShow = (quantity: number): boolean => listingIds.every((listingId) => shop.shown(listingId, place()) === quantity);

async function tellAll(quantity: number): Promise<void> {
  await connector.tell('shop', Object.fromEntries(skus.map((sku) => [sku, quantity])));
  await eventually(() => allShow(quantity), PATIENCE_MS);
  // The shop shows a figure before it is written down that it does.
  await eventually(async () => {
    const { body } = await connector.post(`${CHANNEL}/reconcile?dryRun=true`, undefined);
    return body['differing'] === 0 && body['compared'] === LISTINGS;
  }, PATIENCE_MS);
}

async function ledger(query: string): Promise<readonly Readonly<Record<string, unknown>>[]> {
  const entries: Readonly<Record<string, unknown>>[] = [];
  for (let page = 1; ; page += 1) {
    const { body } = await connector.get(`/sales-channel/drift?channelId=shop&limit=100&page=${String(page)}${query}`);
    const found = body['drift'] as readonly Readonly<Record<string, unknown>>[];
    entries.push(...found);
    if (found.length < 100) return entries;
  }
}

beforeAll(async () => {
  connector = await ConnectorUnderTest.start({ timings: { channelPollMs: 3_600_000 } });
  shop = await startShopifySimulator({
    limits: 'none',
    onCall: (operation, call) => written.push(...figuresSet('shopify', operation, call).map(({ listingId }) => listingId)),
  });
  listingIds = shop.addListings(skus.map((sku) => ({ sku, quantity: 1 })));
  const put = await connector.put(CHANNEL, {
    provider: 'shopify',
    ...shop.account,
    locations: (shop.account.locations ?? []).slice(0, 1),
  });
  expect(put.status).toBe(200);
  const mappings = skus.map((sku, index) => ({ sku, listingId: listingIds[index] ?? '' }));
  expect((await connector.put(`${CHANNEL}/mappings`, { mappings })).status).toBe(200);
  for (const quantity of [FIRST, PRIOR, NEWEST]) await tellAll(quantity);
}, 3 * PATIENCE_MS);
afterAll(async () => {
  await connector.stop();
  expect(shop.log.violations).toEqual([]);
  await shop.close();
});

it(
  'one message in a hundred that is lost, reordered or doubled is named right by one reconcile, and nothing is mended without an entry',
  async () => {
    const wanted = new Map<string, string>();
    for (const [index, listingId] of listingIds.entries()) {
      const drift = DRIFTS[index % 100];
      if (drift === undefined) continue;
      shop.edit(listingId, drift.shows, place());
      wanted.set(listingId, drift.class);
    }
    written = [];

    const { status, body } = await connector.post(`${CHANNEL}/reconcile`, undefined);
    expect([status, body['compared'], body['differing']]).toEqual([200, LISTINGS, wanted.size]);
    const entries = await ledger('');
    expect(new Map(entries.map((entry) => [entry['listingId'], entry['class']]))).toEqual(wanted);
    expect(entries).toHaveLength(wanted.size);

    await eventually(() => allShow(NEWEST), PATIENCE_MS);
    expect([...new Set(written)].sort()).toEqual([...wanted.keys()].sort());
    await eventually(async () => (await connector.post(`${CHANNEL}/reconcile`, undefined)).body['differing'] === 0);
    expect(await ledger('&open=true')).toEqual([]);
    expect(await ledger('')).toHaveLength(wanted.size);
  },
  3 * PATIENCE_MS,
);
