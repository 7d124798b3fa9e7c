import { CONFLICT_COMPARED_MS, settled } from '../../settled.js';
import { entry, OTHER, shop, type StoreBench } from './bench.js';
import { CONTRACT_TIMINGS } from './subject.js';

/** What becomes of a listing after a call. */
export function settlingContract(begin: () => Promise<StoreBench>): void {
  let bench: StoreBench;
  beforeEach(async () => {
    bench = await begin();
  });

  describe('settling', () => {
    beforeEach(() => bench.list({ A: 50 }));

    it('ends what was applied, and keeps what the channel showed before', async () => {
      await bench.settle(await bench.dueOne(), { kind: 'applied' });
      expect(await bench.listing()).toMatchObject({
        due: null,
        isTold: true,
        sent: 50,
        prior: null,
        shown: 50,
        pending: null,
        attempts: 0,
      });
      await bench.tell({ A: 40 });
      await bench.settle(await bench.dueOne(), { kind: 'applied' });
      expect(await bench.listing()).toMatchObject({ due: null, isTold: true, sent: 40, prior: 50, shown: 40 });
    });

    it('leaves a listing due whose figure changed while the former was being sent', async () => {
      const sent = await bench.dueOne();
      await bench.tell({ A: 3 });
      await bench.settle(sent, { kind: 'applied' });
      expect(await bench.listing()).toMatchObject({ due: 'now', isTold: false, sent: 50, shown: 50, urgent: true });
      await bench.settle(await bench.dueOne(), { kind: 'applied' });
      await bench.tell({ A: 0 });
      const urgent = await bench.dueOne();
      await bench.tell({ A: 1 });
      await bench.settle(urgent, { kind: 'applied' });
      expect(await bench.listing()).toMatchObject({ due: 'now', isTold: false, sent: 0 });
    });

    it('does not take an older figure for told after a newer one', async () => {
      const older = await bench.dueOne();
      await bench.tell({ A: 40 });
      await bench.settle(await bench.dueOne(), { kind: 'applied' });
      await bench.settle(older, { kind: 'applied' });
      expect(await bench.listing()).toMatchObject({ due: null, isTold: true, sent: 40, shown: 40 });
    });

    it('does not take a figure for failed that was taken meanwhile', async () => {
      const twice = await bench.dueOne();
      await bench.settle(twice, { kind: 'applied' });
      await bench.settle(twice, { kind: 'unknown', says: 'no answer' });
      await bench.settle(twice, { kind: 'rejected_permanent', code: 'unknown', says: 'no such listing' });
      expect(await bench.listing()).toMatchObject({ due: null, isTold: true, unsure: false, fault: null, attempts: 0 });
    });

    it('marks a lost answer, tries again at once, and then after pauses that grow', async () => {
      const lost = { kind: 'unknown', says: 'no answer' } as const;
      await bench.settle(await bench.dueOne(), lost);
      expect(await bench.listing()).toMatchObject({ due: 'now', isTold: false, unsure: true, fault: 'no answer', attempts: 1 });
      await bench.settle(await bench.dueOne(), lost);
      expect(await bench.listing()).toMatchObject({ due: 'later', unsure: true, attempts: 2 });
      await bench.subject.pass(CONTRACT_TIMINGS.backOff.firstMs * 2 + 1_000);
      expect((await bench.dueOne()).unsure).toBe(true);
      await bench.settle(await bench.dueOne(), { kind: 'applied' });
      expect(await bench.listing()).toMatchObject({ due: null, unsure: false, fault: null, attempts: 0 });
    });

    it('keeps what was read back of a lost answer', async () => {
      await bench.settle(await bench.dueOne(), { kind: 'unknown', says: 'no answer' });
      await bench.store.settlement.readBack(shop, new Map([['L-A', { quantity: 12, parts: [] }]]));
      expect(await bench.listing()).toMatchObject({ due: 'now', unsure: false, shown: 12 });
      expect(await bench.dueOne()).toMatchObject({ unsure: false, known: { quantity: 12, parts: [] } });
    });

    it('keeps the figure that a conflict found, and writes nothing until it was compared', async () => {
      await bench.settle(await bench.dueOne(), { kind: 'conflict', observed: { quantity: 31, parts: [] } });
      expect(await bench.listing()).toMatchObject({ due: 'later', isTold: false, shown: 31, fault: null });
      await bench.subject.pass(CONFLICT_COMPARED_MS + 1_000);
      expect((await bench.dueOne()).known).toEqual({ quantity: 31, parts: [] });
    });

    it('tells a zero also while a conflict is compared', async () => {
      await bench.settle(await bench.dueOne(), { kind: 'applied' });
      await bench.tell({ A: 60 });
      await bench.settle(await bench.dueOne(), { kind: 'conflict', observed: { quantity: 40, parts: [] } });
      await bench.tell({ A: 0 });
      expect(await bench.dueOne()).toMatchObject({ quantity: 0, urgent: true });
    });

    it('lets deferred listings wait without a fault', async () => {
      await bench.settle(await bench.dueOne(), { kind: 'deferred', says: 'no feed now', retryAfterMs: 5_000 });
      expect(await bench.listing()).toMatchObject({ due: 'later', isTold: false, unsure: false, fault: null, attempts: 0 });
      await bench.subject.pass(6_000);
      expect(await bench.dueSkus()).toEqual(['A']);
    });

    it('lets refused listings wait: as long as the vendor says, else growing pauses, else the longest', async () => {
      await bench.list({ B: 50, C: 50 });
      await bench.settle(await bench.dueOne(), { kind: 'rejected_retryable', code: 'busy', says: 'later', retryAfterMs: 5_000 });
      await bench.settle(await bench.dueOne('B'), { kind: 'rejected_retryable', code: 'busy', says: 'later' });
      await bench.settle(await bench.dueOne('C'), { kind: 'rejected_permanent', code: 'unknown', says: 'no such listing' });
      expect(await bench.dueSkus()).toEqual([]);
      expect(await bench.listing('C')).toMatchObject({ due: 'later', isTold: false, fault: 'unknown: no such listing', attempts: 1 });
      await bench.subject.pass(6_000);
      expect(await bench.dueSkus()).toEqual(['A']);
      await bench.subject.pass(CONTRACT_TIMINGS.backOff.firstMs);
      expect(await bench.dueSkus()).toEqual(['A', 'B']);
      await bench.subject.pass(CONTRACT_TIMINGS.backOff.mostMs);
      expect([...(await bench.dueSkus())].sort()).toEqual(['A', 'B', 'C']);
    });

    it('lets a refused listing not wait where an urgent figure came meanwhile', async () => {
      await bench.settle(await bench.dueOne(), { kind: 'applied' });
      await bench.tell({ A: 40 });
      const refused = await bench.dueOne();
      await bench.tell({ A: 0 });
      await bench.settle(refused, { kind: 'rejected_permanent', code: 'refused', says: 'no' });
      expect(await bench.listing()).toMatchObject({ due: 'now', urgent: true });
    });

    it('leaves a listing as it was where the call had no effect', async () => {
      await bench.settle(await bench.dueOne(), { kind: 'unknown', says: 'no answer' });
      const notSent = { ...entry(await bench.dueOne(), { kind: 'unknown', says: 'no connection' }), kind: 'not_sent' as const };
      await bench.store.settlement.settle(shop, [notSent], false);
      expect(await bench.listing()).toMatchObject({ due: 'now', unsure: true, fault: 'no connection', attempts: 2, pending: null });
    });

    it('does nothing for a process that lost the channel', async () => {
      const sent = await bench.dueOne();
      await bench.subject.pass(CONTRACT_TIMINGS.leaseMs + 1_000);
      await bench.held(bench.subject.store(OTHER));
      const before = await bench.listing();
      await bench.settle(sent, { kind: 'applied' });
      await bench.store.settlement.readBack(shop, new Map([['L-A', { quantity: 1, parts: [] }]]));
      await bench.store.settlement.pause(shop, 'slow down', 60_000);
      expect(await bench.listing()).toEqual(before);
      expect(await bench.held(bench.subject.store(OTHER))).toMatchObject({ failures: 0 });
    });

    it('keeps memos, and what a provider does not tell anew stays', async () => {
      await bench.store.settlement.settle(shop, [settled(await bench.dueOne(), { kind: 'applied' }, { offer: 'o1' })], true);
      await bench.tell({ A: 40 });
      expect((await bench.dueOne()).memo).toEqual({ offer: 'o1' });
      await bench.settle(await bench.dueOne(), { kind: 'applied' });
      await bench.tell({ A: 30 });
      expect((await bench.dueOne()).memo).toEqual({ offer: 'o1' });
    });
  });
}
