import type { Provider } from '../src/providers/provider.js';
import { PROVIDERS } from '../src/providers/registry.js';
import { DEFAULT_TIMINGS } from '../src/index.js';
import { ConnectorUnderTest } from './connector.js';
import { ContractChannel, type ContractBench } from './contract/contract-channel.js';
import type { Ability, VendorRig, VendorUnderTest } from './contract/rig.js';
import { LeapingTime } from './leaping-time.js';

const HERE = 'BER';
const FOR_EVER = 1_000_000;
const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;

/** The service with one vendor, for the contract suite and for what a spec adds to it. */
export interface ContractRun<Vendor extends VendorUnderTest> {
  readonly connector: ConnectorUnderTest;
  readonly vendor: Vendor;
  readonly time: LeapingTime;
}

/**
 * What every provider must do, shown through the service against a vendor that misbehaves. Service, database and vendor live on one time that
 * leaps, so that the product's own pauses cost nothing. Call it once, at the top of a spec file; the file may add cases of its vendor's own.
 * @param kinds of channels; those of the product by default
 */
export function providerContract<Vendor extends VendorUnderTest>(
  rig: Omit<VendorRig, 'start'> & { start(time: LeapingTime): Promise<Vendor> },
  kinds: readonly Provider[] = PROVIDERS,
): ContractRun<Vendor> {
  let started: (ContractBench & { readonly vendor: Vendor }) | undefined;
  const bench = (): ContractBench & { readonly vendor: Vendor } => {
    if (started === undefined) throw new Error('the service is not started yet');
    return started;
  };
  beforeAll(async () => {
    const time = new LeapingTime();
    const connector = await ConnectorUnderTest.start({ timings: { ...DEFAULT_TIMINGS, watchMs: 100 }, kinds, time });
    await connector.location(HERE);
    started = { rig, time, connector, vendor: await rig.start(time) };
  });
  afterAll(async () => {
    const { connector, vendor, time } = bench();
    await connector.stop();
    await vendor.close();
    await time.close();
    expect(vendor.log.violations).toEqual([]);
  });

  describe(`${rig.provider.name}, as every provider,`, () => {
    cases(rig, bench);
  });
  return {
    get connector() {
      return bench().connector;
    },
    get vendor() {
      return bench().vendor;
    },
    get time() {
      return bench().time;
    },
  };
}

function cases(rig: VendorRig, bench: () => ContractBench): void {
  let channel: ContractChannel;
  const opened = async (listings = 1): Promise<readonly string[]> => {
    channel = await ContractChannel.open(bench(), listings);
    return channel.skus;
  };
  afterEach(() => channel.close());

  /** A case that needs something of the vendor; where the vendor lacks it, the reason is the title, and that the provider has no such thing is checked. */
  const needs = (ability: Ability, title: string, run: () => Promise<void>): void => {
    const reason = rig.lacks[ability];
    if (reason === undefined) return it(title, run);
    it(`does not apply: ${title} (${reason})`, async () => {
      await opened();
      expect(await has(ability, bench(), channel)).toBe(false);
    });
  };

  it('is found in order by its test', async () => {
    await opened();
    const { status, body } = await bench().connector.post(`${channel.path}/test`, {});
    expect([status, body['checks']]).toEqual([200, rig.checks.map((name) => expect.objectContaining({ name, ok: true }) as unknown)]);
  });

  needs('reading', 'finds its listings by SKU, and names a figure that somebody set there', async () => {
    const [sku = ''] = await opened();
    await channel.tell({ [sku]: 6 });
    await channel.settled();
    expect(await channel.discovered()).toMatchObject([{ listingId: channel.listing(sku), sku, match: 'by_sku' }]);
    bench().vendor.edit(channel.listing(sku), 40);
    expect(await channel.reconcile('?dryRun=true')).toMatchObject([{ sku, ours: 6, theirs: 40, class: 'foreign_edit' }]);
    await channel.reconcile();
    await channel.shows(6);
  });

  describe('newest wins', () => {
    it('where the topic says figures twice and out of sequence', async () => {
      const [sku = ''] = await opened();
      const older = await channel.tell({});
      const newest = await channel.tell({ [sku]: 7 });
      await channel.shows(7);
      await channel.tellAs(older, { [sku]: 3 });
      await channel.tellAs(newest, { [sku]: 7 });
      const [other = ''] = await channel.map(1);
      await channel.tell({ [other]: 4 });
      await channel.shows(4, [other]);
      await channel.settled();
      expect([channel.shown(sku), channel.writes().length]).toEqual([7, 2]);
    });

    it('where the answer to an older figure was lost', async () => {
      const [sku = ''] = await opened();
      channel.meets({ kind: 'lose_answer' });
      await channel.tell({ [sku]: 8 });
      await bench().time.until(() => channel.writes().length > 0);
      await channel.tell({ [sku]: 9 });
      await channel.shows(9);
      await channel.settled();
      expect(channel.shown(sku)).toBe(9);
    });

    needs('sequence', 'where an older figure was held up on its way and arrives after it', async () => {
      const [sku = ''] = await opened();
      channel.meets({ kind: 'arrive_late', ms: 100_000 });
      await channel.tell({ [sku]: 8 });
      await bench().time.soon(() => channel.writes().length > 0);
      await channel.tell({ [sku]: 9 });
      await channel.shows(9);
      await channel.settled();
      await bench().time.leap(100_000);
      if (rig.lacks.reading === undefined) {
        await channel.reconcile();
        await channel.settled();
        expect(await channel.reconcile('?dryRun=true')).toEqual([]);
      }
      expect(channel.shown(sku)).toBe(9);
    });
  });

  describe('a write whose answer was lost', () => {
    needs('reading', 'is read back and not made again', async () => {
      const [sku = ''] = await opened();
      channel.meets({ kind: 'lose_answer' });
      await channel.tell({ [sku]: 8 });
      await channel.shows(8);
      await channel.settled();
      expect(channel.writes()).toHaveLength(1);
    });

    it('is made again where it did not arrive', async () => {
      const [sku = ''] = await opened();
      channel.meets({ kind: 'drop' });
      await channel.tell({ [sku]: 8 });
      await channel.shows(8);
      await channel.settled();
      expect(channel.writes()).toHaveLength(2);
    });
  });

  it('refuses one bad listing alone, says why, and takes it back with its next figure', async () => {
    const skus = await opened(5);
    const [bad = '', ...good] = skus;
    channel.meets({ kind: 'reject_listings', listingIds: [channel.listing(bad)], permanent: true }, FOR_EVER);
    await channel.tellAll(6);
    await channel.shows(6, good);
    await bench().time.until(async () => (await channel.statuses()).filter((status) => status === 'ok').length === 4);
    expect(await channel.mappingOf(bad)).toMatchObject({ status: 'error', error: expect.stringMatching(/.{10}/) as unknown });
    expect(channel.shown(bad)).not.toBe(6);
    bench().vendor.faults.clear();
    await channel.tell({ [bad]: 7 });
    await channel.shows(7, [bad]);
    await channel.settled();
  });

  it('waits as long as the vendor wants after too many calls, and counts nothing as told', async () => {
    const [sku = ''] = await opened();
    await channel.tell({ [sku]: 4 });
    await channel.settled();
    const before = channel.writes().length;
    channel.meets(rig.throttle.fault);
    await channel.tell({ [sku]: 9 });
    await bench().time.until(() => channel.writes().length > before);
    expect([channel.shown(sku), (await channel.mappingOf(sku))?.['status']]).toEqual([4, 'stale']);
    await channel.shows(9);
    await channel.settled();
    const [refused, next] = channel.writes().slice(before);
    expect([refused?.throttled, next?.throttled]).toEqual([true, false]);
    expect((next?.at ?? 0) - (refused?.at ?? 0)).toBeGreaterThanOrEqual(rig.throttle.pauseMs);
  });

  needs('tokens', 'renews a token that ends in the middle of a batch, and tells every listing', async () => {
    await opened(5);
    await channel.tellAll(4);
    await channel.settled();
    const before = channel.calls('token');
    channel.meets({ kind: 'expire_tokens' });
    await channel.tellAll(9);
    await bench().time.soon(() => channel.countShowing(9) === 5);
    expect(channel.calls('token')).toBe(before + 1);
  });

  it('backs off while the vendor fails, and tells every listing its newest figure afterwards', async () => {
    const [first = '', ...others] = await opened(5);
    channel.meets({ kind: 'server_error', status: 503 }, FOR_EVER);
    await channel.tell({ [first]: 3 });
    await bench().time.until(() => channel.writes().length >= 7);
    const failing = [...(await channel.statuses()), (await channel.delivery()).status];
    await channel.tellAll(5, others);
    await channel.tell({ [first]: 4 });
    bench().vendor.faults.clear();
    await Promise.all([channel.shows(4, [first]), channel.shows(5, others)]);
    await channel.settled();
    const [begun, ...again] = channel.writes().slice(0, 7);
    expect(failing).toContain('error');
    expect((again.at(-1)?.at ?? 0) - (begun?.at ?? 0)).toBeGreaterThan(5_000);
  });

  it('loses nothing where its process ends between a call and its answer', async () => {
    const [sku = '', other = ''] = await opened(2);
    await channel.tellAll(2);
    await channel.settled();
    channel.meets({ kind: 'slow_answer', ms: 100 * DAY_MS });
    await channel.tell({ [sku]: 9 });
    await channel.shows(9, [sku]);
    await bench().connector.restart(async () => {
      await channel.tell({ [sku]: 5, [other]: 6 });
    });
    await Promise.all([channel.shows(5, [sku]), channel.shows(6, [other])]);
    await channel.settled();
    expect([channel.shown(sku), channel.shown(other)]).toEqual([5, 6]);
  });

  it('tells a zero before increases and a full sync under way', async () => {
    const [sold = '', ...bulk] = await opened(2 * rig.batch + 1);
    await channel.tell({ [sold]: 5 });
    await channel.settled([sold]);
    channel.meets({ kind: 'slow_answer', ms: MINUTE_MS }, FOR_EVER);
    await channel.tellAll(30, bulk);
    await bench().time.soon(() => channel.countShowing(30, bulk) > 0);
    expect((await bench().connector.post(`/sales-channel/inventory/sync/${channel.channelId}`, {})).status).toBe(202);
    await channel.tell({ [sold]: 0 });
    await bench().time.soon(async () => (await channel.wantedOf(sold)) === 0);
    await bench().time.until(() => channel.shown(sold) === 0, MINUTE_MS);
    expect(channel.countShowing(30, bulk)).toBeLessThan(bulk.length);
    bench().vendor.faults.clear();
    await channel.shows(30, bulk);
    await bench().time.until(async () => (await channel.delivery()).due === 0);
  });

  needs('telling', 'takes its own figures that the vendor tells for no edit and no conflict', async () => {
    const [sku = ''] = await opened();
    const { connector, vendor, time } = bench();
    vendor.sendHooksTo(connector.hookUrl(`${channel.channelId}?tenant=demo`));
    await channel.tell({ [sku]: 6 });
    await channel.settled();
    await channel.tell({ [sku]: 0 });
    await channel.settled();
    const before = channel.writes().length;
    await vendor.hooksSent();
    await time.until(async () => (await toldFigures(bench(), channel)) > 0);
    await expectNoConflict(bench(), channel);
    expect([channel.shown(sku), channel.writes().length]).toEqual([0, before]);
  });

  needs('reading', 'takes its own figures that it reads for no edit and no conflict', async () => {
    const [first = '', second = ''] = await opened(2);
    await channel.tell({ [first]: 6, [second]: 3 });
    await channel.settled();
    const before = channel.writes().length;
    expect(await channel.reconcile()).toEqual([]);
    await expectNoConflict(bench(), channel);
    expect(channel.writes()).toHaveLength(before);
  });

  needs('orders', 'takes an order from the stock once, and gives its units back once when it is cancelled', async () => {
    const [sku = ''] = await opened();
    const { connector, vendor, time } = bench();
    await connector.record(sku, HERE, 10);
    vendor.sendHooksTo(connector.hookUrl(`${channel.channelId}?tenant=demo`));
    await channel.tell({ [sku]: 10 });
    await channel.settled();
    // Polling begins with what happens after the first poll.
    await time.until(() => channel.isPolled());
    const orderId = vendor.sell(channel.listing(sku), 3);
    await vendor.hooksSent();
    const taken = [expect.objectContaining({ orderId, status: 'taken' })];
    await time.until(async () => (await channel.orders()).some((order) => order['status'] === 'taken'));
    await time.leap(2 * DEFAULT_TIMINGS.channelPollMs);
    expect([await channel.orders(), await onHand(bench(), sku)]).toEqual([taken, 7]);
    vendor.cancel(orderId);
    await vendor.hooksSent();
    await time.until(async () => (await channel.orders()).every((order) => order['status'] !== 'taken'));
    expect(await onHand(bench(), sku)).toBe(10);
  });

  it('stops where the credentials are refused, says so, and goes on with the newest figures once they are put again', async () => {
    const [sku = '', other = ''] = await opened(2);
    const { vendor, time } = bench();
    await channel.tellAll(4);
    await channel.settled();
    vendor.faults.credentialsRevoked = true;
    channel.meets({ kind: 'expire_tokens' });
    await channel.tell({ [sku]: 9 });
    await time.until(async () => (await channel.delivery()).status === 'failing');
    const [before, { error }] = [channel.writes().length, await channel.delivery()];
    await channel.tell({ [sku]: 8, [other]: 7 });
    await time.until(async () => (await channel.delivery()).due === 2);
    await time.leap(DEFAULT_TIMINGS.unauthorizedMs / 2);
    expect([error, channel.shown(sku), channel.writes().length]).toEqual([expect.stringMatching(/.{10}/), 4, before]);
    vendor.faults.clear();
    await channel.put();
    await time.soon(() => channel.shown(sku) === 8 && channel.shown(other) === 7);
    await channel.settled();
  });
}

async function onHand({ connector }: ContractBench, sku: string): Promise<number | undefined> {
  return (await connector.runtime.ledger.read({ tenant: 'demo', sku })).state.balances.get(HERE)?.onHand;
}

async function expectNoConflict({ connector }: ContractBench, { channelId, path }: ContractChannel): Promise<void> {
  const drift = await connector.get(`/sales-channel/drift?channelId=${channelId}`);
  expect([drift.status, drift.body['drift']]).toEqual([200, []]);
  const conflicts = await connector.get(`/sales-channel/sync/history?operation=inventory_conflict&channelId=${channelId}`);
  expect([conflicts.status, conflicts.body['history']]).toEqual([200, []]);
  const held = await connector.get(`${path}/mappings?status=conflict`);
  expect(held.body['mappings']).toEqual([]);
}

/** Messages with figures that the vendor told of itself and that took effect. */
async function toldFigures({ connector }: ContractBench, { channelId }: ContractChannel): Promise<number> {
  const { rows } = await connector.runtime.database.pool.query<{ told: number }>(
    `SELECT count(*)::int AS told FROM channels.inbox WHERE channel_id = $1 AND state = 'done' AND events @> '[{"kind":"figure"}]'`,
    [channelId],
  );
  return rows[0]?.told ?? 0;
}

/** Whether a channel has what its rig says that the vendor lacks. */
async function has(ability: Ability, bench: ContractBench, channel: ContractChannel): Promise<boolean> {
  switch (ability) {
    case 'tokens':
      return bench.rig.provider.renew !== undefined;
    case 'reading':
    case 'sequence':
      return (await bench.connector.post(`${channel.path}/reconcile`, undefined)).body['code'] !== 'channel_not_readable';
    case 'orders':
      return (await bench.connector.hook(channel.channelId, '{}')).status !== 401;
    case 'telling': {
      const { connector, vendor, time } = bench;
      vendor.sendHooksTo(connector.hookUrl(`${channel.channelId}?tenant=demo`));
      for (const quantity of [6, 0]) {
        await channel.tellAll(quantity);
        await channel.settled();
      }
      await vendor.hooksSent();
      await time.leap(2 * DEFAULT_TIMINGS.channelPollMs);
      return (await toldFigures(bench, channel)) > 0;
    }
    default:
      return ability satisfies never;
  }
}
