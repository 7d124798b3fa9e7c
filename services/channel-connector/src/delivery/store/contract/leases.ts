import { OTHER, shop, type StoreBench } from './bench.js';
import { CONTRACT_TIMINGS } from './subject.js';

/** One writer a channel. */
export function leasesContract(begin: () => Promise<StoreBench>): void {
  let bench: StoreBench;
  beforeEach(async () => {
    bench = await begin();
  });

  describe('leases', () => {
    it('give a channel to one process at a time, and to the next when the first ends or gives no sign of life', async () => {
      const other = bench.subject.store(OTHER);
      expect(await bench.store.leases.take(shop)).toMatchObject({ ...shop, syncInventory: true, failures: 0 });
      expect(await other.leases.take(shop)).toBeUndefined();
      await bench.store.leases.releaseAll();
      expect(await other.leases.take(shop)).toMatchObject(shop);
      expect(await bench.store.leases.take(shop)).toBeUndefined();
      await bench.subject.pass(CONTRACT_TIMINGS.leaseMs + 1_000);
      expect(await bench.store.leases.take(shop)).toMatchObject(shop);
    });

    it('are prolonged by taking once less than six tenths are left', async () => {
      const other = bench.subject.store(OTHER);
      await bench.held();
      await bench.subject.pass(CONTRACT_TIMINGS.leaseMs / 2);
      await bench.held();
      await bench.subject.pass(CONTRACT_TIMINGS.leaseMs * 0.8);
      expect(await other.leases.take(shop)).toBeUndefined();
      await bench.subject.pass(CONTRACT_TIMINGS.leaseMs);
      expect(await other.leases.take(shop)).toMatchObject(shop);
    });

    it('show the channels with something to tell that nobody else has, the longest waiting first', async () => {
      const late = { tenant: 'demo', channelId: 'late' };
      await bench.subject.add(late, { syncInventory: true, locations: [] });
      expect(await bench.store.leases.waiting(10)).toEqual([]);
      await bench.list({ A: 5 });
      await bench.subject.pass(1_000);
      await bench.list({ A: 5 }, late);
      expect(await bench.store.leases.waiting(10)).toEqual([shop, late]);
      expect(await bench.store.leases.waiting(1)).toEqual([shop]);
      expect(await bench.store.leases.waiting(10, [shop])).toEqual([late]);
      await bench.held();
      expect(await bench.store.leases.waiting(10)).toEqual([shop, late]);
      expect(await bench.subject.store(OTHER).leases.waiting(10)).toEqual([late]);
    });

    it('are not given while the channel pauses, nor after it is gone', async () => {
      await bench.list({ A: 5 });
      await bench.held();
      await bench.store.settlement.pause(shop, 'slow down', 30_000);
      expect(await bench.store.leases.take(shop)).toBeUndefined();
      expect(await bench.store.leases.waiting(10)).toEqual([]);
      await bench.subject.pass(31_000);
      expect(await bench.held()).toMatchObject({ failures: 1 });
      await bench.store.settlement.settle(shop, [], true);
      expect(await bench.held()).toMatchObject({ failures: 0 });
      await bench.store.settlement.gone(shop, 'closed');
      await bench.subject.pass(3_600_000);
      expect(await bench.store.leases.take(shop)).toBeUndefined();
    });
  });
}
