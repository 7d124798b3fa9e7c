import { accepted, shop, type StoreBench } from './bench.js';

/** What the channel shows. */
export function shownFiguresContract(begin: () => Promise<StoreBench>): void {
  let bench: StoreBench;
  beforeEach(async () => {
    bench = await begin();
  });

  describe('what the channel says that it shows', () => {
    it('is kept, unless something newer is known', async () => {
      await bench.list({ A: 50 });
      await bench.settle(await bench.dueOne(), { kind: 'applied' });
      await bench.subject.pass(10_000);
      await bench.subject.shown(shop, 'L-A', 49, 20_000);
      expect(await bench.listing()).toMatchObject({ shown: 50, due: null });
      await bench.subject.shown(shop, 'L-A', 48, 5_000);
      expect(await bench.listing()).toMatchObject({ shown: 48, due: null, isTold: true, sent: 50 });
    });

    it('was what it showed before its first write, where that was not made and nothing was known', async () => {
      await bench.list({ A: 50 });
      const first = await bench.dueOne();
      await bench.settle(first, accepted);
      await bench.subject.confirmShown(shop, 'A', 'L-A', first.version, 20, 20);
      expect(await bench.listing()).toMatchObject({ shown: 20, prior: 20, sent: 50 });
      await bench.subject.confirmShown(shop, 'A', 'L-A', first.version, 33, 33);
      expect(await bench.listing()).toMatchObject({ shown: 33, prior: 20 });
    });

    it('is told again with ours under a new version', async () => {
      await bench.list({ A: 50 });
      const older = await bench.dueOne();
      await bench.settle(older, { kind: 'applied' });
      await bench.subject.tellAgain(shop, 'A', 'L-A', { quantity: 12, parts: [] });
      expect(await bench.listing()).toMatchObject({ due: 'now', isTold: false, shown: 12, forced: true });
      expect((await bench.dueOne()).version).toBeGreaterThan(older.version);
      await bench.settle(await bench.dueOne(), { kind: 'applied' });
      expect(await bench.listing()).toMatchObject({ due: null, forced: false, shown: 50 });
    });
  });
}
