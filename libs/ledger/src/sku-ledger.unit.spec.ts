import { STREAMS } from '@holdfast/contracts';
import { MemoryEventStore } from '@holdfast/event-store';
import { AT, commit, place, receive } from '../test/sku-commands.js';
import { LedgerBusy, openSkuLedger, stockStream } from './index.js';

const ref = { tenant: 't', sku: 'A-1' };

describe('the ledger of a SKU', () => {
  it('keeps each SKU of each tenant in a stream of its own', async () => {
    const eventStore = new MemoryEventStore();
    const ledger = await openSkuLedger({ eventStore });
    await ledger.execute(ref, receive(5), { actor: 'ann' });
    const outcome = await ledger.execute(ref, place('r1', 2));
    expect(outcome).toMatchObject({ kind: 'accepted', revision: 2, events: [{ type: 'ReservationPlaced', reservationId: 'r1' }] });
    expect((await eventStore.readStream('stock-t.A-1')).map((event) => event.type)).toEqual([
      'ProductDescribed.v1',
      'StockReceived.v1',
      'ReservationPlaced.v1',
    ]);
    expect((await ledger.read({ ...ref, tenant: 'other' })).state.known).toBe(false);
  });

  it('refuses with the figures', async () => {
    const ledger = await openSkuLedger({ eventStore: new MemoryEventStore() });
    await ledger.execute(ref, receive(1));
    expect(await ledger.execute(ref, place('r1', 2))).toMatchObject({
      kind: 'refused',
      code: 'insufficient_stock',
      details: { requested: 2, available: 1 },
    });
  });

  it('reads the state back from what is stored', async () => {
    const eventStore = new MemoryEventStore();
    const ledger = await openSkuLedger({ eventStore });
    await ledger.execute(ref, receive(5));
    await ledger.execute(ref, place('r1', 2));
    await ledger.execute(ref, commit('r1'));
    const { state, revision, position } = await (await openSkuLedger({ eventStore })).read(ref);
    expect(state.balances.get('BER')).toMatchObject({ onHand: 3, reserved: 0 });
    expect([revision, position]).toEqual([3, 3n]);
    const [, received] = await eventStore.readStream(stockStream(ref));
    expect(received && STREAMS.stock.decode(received)).toMatchObject({ type: 'StockReceived', quantity: 5, effectiveAt: AT });
  });

  it('names the SKU whose queue is full', async () => {
    const ledger = await openSkuLedger({ eventStore: new MemoryEventStore(), limits: { waitingPerStream: 1 } });
    const results = await Promise.allSettled([ledger.execute(ref, receive(1)), ledger.execute(ref, receive(1))]);
    expect(results[1]).toMatchObject({ status: 'rejected', reason: { code: 'sku_busy', ref } });
    expect((results[1] as PromiseRejectedResult).reason).toBeInstanceOf(LedgerBusy);
  });
});
