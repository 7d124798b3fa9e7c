import { callFault, figuresSet, startWalmartSimulator, type Fault, type WalmartSimulator } from '@holdfast/sandbox';
import { ConnectorUnderTest } from './connector.js';
import { eventually } from './scripted-receiver.js';

// One message in a hundred is lost, doubled or held up by the vendor itself, which answers each of them well.

/** `DRIFT_LISTINGS=10000` for the size of a shop. */
const LISTINGS = Number(process.env['DRIFT_LISTINGS'] ?? 400);
const PATIENCE_MS = 600_000;
const CHANNEL = '/sales-channel/channels/walmart';
const WRITES = 'putInventory';
/** Figures that every listing was told, the newest last. */
const [FIRST, PRIOR, NEWEST] = [70, 50, 40] as const;
const HELD_UP_MS = 5 * 60_000;

const skus = Array.from({ length: LISTINGS }, (_none, index) => `S${String(index)}`);
let connector: ConnectorUnderTest;
let walmart: WalmartSimulator;
/** The vendor's time is so far ahead of ours. */
let aheadMs = 0;
let calls = 0;
/** What one call in a hundred meets, by its number in the hundred. */
let storm: Readonly<Record<number, Fault>> = {};
let met = new Map<string, Fault['kind']>();
let written = new Set<string>();

const shown = (): ReadonlyMap<string, number> => new Map(walmart.listings().map(({ sku, quantity }) => [sku, quantity]));

async function tellAll(quantity: number): Promise<void> {
  await connector.tell('walmart', Object.fromEntries(skus.map((sku) => [sku, quantity])));
  await eventually(() => skus.every((sku) => written.has(sku)), PATIENCE_MS);
  // The vendor took a figure before it is written down that it did.
  await eventually(async () => (await connector.get(`${CHANNEL}/mappings?status=stale`)).body['mappings']?.toString() === '', PATIENCE_MS);
}

async function ledger(): Promise<readonly Readonly<Record<string, unknown>>[]> {
  const entries: Readonly<Record<string, unknown>>[] = [];
  for (let page = 1; ; page += 1) {
    const { body } = await connector.get(`/sales-channel/drift?channelId=walmart&limit=100&page=${String(page)}`);
    const found = body['drift'] as readonly Readonly<Record<string, unknown>>[];
    entries.push(...found);
    if (found.length < 100) return entries;
  }
}

beforeAll(async () => {
  connector = await ConnectorUnderTest.start({ timings: { channelPollMs: 3_600_000 } });
  walmart = await startWalmartSimulator({
    limits: 'none',
    shipNodes: ['10000001'],
    clock: { now: () => Date.now() + aheadMs, after: (ms, run) => void setTimeout(run, ms) },
    onCall: (operation, call) => {
      const [figure] = figuresSet('walmart', operation, call);
      if (figure === undefined) return;
      written.add(figure.listingId);
      const fault = callFault(call);
      if (fault !== undefined) met.set(figure.listingId, fault.kind);
      calls += 1;
      const next = storm[calls % 100];
      if (next !== undefined) walmart.faults.next(next, 1, WRITES);
    },
  });
  walmart.addListings(skus.map((sku) => ({ sku, quantity: 1 })));
  const { account } = walmart;
  // No order is on its way that could explain a lower figure.
  const settings = { ...account.settings, feedFrom: 1_000_000 };
  const put = await connector.put(CHANNEL, { provider: 'walmart', ...account, settings, orderWithinSeconds: 0 });
  expect(put.status).toBe(200);
  const mappings = skus.map((sku) => ({ sku, listingId: sku }));
  expect((await connector.put(`${CHANNEL}/mappings`, { mappings })).status).toBe(200);
}, 3 * PATIENCE_MS);
afterAll(async () => {
  await connector.stop();
  expect(walmart.log.violations).toEqual([]);
  await walmart.close();
});

async function toldThrough(quantity: number, faults: typeof storm): Promise<ReadonlyMap<string, Fault['kind']>> {
  [storm, met, written] = [faults, new Map(), new Set()];
  await tellAll(quantity);
  storm = {};
  walmart.faults.clear();
  return met;
}

it(
  'what the vendor itself lost, doubled and reordered is named right by one reconcile, and nothing is mended without an entry',
  async () => {
    await toldThrough(FIRST, {});
    const heldUp = await toldThrough(PRIOR, { 20: { kind: 'apply_late', ms: HELD_UP_MS } });
    const spoiled = await toldThrough(NEWEST, { 45: { kind: 'never_apply' }, 70: { kind: 'apply_twice' } });
    // What was held up arrives, after the newest figure.
    aheadMs = 2 * HELD_UP_MS;

    const wanted = new Map([...spoiled].map(([sku, kind]) => [sku, kind === 'apply_twice' ? 'doubled' : 'lost']));
    for (const sku of heldUp.keys()) wanted.set(sku, 'lost');
    // One in a hundred of each kind; few listings meet two of them.
    const doubled = [...wanted.values()].filter((kind) => kind === 'doubled').length;
    const neverApplied = [...spoiled.values()].filter((kind) => kind === 'never_apply').length;
    for (const count of [heldUp.size, doubled, neverApplied]) expect(count).toBeGreaterThanOrEqual(LISTINGS / 200);
    const figures = shown();
    expect(skus.filter((sku) => figures.get(sku) !== NEWEST).sort()).toEqual([...wanted.keys()].sort());
    written = new Set();

    const { status, body } = await connector.post(`${CHANNEL}/reconcile`, undefined);
    expect([status, body['compared'], body['differing']]).toEqual([200, LISTINGS, wanted.size]);
    expect(new Map((await ledger()).map(({ sku, class: named }) => [sku, named]))).toEqual(wanted);

    await eventually(() => [...shown().values()].every((quantity) => quantity === NEWEST), PATIENCE_MS);
    expect([...written].sort()).toEqual([...wanted.keys()].sort());
    await eventually(async () => (await connector.post(`${CHANNEL}/reconcile`, undefined)).body['differing'] === 0);
    const entries = await ledger();
    expect([entries.length, entries.filter(({ resolvedAt }) => resolvedAt === null)]).toEqual([wanted.size, []]);
  },
  3 * PATIENCE_MS,
);
