import type { Outcome } from '../../../providers/write.js';
import { settled } from '../../settled.js';
import { accepted, shop, type StoreBench } from './bench.js';

/** Writes that the channel confirms later. */
export function acceptedWritesContract(begin: () => Promise<StoreBench>): void {
  let bench: StoreBench;
  beforeEach(async () => {
    bench = await begin();
  });

  describe('accepted writes', () => {
    const pending = (syncInventory = true) => bench.store.listings.pending({ ...shop, syncInventory }, 10);
    const confirm = async (outcome: Outcome): Promise<void> => {
      const writes = (await pending()).map((one) => ({ ...one, urgent: false, known: null }));
      await bench.store.settlement.confirm(
        shop,
        writes.map((write) => settled(write, outcome, null)),
      );
    };

    beforeEach(async () => {
      await bench.list({ A: 50 });
      await bench.settle(await bench.dueOne(), { kind: 'applied' });
      await bench.tell({ A: 40 });
      await bench.settle(await bench.dueOne(), accepted);
    });

    it('stay open until their time, or until the channel tells', async () => {
      expect(await bench.listing()).toMatchObject({ due: null, isTold: true, sent: 40, prior: 50, shown: 50, pending: 'feed-1' });
      expect(await pending()).toEqual([]);
      expect(await bench.store.leases.waiting(10)).toEqual([]);
      await bench.subject.pass(9_000);
      expect(await pending()).toEqual([]);
      await bench.subject.settled(shop, 'feed-1');
      expect(await pending()).toMatchObject([{ sku: 'A', listingId: 'L-A', reference: 'feed-1', quantity: 40, parts: [], memo: null }]);
      expect(await bench.store.leases.waiting(10)).toEqual([shop]);
    });

    it('may be sent once more where nothing newer is due, and the channel is written to', async () => {
      await bench.subject.pass(11_000);
      const mayBeSent = async (isWritten: boolean) => (await pending(isWritten)).map((one) => one.mayBeSent);
      expect([await mayBeSent(true), await mayBeSent(false)]).toEqual([[true], [false]]);
      await bench.tell({ A: 30 });
      expect(await mayBeSent(true)).toEqual([false]);
    });

    it('are ended by what became of them', async () => {
      await bench.subject.pass(11_000);
      await confirm({ ...accepted, checkAfterMs: 20_000 });
      expect(await pending()).toEqual([]);
      await bench.subject.pass(21_000);
      await confirm({ kind: 'applied' });
      expect(await bench.listing()).toMatchObject({ due: null, isTold: true, shown: 40, pending: null, fault: null });
    });

    it('are told again where they were refused or got lost', async () => {
      await bench.subject.pass(11_000);
      await confirm({ kind: 'rejected_retryable', code: 'busy', says: 'later', retryAfterMs: 1_000 });
      expect(await bench.listing()).toMatchObject({ due: 'later', pending: null, fault: 'busy: later', attempts: 1, shown: 50 });
      await bench.subject.pass(2_000);
      await bench.settle(await bench.dueOne(), accepted);
      await bench.subject.pass(11_000);
      await confirm({ kind: 'unknown', says: 'the report is lost' });
      expect(await bench.listing()).toMatchObject({ due: 'now', unsure: true, pending: null });
    });

    it('that a newer write replaced end nothing', async () => {
      await bench.subject.pass(11_000);
      const stale = (await pending()).map((one) => settled({ ...one, urgent: false, known: null }, { kind: 'applied' }, null));
      await bench.tell({ A: 30 });
      await bench.settle(await bench.dueOne(), { ...accepted, reference: 'feed-2' });
      await bench.store.settlement.confirm(shop, stale);
      expect(await bench.listing()).toMatchObject({ pending: 'feed-2', sent: 30, shown: 50 });
    });

    it('leave a newer figure due', async () => {
      await bench.tell({ A: 30 });
      await bench.subject.pass(11_000);
      await confirm({ kind: 'applied' });
      expect(await bench.listing()).toMatchObject({ due: 'now', isTold: false, shown: 40 });
    });
  });
}
