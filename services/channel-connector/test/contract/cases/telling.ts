import type { CaseTools } from './case-tools.js';

const MINUTE_MS = 60_000;
const FOR_EVER = 1_000_000;

/** What is told reaches the shop: the newest figure of each listing, and zeros before the rest. */
export function tellingCases({ rig, bench, opened, always, needs }: CaseTools): void {
  always('is found in order by its test', async () => {
    const { channel } = await opened();
    const { status, body } = await bench().connector.post(`${channel.path}/test`, {});
    expect([status, body['checks']]).toEqual([200, rig.checks.map((name) => expect.objectContaining({ name, ok: true }) as unknown)]);
  });

  describe('newest wins', () => {
    always('where the topic says figures twice and out of sequence', async () => {
      const { channel, skus } = await opened();
      const [sku = ''] = skus;
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

    always('where the answer to an older figure was lost', async () => {
      const { channel, skus } = await opened();
      const [sku = ''] = skus;
      channel.meets({ kind: 'lose_answer' });
      await channel.tell({ [sku]: 8 });
      await bench().time.until(() => channel.writes().length > 0);
      await channel.tell({ [sku]: 9 });
      await channel.shows(9);
      await channel.settled();
      expect(channel.shown(sku)).toBe(9);
    });

    needs('sequence', 'where an older figure was held up on its way and arrives after it', async () => {
      const { channel, skus } = await opened();
      const [sku = ''] = skus;
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
      const { channel, skus } = await opened();
      const [sku = ''] = skus;
      channel.meets({ kind: 'lose_answer' });
      await channel.tell({ [sku]: 8 });
      await channel.shows(8);
      await channel.settled();
      expect(channel.writes()).toHaveLength(1);
    });

    always('is made again where it did not arrive', async () => {
      const { channel, skus } = await opened();
      const [sku = ''] = skus;
      channel.meets({ kind: 'drop' });
      await channel.tell({ [sku]: 8 });
      await channel.shows(8);
      await channel.settled();
      expect(channel.writes()).toHaveLength(2);
    });
  });

  always('tells a zero before increases and a full sync under way', async () => {
    const { channel, skus } = await opened(2 * rig.batch + 1);
    const [sold = '', ...bulk] = skus;
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
}
