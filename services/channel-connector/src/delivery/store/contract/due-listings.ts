import { accepted, entry, MOST, shop, type StoreBench } from './bench.js';

/** What is due, in which order. */
export function dueListingsContract(begin: () => Promise<StoreBench>): void {
  let bench: StoreBench;
  beforeEach(async () => {
    bench = await begin();
  });

  describe('due listings', () => {
    it('are those whose newest figure was not told, zeros and low figures that fall first, then the longest waiting', async () => {
      await bench.list({ A: 500, B: 500, C: 500, D: 500 });
      expect(await bench.store.listings.backlog(await bench.held())).toEqual({ due: 4, urgent: 0 });
      for (const one of await bench.due()) await bench.settle(one, { kind: 'applied' });
      expect(await bench.dueSkus()).toEqual([]);
      await bench.tell({ D: 400 });
      await bench.subject.pass(1_000);
      await bench.tell({ A: 300 });
      await bench.tell({ B: 3 });
      await bench.tell({ C: 0 });
      expect(await bench.dueSkus()).toEqual(['C', 'B', 'D', 'A']);
      expect(await bench.store.listings.backlog(await bench.held())).toEqual({ due: 4, urgent: 2 });
      expect(await bench.store.listings.due(await bench.held(), 350, 3)).toMatchObject([
        { sku: 'C', listingId: 'L-C', quantity: 0, urgent: true, unsure: false, known: { quantity: 500, parts: [] } },
        { sku: 'B', quantity: 3, urgent: true },
        { sku: 'D', quantity: 350, urgent: false },
      ]);
    });

    it('have the figure of the latest place in the log, in whatever order figures come', async () => {
      const figure = (quantity: number, at: number) => ({ ...shop, sku: 'A', quantity, parts: null, position: String(at), version: at });
      await bench.subject.map(shop, [{ sku: 'A', listingId: 'L-A' }]);
      await bench.subject.figures([figure(7, 20)]);
      await bench.subject.figures([figure(9, 10)]);
      await bench.subject.figures([figure(7, 20)]);
      expect(await bench.due()).toMatchObject([{ quantity: 7 }]);
      await bench.settle(await bench.dueOne(), { kind: 'applied' });
      await bench.subject.figures([figure(8, 15), figure(7, 30)]);
      expect(await bench.dueSkus()).toEqual([]);
      await bench.subject.figures([figure(6, 31), figure(5, 29)]);
      expect(await bench.due()).toMatchObject([{ quantity: 6 }]);
    });

    it('remember the last figures that they should have shown, told or not', async () => {
      await bench.list({ A: 50 });
      await bench.tell({ A: 40 });
      await bench.tell({ A: 40 });
      expect(await bench.listing()).toMatchObject({ recent: [50], sent: null });
      for (let units = 100; units < 120; units += 1) await bench.tell({ A: units });
      const { recent } = await bench.listing();
      expect([recent.length, recent[0], recent.at(-1)]).toEqual([16, 118, 103]);
    });

    it('are told by place where the channel maps places', async () => {
      const placed = { tenant: 'demo', channelId: 'placed' };
      await bench.subject.add(placed, { syncInventory: true, locations: [{ locationId: 'BER', remoteId: 'r1' }] });
      await bench.subject.map(placed, [{ sku: 'A', listingId: 'L-A' }]);
      const figure = (at: number, units: number) => ({ position: String(at), version: at, parts: { BER: units, HAM: 9 - units } });
      await bench.subject.figures([{ ...placed, sku: 'A', quantity: 9, ...figure(1, 4) }]);
      const [first] = await bench.store.listings.due(await bench.held(bench.store, placed), MOST, MOST);
      expect(first).toMatchObject({ quantity: 4, parts: [{ remoteId: 'r1', quantity: 4 }] });
      if (first !== undefined) await bench.store.settlement.settle(placed, [entry(first, { kind: 'applied' })], true);
      await bench.subject.figures([{ ...placed, sku: 'A', quantity: 9, ...figure(2, 6) }]);
      expect(await bench.store.listings.due(await bench.held(bench.store, placed), MOST, MOST)).toMatchObject([{ quantity: 6 }]);
      await bench.subject.figures([{ ...placed, sku: 'A', quantity: 9, ...figure(3, 0) }]);
      expect(await bench.store.listings.due(await bench.held(bench.store, placed), MOST, MOST)).toMatchObject([
        { quantity: 0, urgent: true },
      ]);
      expect(await bench.subject.listing(placed, 'A')).toMatchObject({ recent: [6, 4] });
    });

    it('remember where the units lay, of a channel that maps places', async () => {
      const placed = { tenant: 'demo', channelId: 'placed' };
      const locations = ['BER', 'HAM'].map((locationId) => ({ locationId, remoteId: `r-${locationId}` }));
      await bench.subject.add(placed, { syncInventory: true, locations });
      await bench.subject.map(placed, [{ sku: 'A', listingId: 'L-A' }]);
      const [first, moved, fewer] = [
        { BER: 5, HAM: 0 },
        { BER: 2, HAM: 3 },
        { BER: 2, HAM: 1 },
      ];
      for (const [index, parts] of [first, moved, moved, fewer].entries()) {
        const quantity = parts.BER + parts.HAM;
        await bench.subject.figures([{ ...placed, sku: 'A', quantity, parts, position: String(index + 1), version: index + 1 }]);
      }
      const [newest, before] = [moved, first].map((parts) => ({ quantity: 5, parts }));
      expect(await bench.subject.listing(placed, 'A')).toMatchObject({ recent: [5], recentPlaces: [newest, before] });
      await bench.list({ B: 5 });
      await bench.tell({ B: 4 });
      expect(await bench.listing('B')).toMatchObject({ recent: [5], recentPlaces: [] });
    });

    it('are only those that were asked for where the channel is not told by itself', async () => {
      const quiet = { tenant: 'demo', channelId: 'quiet' };
      await bench.subject.add(quiet, { syncInventory: false, locations: [] });
      await bench.list({ A: 50, B: 50 }, quiet);
      expect(await bench.store.leases.waiting(10)).toEqual([]);
      await bench.subject.tellAgain(quiet, 'B', 'L-B', { quantity: 2, parts: [] });
      expect(await bench.store.leases.waiting(10)).toEqual([quiet]);
      expect(await bench.store.listings.due(await bench.held(bench.store, quiet), MOST, MOST)).toMatchObject([
        { sku: 'B', known: { quantity: 2 } },
      ]);
      expect(await bench.store.listings.backlog(await bench.held(bench.store, quiet))).toEqual({ due: 1, urgent: 0 });
    });

    it('leave out what a running feed excludes, and what waits for a decision', async () => {
      await bench.list({ A: 5, B: 5, C: 5 });
      await bench.settle(await bench.dueOne(), { ...accepted, exclusive: true });
      await bench.subject.openConflict(shop, 'B', 'L-B', 77);
      await bench.tell({ A: 6, B: 6 });
      expect(await bench.dueSkus()).toEqual(['C']);
      await bench.settle(await bench.dueOne('C'), { kind: 'applied' });
      expect(await bench.store.leases.waiting(10)).toEqual([]);
      await bench.subject.decideConflict(shop, 'B');
      expect(await bench.due()).toMatchObject([{ sku: 'B', quantity: 6, known: { quantity: 77 } }]);
    });
  });
}
