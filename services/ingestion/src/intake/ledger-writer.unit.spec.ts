import type { ErpMessage } from '@holdfast/contracts';
import { initialSkuState } from '@holdfast/inventory';
import type { SkuLedger } from '@holdfast/ledger';
import { issue, level, NOON, receipt } from '../../test/messages.js';
import { LedgerWriter } from './ledger-writer.js';

const HAM_BIN = { locationId: 'HAM', type: 'warehouse', sellableBeforePutAway: true } as never;

/** A ledger that keeps what is asked of it, and reads a SKU only when told. */
function slowLedger() {
  const asked: string[] = [];
  const reads: (() => void)[] = [];
  const ledger = {
    read: () =>
      new Promise((resolve) => {
        reads.push(() => resolve({ state: initialSkuState() }));
      }),
    execute: (_sku: unknown, { messageId }: { messageId: string }) => {
      asked.push(messageId);
      return Promise.resolve({ kind: 'accepted', events: [] });
    },
  } as unknown as SkuLedger;
  const writer = new LedgerWriter(ledger, { now: () => NOON }, { expiresAt: () => Promise.resolve(NOON) }, { find: () => HAM_BIN });
  const apply = (message: ErpMessage) =>
    writer.apply({ tenant: 'acme', message, commandId: message.messageId, placement: { locationId: 'HAM', postingLagMs: null } });
  return { asked, reads, apply };
}

const dated = (messageId: string, sku = 'MILK') => receipt(messageId, { sku, lotId: 'A', expiryDate: '2026-05-31' });

describe('messages of one SKU', () => {
  it('enter the ledger in their order, also where a receipt waits for the dates of its lot', async () => {
    const { asked, reads, apply } = slowLedger();
    const all = [
      apply(level('m1', { sku: 'MILK' })),
      apply(dated('m2')),
      apply(issue('m3', { sku: 'MILK' })),
      apply(dated('m4')),
      apply(receipt('m5', { sku: 'MILK' })),
    ];
    all.push(apply(issue('other', { sku: 'BREAD' })));
    await Promise.resolve();
    expect(asked).toEqual(['m1', 'other']);
    while (asked.length < all.length) {
      reads.shift()?.();
      await new Promise(setImmediate);
    }
    await Promise.all(all);
    expect(asked).toEqual(['m1', 'other', 'm2', 'm3', 'm4', 'm5']);
  });

  it('enter it at once where nothing is to be read', () => {
    const { asked, apply } = slowLedger();
    void apply(level('m1'));
    void apply(receipt('m2'));
    void apply(issue('m3'));
    expect(asked).toEqual(['m1', 'm2', 'm3']);
  });
});
