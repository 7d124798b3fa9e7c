import { randomUUID } from 'node:crypto';
import { newSecret } from '@holdfast/vendor-http';
import { accountsOn, sealed } from '../../test/accounts.js';
import type { TestDatabase } from '../../test/database.js';
import { startDatabase } from '../../test/database.js';
import type { Answer, ScriptedReceiver } from '../../test/scripted-receiver.js';
import { eventually, startScriptedReceiver } from '../../test/scripted-receiver.js';
import type { DesiredFigure } from '../mappings/desired-figures.js';
import { storeDesiredFigures } from '../mappings/desired-figures.js';
import { changeMappings } from '../mappings/mapping-table.js';
import { forcePush } from '../sync/forced-push.js';
import type { Delivery } from './delivery.js';
import { startDelivery } from './delivery.js';
import { postgresStore } from './store/postgres-store.js';
import type { DeliveryTimings } from './timings.js';

const secret = newSecret();
const timings: DeliveryTimings = {
  pollMs: 20,
  // No call ends before its answer, and no lease before its writer: what a busy machine makes slow is no fault.
  leaseMs: 120_000,
  callTimeoutMs: 60_000,
  backOff: { firstMs: 20, mostMs: 200 },
  breakerOpensAfter: 3,
  gatherMs: 5,
  breakerOpenMs: 150,
  forcedPushDelayMs: 0,
  unauthorizedMs: 100,
  watchMs: 100,
  reconcileEveryMs: 3_600_000,
  foreignEditSettlesMs: 0,
  channelPollMs: 60_000,
};
const shop = { tenant: 'demo', channelId: 'shop' };

let database: TestDatabase;
let faults: unknown[];
const running: (Delivery | { close(): Promise<void> })[] = [];
let position = 0;

beforeAll(async () => {
  database = await startDatabase();
});
afterAll(() => database.stop());
beforeEach(async () => {
  await database.clear();
  faults = [];
});
afterEach(async () => {
  for (const one of running.splice(0)) await ('stop' in one ? one.stop() : one.close());
  expect(faults).toEqual([]);
});

async function receiver(...script: readonly Answer[]): Promise<ScriptedReceiver> {
  const started = await startScriptedReceiver(secret, ...script);
  running.unshift(started);
  return started;
}

/** A gate that receivers wait at, and that the test opens. */
function gate(): { readonly after: Promise<void>; open(): void } {
  let open = (): void => undefined;
  const after = new Promise<void>((resolve) => (open = resolve));
  return { after, open: () => open() };
}

function deliver(overrides: Partial<DeliveryTimings> = {}, allowPrivateAddresses = true, pool = database.pool): Delivery {
  const accounts = accountsOn(pool, { allowPrivateAddresses, callTimeoutMs: overrides.callTimeoutMs ?? timings.callTimeoutMs });
  running.unshift(accounts);
  const delivery = startDelivery({
    store: postgresStore(pool, randomUUID(), { ...timings, ...overrides }),
    timings: { ...timings, ...overrides },
    accounts,
    observe: () => undefined,
    onFault: (error) => faults.push(error),
  });
  running.unshift(delivery);
  return delivery;
}

const channel = (url: string, { syncInventory = true, channelId = 'shop', callsPerSecond = 1_000 } = {}) =>
  database.pool.query(
    `INSERT INTO channels.channel (tenant, channel_id, provider, sync_inventory, conflict_strategy, settings, credentials)
     VALUES ('demo', $1, 'webhook', $2, 'master_wins', $3, $4)`,
    [channelId, syncInventory, JSON.stringify({ url, callsPerSecond }), sealed({ tenant: 'demo', channelId }, { secret })],
  );

const map = (skus: readonly string[], of = shop) =>
  changeMappings(
    database.pool,
    of,
    skus.map((sku) => ({ sku, listingId: `L-${sku}` })),
    false,
  );

const figure = (sku: string, quantity: number, of = shop): DesiredFigure => {
  position += 1;
  return { ...of, sku, quantity, parts: null, position: String(position), version: position };
};
const figures = (...all: readonly DesiredFigure[]) => storeDesiredFigures(database.pool, all);

const skusUpTo = (count: number) => Array.from({ length: count }, (_, index) => `SKU-${String(index).padStart(4, '0')}`);
const rows = async (sql: string, values: readonly unknown[] = []) =>
  (await database.pool.query<Record<string, unknown>>(sql, [...values])).rows;
const dueCount = async () => Number((await rows('SELECT count(*) FROM channels.listing WHERE due_at IS NOT NULL'))[0]?.['count']);
const theChannel = async () => (await rows('SELECT * FROM channels.channel'))[0] ?? {};
const theListing = async (sku: string) => (await rows('SELECT * FROM channels.listing WHERE sku = $1', [sku]))[0] ?? {};
const told = () => eventually(async () => (await dueCount()) === 0);

describe('a channel whose due listings may not be written', () => {
  it.each([
    [
      'an accepted write excludes others',
      `pending_reference = 'feed-1', pending_exclusive = true, pending_check_at = now() + interval '1 hour'`,
    ],
    ['a person has to decide about its figure', `conflict_id = gen_random_uuid()`],
  ])('is not looked at again and again: %s', async (_why, change) => {
    await channel('http://127.0.0.1:9/');
    await map(['A']);
    await figures(figure('A', 5));
    const { leases } = postgresStore(database.pool, randomUUID(), timings);
    expect(await leases.waiting(10)).toEqual([shop]);
    await database.pool.query(`UPDATE channels.listing SET ${change}`);
    expect(await leases.waiting(10)).toEqual([]);
  });
});

describe('telling a channel', () => {
  it('signs what it sends and tells every listing its newest figure', async () => {
    const shopfront = await receiver({ status: 204 });
    await channel(shopfront.url);
    await map(['A', 'B']);
    await figures(figure('A', 5), figure('B', 7), figure('A', 4));
    deliver();
    await told();
    expect(shopfront.figures()).toEqual({ 'L-A': 4, 'L-B': 7 });
    expect(shopfront.calls).toHaveLength(1);
    expect(shopfront.calls[0]?.message).toMatchObject({ type: 'inventory.updated', data: { channelId: 'shop' } });
    expect(await theListing('A')).toMatchObject({ sent_quantity: '4', fault: null, due_at: null });
  });

  it('puts at most 200 listings into a call', async () => {
    const shopfront = await receiver({ status: 204 });
    await channel(shopfront.url);
    const skus = skusUpTo(450);
    await map(skus);
    await figures(...skus.map((sku) => figure(sku, 3)));
    deliver();
    await told();
    expect(shopfront.calls.map(({ message }) => message.data.listings.length)).toEqual([200, 200, 50]);
  });

  it('sends a listing that changes often as often as the receiver takes it, and ends with the newest', async () => {
    const taken = gate();
    const shopfront = await receiver({ status: 204, after: taken.after });
    await channel(shopfront.url);
    await map(['A']);
    await figures(figure('A', 101));
    const delivery = deliver();
    await eventually(() => shopfront.calls.length === 1);
    for (let quantity = 100; quantity > 0; quantity -= 1) {
      await figures(figure('A', quantity));
      delivery.nudge();
    }
    taken.open();
    await told();
    expect(shopfront.calls.map(({ message }) => message.data.listings.length)).toEqual([1, 1]);
    expect(shopfront.figures()).toEqual({ 'L-A': 1 });
  });

  it('ignores a figure that is older than the one it knows', async () => {
    const shopfront = await receiver({ status: 204 });
    await channel(shopfront.url);
    await map(['A']);
    const older = figure('A', 9);
    await figures(figure('A', 2));
    await figures(older);
    deliver();
    await told();
    expect(shopfront.figures()).toEqual({ 'L-A': 2 });
  });

  it('tells a newly mapped SKU at once with the figure that is known already', async () => {
    const shopfront = await receiver({ status: 204 });
    await channel(shopfront.url);
    await figures(figure('A', 8));
    const delivery = deliver();
    await map(['A']);
    delivery.nudge();
    await eventually(() => shopfront.figures()['L-A'] === 8);
  });

  it('keeps to the rate of the channel', async () => {
    const shopfront = await receiver({ status: 204 });
    await channel(shopfront.url, { callsPerSecond: 4 });
    const skus = skusUpTo(600);
    await map(skus);
    await figures(...skus.map((sku) => figure(sku, 1)));
    const began = Date.now();
    deliver();
    await told();
    // Counted from the start, as the first call may reach a busy receiver later than the others.
    expect((shopfront.calls[2]?.at ?? 0) - began).toBeGreaterThanOrEqual(490);
  });

  it('leaves a channel alone whose automatic sync is off', async () => {
    const shopfront = await receiver({ status: 204 });
    await channel(shopfront.url, { syncInventory: false });
    await map(['A']);
    await figures(figure('A', 8));
    deliver();
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(shopfront.calls).toHaveLength(0);
  });

  it('does not call a private address where the operator forbids it', async () => {
    const shopfront = await receiver({ status: 204 });
    await channel(shopfront.url);
    await map(['A']);
    await figures(figure('A', 8));
    deliver({}, false);
    await eventually(async () => (await theListing('A'))['fault'] !== null);
    expect((await theListing('A'))['fault']).toBe('the URL must not point to a private address');
    expect(shopfront.calls).toHaveLength(0);
  });
});

describe('a receiver that fails', () => {
  it.each<[string, Answer]>([
    ['answers 500', { status: 500, body: 'no disk left' }],
    ['answers 503', { status: 503 }],
    ['answers 404', { status: 404 }],
    ['hangs up', 'hang up'],
    ['is too slow', { status: 204, afterMs: 700 }],
  ])('%s and then recovers: the newest figure gets there', async (_how, answer) => {
    const shopfront = await receiver(answer);
    await channel(shopfront.url);
    await map(['A']);
    await figures(figure('A', 5));
    deliver({ callTimeoutMs: 400 });
    await eventually(async () => (await theListing('A'))['fault'] !== null);
    shopfront.answerFromNow({ status: 204 });
    await figures(figure('A', 4));
    await told();
    expect(shopfront.figures()).toEqual({ 'L-A': 4 });
    expect(await theListing('A')).toMatchObject({ fault: null, attempts: 0 });
    expect(await theChannel()).toMatchObject({ failures: 0, fault: null });
  });

  it('sends the same message under the same id when it must send it again', async () => {
    const shopfront = await receiver('hang up', { status: 204 });
    await channel(shopfront.url);
    await map(['A']);
    await figures(figure('A', 5));
    deliver();
    await told();
    expect(shopfront.calls).toHaveLength(2);
    expect(new Set(shopfront.calls.map(({ id }) => id)).size).toBe(1);
  });

  it('shows the fault on listing and channel meanwhile', async () => {
    const shopfront = await receiver({ status: 500, body: 'no disk left' });
    await channel(shopfront.url);
    await map(['A']);
    await figures(figure('A', 5));
    deliver();
    await eventually(async () => Number((await theChannel())['failures']) >= 2);
    expect(await theListing('A')).toMatchObject({ fault: 'receiver answered 500: no disk left', sent_quantity: null });
    expect(await theChannel()).toMatchObject({ fault: 'receiver answered 500: no disk left' });
  });

  it('opens the breaker after failures in a row, then probes with a small call', async () => {
    const shopfront = await receiver({ status: 500 }, { status: 500 }, { status: 500 }, { status: 204 });
    await channel(shopfront.url);
    const skus = skusUpTo(100);
    await map(skus);
    await figures(...skus.map((sku) => figure(sku, 1)));
    deliver();
    await told();
    expect(shopfront.calls.map(({ message }) => message.data.listings.length)).toEqual([100, 100, 100, 10, 90]);
    const [, , third, probe] = shopfront.calls;
    expect((probe?.at ?? 0) - (third?.at ?? 0)).toBeGreaterThanOrEqual(140);
  });

  it('leaves a receiver alone for as long as its 429 asks, without blaming the listings', async () => {
    const shopfront = await receiver({ status: 429, headers: { 'retry-after': '1' } });
    await channel(shopfront.url);
    await map(['A']);
    await figures(figure('A', 5));
    deliver();
    await eventually(async () => (await theChannel())['fault'] === 'receiver answered 429');
    expect((await theChannel())['failures']).toBe(0);
    expect((await theListing('A'))['fault']).toBeNull();
    shopfront.answerFromNow({ status: 204 });
    await told();
    const [first, second] = shopfront.calls;
    expect((second?.at ?? 0) - (first?.at ?? 0)).toBeGreaterThanOrEqual(950);
  });

  it('stops for good after a 410 and keeps what is due', async () => {
    const shopfront = await receiver({ status: 410 });
    await channel(shopfront.url);
    await map(['A']);
    await figures(figure('A', 5));
    deliver();
    await eventually(async () => (await theChannel())['gone'] === true);
    await figures(figure('A', 4));
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(shopfront.calls).toHaveLength(1);
    expect(await dueCount()).toBe(1);
  });

  it('finds the one listing that a receiver will not take, and tells it all the others', async () => {
    const shopfront = await receiver(({ data }) => (data.listings.some(({ sku }) => sku === 'SKU-0037') ? 422 : 204));
    await channel(shopfront.url);
    const skus = skusUpTo(120);
    await map(skus);
    await figures(...skus.map((sku) => figure(sku, 1)));
    deliver({ backOff: { firstMs: 20, mostMs: 60_000 } });
    await eventually(async () => (await dueCount()) === 1);
    expect(await theListing('SKU-0037')).toMatchObject({ fault: 'rejected: receiver answered 422', sent_version: null, attempts: 1 });
    expect((await rows('SELECT count(*)::int AS n FROM channels.listing WHERE sent_version IS NOT NULL'))[0]?.['n']).toBe(119);
  });

  it('does not hold up the other channels', async () => {
    const broken = await receiver({ status: 204, afterMs: 600_000 });
    const healthy = await receiver({ status: 204 });
    await channel(broken.url);
    await channel(healthy.url, { channelId: 'other' });
    const other = { tenant: 'demo', channelId: 'other' };
    await map(['A']);
    await map(['A'], other);
    await figures(figure('A', 5), figure('A', 6, other));
    deliver();
    await eventually(() => healthy.figures()['L-A'] === 6);
  });
});

describe('many slow channels', () => {
  it('take no writer from those that wait, though all of them have more to tell', async () => {
    const slow = await receiver({ status: 204, afterMs: 60_000 });
    const quick = await receiver({ status: 204 });
    const slowOnes = Array.from({ length: 16 }, (_, index) => ({ tenant: 'demo', channelId: `slow-${index}` }));
    for (const each of slowOnes) {
      await channel(slow.url, each);
      await map(['A'], each);
    }
    await figures(...slowOnes.map((each) => figure('A', 5, each)));
    const delivery = deliver();
    await eventually(() => slow.calls.length === 16);
    await channel(quick.url);
    await map(['A']);
    await figures(figure('A', 6));
    delivery.nudge();
    await eventually(() => quick.figures()['L-A'] === 6);
  });
});

describe('stopping and starting', () => {
  it('loses nothing: what was due or under way as a process stopped is told by the next', async () => {
    const shopfront = await receiver({ status: 204 }, { status: 204, afterMs: 600_000 });
    await channel(shopfront.url);
    const skus = skusUpTo(1_000);
    await map(skus);
    await figures(...skus.map((sku) => figure(sku, 2)));
    const first = deliver();
    await eventually(() => shopfront.calls.length === 2);
    // It waits for no answer that is outstanding.
    await first.stop();
    expect(await dueCount()).toBeGreaterThan(0);

    shopfront.answerFromNow({ status: 204 });
    await figures(figure('SKU-0000', 1));
    deliver();
    await told();
    expect(shopfront.figures()).toEqual(Object.fromEntries(skus.map((sku) => [`L-${sku}`, sku === 'SKU-0000' ? 1 : 2])));
  });

  it('takes a channel over from a writer that gave no sign of life', async () => {
    const shopfront = await receiver({ status: 204 });
    await channel(shopfront.url);
    await map(['A']);
    await figures(figure('A', 5));
    const before = Date.now();
    await database.pool.query(`UPDATE channels.channel SET owner = gen_random_uuid(), lease_until = now() + interval '400 milliseconds'`);
    deliver();
    await told();
    expect(Date.now() - before).toBeGreaterThanOrEqual(350);
  });
});

describe('a database that goes away', () => {
  it('stops nothing for good: what came meanwhile is told once it is back', async () => {
    const shopfront = await receiver({ status: 204, afterMs: 5 });
    await channel(shopfront.url);
    const skus = skusUpTo(500);
    await map(skus);
    await figures(...skus.map((sku) => figure(sku, 2)));
    const way = await database.breakable();
    const delivery = deliver({ leaseMs: 500 }, true, way.pool);
    await eventually(() => shopfront.calls.length > 0);
    way.proxy.cut();
    await figures(...skus.map((sku) => figure(sku, 1)));
    await eventually(() => faults.length > 0);
    way.proxy.mend();
    await told();
    expect(shopfront.figures()).toEqual(Object.fromEntries(skus.map((sku) => [`L-${sku}`, 1])));
    await delivery.stop();
    await way.stop();
    expect(faults.splice(0).length).toBeGreaterThan(0);
  });
});

describe('several processes', () => {
  it('have one writer per channel between them', async () => {
    const shopfront = await receiver({ status: 204, afterMs: 5 });
    await channel(shopfront.url);
    const skus = skusUpTo(300);
    await map(skus);
    const processes = [deliver(), deliver(), deliver()];
    for (let round = 1; round <= 20; round += 1) {
      await figures(...skus.map((sku) => figure(sku, round)));
      for (const process of processes) process.nudge();
    }
    await told();
    expect(shopfront.mostInFlight).toBe(1);
    expect(shopfront.figures()).toEqual(Object.fromEntries(skus.map((sku) => [`L-${sku}`, 20])));
  });

  it('write down nothing for a channel that was taken from them', async () => {
    const taken = gate();
    const shopfront = await receiver({ status: 204, after: taken.after });
    await channel(shopfront.url);
    await map(['A']);
    await figures(figure('A', 5));
    deliver({ pollMs: 60_000 });
    await eventually(() => shopfront.calls.length === 1);
    await database.pool.query(`UPDATE channels.channel SET owner = gen_random_uuid(), lease_until = now() + interval '1 hour'`);
    taken.open();
    await new Promise((resolve) => setTimeout(resolve, 350));
    expect(await theListing('A')).toMatchObject({ sent_version: null });
    expect(await dueCount()).toBe(1);
  });
});

describe('many at once', () => {
  it("store figures, change mappings, push by hand and deliver without standing in each other's way", async () => {
    const shopfront = await receiver({ status: 204 });
    await channel(shopfront.url);
    const skus = skusUpTo(400);
    await map(skus);
    deliver();
    const shuffled = () => [...skus].sort(() => Math.random() - 0.5);
    const rounds = Array.from({ length: 15 }, (_, round) => round);
    await Promise.all(
      rounds.flatMap((round) => [
        figures(...shuffled().map((sku) => figure(sku, round))),
        map(shuffled().slice(0, 200)),
        forcePush(database.pool, 'demo', ['shop'], shuffled().slice(0, 200), 0),
      ]),
    );
    await figures(...shuffled().map((sku) => figure(sku, 77)));
    await told();
    expect(shopfront.figures()).toEqual(Object.fromEntries(skus.map((sku) => [`L-${sku}`, 77])));
  });
});

describe('skipping what is not mapped', () => {
  const missing = () => rows(`SELECT * FROM channels.history WHERE operation = 'mapping_missing' ORDER BY sku`);

  it('records each SKU once and counts', async () => {
    await channel('http://127.0.0.1:9/');
    await figures(figure('A', 5), figure('B', 6));
    await figures(figure('A', 4));
    await figures(figure('A', 3));
    expect(await missing()).toMatchObject([
      { sku: 'A', outcome: 'skipped', occurrences: 3 },
      { sku: 'B', outcome: 'skipped', occurrences: 1 },
    ]);
  });

  it('misses nothing on a channel that nobody set up', async () => {
    await figures(figure('A', 5));
    expect(await missing()).toEqual([]);
  });
});
