import { DEFAULT_TIMINGS } from '../../../src/index.js';
import type { CaseTools } from './case-tools.js';

const DAY_MS = 86_400_000;
const FOR_EVER = 1_000_000;

/** Vendors refuse, throttle, fail and forget; processes end. Nothing is lost, and nothing counts as told that is not. */
export function failingCases({ rig, bench, opened, always, needs }: CaseTools): void {
  always('refuses one bad listing alone, says why, and takes it back with its next figure', async () => {
    const { channel, skus } = await opened(5);
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

  always('waits as long as the vendor wants after too many calls, and counts nothing as told', async () => {
    const { channel, skus } = await opened();
    const [sku = ''] = skus;
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
    const { channel } = await opened(5);
    await channel.tellAll(4);
    await channel.settled();
    const before = channel.calls('token');
    channel.meets({ kind: 'expire_tokens' });
    await channel.tellAll(9);
    await bench().time.soon(() => channel.countShowing(9) === 5);
    expect(channel.calls('token')).toBe(before + 1);
  });

  always('backs off while the vendor fails, and tells every listing its newest figure afterwards', async () => {
    const { channel, skus } = await opened(5);
    const [first = '', ...others] = skus;
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

  always('loses nothing where its process ends between a call and its answer', async () => {
    const { channel, skus } = await opened(2);
    const [sku = '', other = ''] = skus;
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

  always('stops where the credentials are refused, says so, and goes on with the newest figures once they are put again', async () => {
    const { channel, skus } = await opened(2);
    const [sku = '', other = ''] = skus;
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
