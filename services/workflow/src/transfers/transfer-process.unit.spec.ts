import { MemoryEventStore, MemoryLog } from '@holdfast/event-store';
import type { SkuLedger } from '@holdfast/ledger';
import { at, change, count, envelope, FailingStore, figures, ref, run, running } from '../../test/running-transfers.js';

/** A transfer of three CUPs and three POTs, of which there is one POT only. */
async function shortTransfer(): Promise<MemoryLog> {
  const log = new MemoryLog();
  const { ledger, streams } = await running(new MemoryEventStore({ log }));
  await change(ledger, 'CUP', count(5, 'cups'));
  await change(ledger, 'POT', count(1, 'pots'));
  const lines = ['CUP', 'POT'].map((sku) => ({ sku, quantity: 3 }));
  const create = { type: 'CreateTransfer', ...ref, fromLocationId: 'BER', toLocationId: 'HAM', lines, requestHash: 'hash' } as const;
  await streams.execute(ref, { ...create, ...envelope('create') });
  return log;
}

describe('a shipment with a short line, cut off anywhere, while the missing units come', () => {
  const deaths = [1, 2, 3, 4, 5, 6].flatMap((atAppend) => [false, true].map((stored) => ({ atAppend, stored })));

  it.each(deaths)('ships all lines or none, and what it ships arrives: $atAppend, stored $stored', async (death) => {
    const log = await shortTransfer();
    const dying = await running(new FailingStore(log, death));
    await run(dying, { type: 'StartShipment', ...envelope('ship') }).catch(() => undefined);

    const next = await running(new MemoryEventStore({ log }));
    await change(next.ledger, 'POT', count(4, 'more pots'));
    await next.process.resume(ref);
    expect([await figures(next, 'CUP'), await figures(next, 'POT')]).toEqual(
      (await figures(next, 'CUP'))[1] === 0
        ? [
            [5, 0, 0],
            [4, 0, 0],
          ]
        : [
            [2, 3, 0],
            [1, 3, 0],
          ],
    );

    await run(next, { type: 'StartShipment', ...envelope('ship again') });
    await run(next, { type: 'StartReceipt', ...envelope('receive'), receiptId: 'first' });
    expect((await next.streams.read(ref)).record.state.phase).toBe('received');
    expect([await figures(next, 'CUP'), await figures(next, 'POT')]).toEqual([
      [2, 0, 3],
      [1, 0, 3],
    ]);
  });
});

describe('a shipment that goes on after its SKU has ended so many others that it knows none of that time', () => {
  it('is turned back, and goes under its next id', async () => {
    const log = await shortTransfer();
    const next = await running(new MemoryEventStore({ log }));
    await change(next.ledger, 'POT', count(5, 'more pots'));
    await next.streams.execute(ref, { type: 'StartShipment', ...envelope('ship') });
    const between = { fromLocationId: 'BER', toLocationId: 'HAM' };
    for (let other = 0; other < 130; other += 1) {
      const transferId = `other ${String(other)}`;
      await change(next.ledger, 'POT', { type: 'ReturnTransfer', ...envelope(transferId), transferId, ...between });
    }

    expect((await next.process.resume(ref)).short).toMatchObject([{ sku: 'POT' }]);
    expect((await next.streams.read(ref)).record.state.phase).toBe('created');
    expect([await figures(next, 'CUP'), await figures(next, 'POT')]).toEqual([
      [5, 0, 0],
      [5, 0, 0],
    ]);
    await run(next, { type: 'StartShipment', at: at + 1, commandId: 'ship again' });
    expect((await next.streams.read(ref)).record.state.phase).toBe('in_transit');
  });
});

describe('a driver that stands still longer than its lease', () => {
  /** Holds back the shipment of POT until it is let go. */
  function holdingBack() {
    let letGo: () => void = () => undefined;
    const held = new Promise<void>((resolve) => (letGo = resolve));
    let reach: () => void = () => undefined;
    const reached = new Promise<void>((resolve) => (reach = resolve));
    const around = (ledger: SkuLedger): SkuLedger => ({
      execute: async (sku, command, context) => {
        if (sku.sku === 'POT' && command.type === 'ShipTransfer') {
          reach();
          await held;
        }
        return ledger.execute(sku, command, context);
      },
      read: (sku) => ledger.read(sku),
      drain: () => ledger.drain(),
    });
    return { around, reached, letGo: () => letGo() };
  }

  it('ships nothing by the step that comes late, and reports nothing about the next attempt', async () => {
    const log = await shortTransfer();
    const { around, reached, letGo } = holdingBack();
    const late = await running(new MemoryEventStore({ log }), around);
    const driven = run(late, { type: 'StartShipment', ...envelope('ship') }).catch(() => undefined);
    await reached;

    const next = await running(new MemoryEventStore({ log }));
    await next.process.resume(ref);
    expect((await next.streams.read(ref)).record.state.phase).toBe('created');
    await change(next.ledger, 'POT', count(4, 'more pots'));
    letGo();
    await driven;
    expect([await figures(next, 'CUP'), await figures(next, 'POT')]).toEqual([
      [5, 0, 0],
      [4, 0, 0],
    ]);
    expect((await next.streams.read(ref)).record.state.phase).toBe('created');
  });
});
