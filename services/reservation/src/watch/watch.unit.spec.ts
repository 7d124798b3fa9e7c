import { MemoryEventStore, START, type Position, type SubscribeOptions } from '@holdfast/event-store';
import type { SkuCommand } from '@holdfast/inventory';
import { aroundStore } from '../../test/around-store.js';
import { Shop, TENANT } from '../../test/shop.js';
import type { CheckpointStore, Restored } from './checkpoint.js';
import { openHold, openOrder, type OpenWork, type OpenWorkChange } from './open-work.js';
import { Watch, type WatchOptions } from './watch.js';

/** Keeps what the table would keep. */
class MemoryCheckpoint implements CheckpointStore {
  readonly rows = new Map<string, OpenWork>();
  position: Position | undefined;
  written = 0;
  failing = false;

  load(): Promise<Restored | undefined> {
    const items = [...this.rows.values()].map((item) => (item.kind === 'hold' ? openHold(item) : openOrder(item)));
    return Promise.resolve(this.position === undefined ? undefined : { items, position: this.position });
  }

  save(changes: readonly OpenWorkChange[], position: Position): Promise<void> {
    if (this.failing) return Promise.reject(new Error('the database is away'));
    for (const { key, item } of changes) {
      if (item === undefined) this.rows.delete(key);
      else this.rows.set(key, structuredClone(item));
    }
    this.written += changes.length;
    this.position = position;
    return Promise.resolve();
  }
}

describe('the watch', () => {
  let shop: Shop;
  let checkpoint: MemoryCheckpoint;
  const watches: Watch[] = [];

  beforeEach(() => {
    shop = new Shop();
    checkpoint = new MemoryCheckpoint();
  });
  afterEach(async () => {
    await Promise.all(watches.splice(0).map((watch) => watch.stop()));
    await shop.stop();
  });

  const watching = async (options: Partial<WatchOptions> = {}): Promise<Watch> => {
    const watch = new Watch({
      eventStore: new MemoryEventStore({ log: shop.log }),
      checkpoint,
      clock: shop.time,
      timers: shop.time,
      act: () => Promise.resolve({ kind: 'ended' }),
      onFault: () => undefined,
      onSize: () => undefined,
      ...options,
    });
    watches.push(watch);
    await watch.start();
    await shop.time.settle();
    return watch;
  };

  const place = async (sku: string, ttlMs: number, reservationId = `rs_${shop.id()}`): Promise<string> => {
    const placement = { orderId: reservationId, quantity: 1, ttlMs, requestHash: 'hash', sources: [] };
    const at = shop.time.now();
    const { ledger } = shop.process();
    await ledger.execute({ tenant: TENANT, sku }, { type: 'PlaceReservation', at, commandId: shop.id(), reservationId, ...placement });
    return reservationId;
  };
  const release = async (sku: string, reservationId: string): Promise<void> => {
    const command = { type: 'ReleaseReservation', at: shop.time.now(), commandId: shop.id(), reservationId } as const;
    await shop.process().ledger.execute({ tenant: TENANT, sku }, command);
  };

  it('passes over an event that it cannot understand, says so, and goes on', async () => {
    const metadata = { tenant: TENANT, at: 0, commandId: 'c' };
    const event = { id: '00000000-0000-4000-8000-000000000001', type: 'ReservationPlaced.v1', data: null, metadata };
    await new MemoryEventStore({ log: shop.log }).append(`stock-${TENANT}.BROKEN`, -1, [event]);
    await shop.stock({ A: 1 });
    await place('A', 1_000);
    const faults: string[] = [];
    const watch = await watching({ onFault: (_error, doing) => faults.push(doing) });
    expect(watch.open.size).toBe(1);
    expect(faults).toEqual([expect.stringContaining(`ReservationPlaced.v1 at 0 of stock-${TENANT}.BROKEN`)]);
  });

  it('forgets what has ended, and never writes down what came and went between two writes', async () => {
    await shop.stock({ x: 1_000, y: 1_000 });
    const watch = await watching();
    for (let round = 0; round < 50; round += 1) {
      await release('x', await place('x', 60_000));
      const { ref } = await shop.process().orders.reserve(shop.order({ x: 1, y: 1 }));
      await shop.process().orders.commit({ ref, commandId: shop.id(), context: {} });
    }
    await shop.time.advance(10_000);
    expect(watch.open.size).toBe(0);
    expect(watch.open.heap.size).toBe(0);
    expect(checkpoint.written).toBe(0);
    expect(checkpoint.position).toBeDefined();
  });

  it('goes on after a restart from what was written down, without reading the log again', async () => {
    await shop.stock({ x: 10, y: 10 });
    const first = await watching();
    const stays = await place('x', 60_000);
    const ends = await place('x', 60_000);
    const { ref } = await shop.process().orders.reserve(shop.order({ x: 1, y: 1 }));
    await shop.time.advance(5_000);
    await first.stop();
    await release('x', ends);
    const started: SubscribeOptions[] = [];
    const store = aroundStore(new MemoryEventStore({ log: shop.log }), {
      subscribe(options: SubscribeOptions) {
        started.push(options);
        return new MemoryEventStore({ log: shop.log }).subscribe(options);
      },
    });

    const second = await watching({ eventStore: store });

    expect(started[0]?.after).toBe(checkpoint.position);
    expect(second.open.size).toBe(2);
    expect(second.open.hold(TENANT, stays)).toBeDefined();
    expect(second.open.hold(TENANT, ends)).toBeUndefined();
    expect(second.open.order(TENANT, ref.reservationId)?.openSkus).toEqual(new Set(['x', 'y']));
  });

  it('writes down later what could not be written down at once', async () => {
    await shop.stock({ x: 10 });
    await watching();
    checkpoint.failing = true;
    const kept = await place('x', 600_000);
    const gone = await place('x', 600_000);
    await shop.time.advance(5_000);
    expect(checkpoint.rows.size).toBe(0);
    checkpoint.failing = false;
    await release('x', gone);
    await shop.time.advance(5_000);
    expect([...checkpoint.rows.values()].map(({ reservationId }) => reservationId)).toEqual([kept]);
  });

  it('follows a reservation that waits: until its units must be there, then until its time to live is over', async () => {
    const watch = await watching();
    const run = async (command: Partial<SkuCommand>): Promise<void> => {
      const stamped = { at: shop.time.now(), commandId: shop.id(), ...command } as SkuCommand;
      expect((await shop.process().ledger.execute({ tenant: TENANT, sku: 'x' }, stamped)).kind).toBe('accepted');
      await shop.time.settle();
    };
    const expectedAt = shop.time.now() + 3_600_000;
    await run({ type: 'DescribeProduct', verified: true });
    await run({ type: 'SetLimits', allocations: [], backorders: { units: 9, graceMs: 1_000 } });
    await run({ type: 'DeclareInbound', reference: 'po-1', locationId: 'HAM', quantity: 5, expectedAt });
    const reservationId = `rs_${shop.id()}`;
    const asked = { reservationId, orderId: 'o', quantity: 2, ttlMs: 60_000, requestHash: 'hash', sources: [], backorder: true };
    await run({ type: 'PlaceReservation', ...asked });
    expect(watch.open.hold(TENANT, reservationId)?.dueAt).toBe(expectedAt + 1_000);

    const effectiveAt = shop.time.now();
    await run({ type: 'ReceiveStock', locationId: 'HAM', quantity: 1, effectiveAt, messageId: 'm1' });
    expect(watch.open.hold(TENANT, reservationId)?.dueAt).toBe(expectedAt + 1_000);
    await run({ type: 'ReceiveStock', locationId: 'HAM', quantity: 1, effectiveAt, messageId: 'm2' });
    expect(watch.open.hold(TENANT, reservationId)?.dueAt).toBe(shop.time.now() + 60_000);
    await run({ type: 'CommitReservation', reservationId });
    expect(watch.open.size).toBe(0);
  });

  it('does not believe a checkpoint of another log', async () => {
    await shop.stock({ x: 10 });
    await place('x', 60_000);
    checkpoint.position = 1_000_000n;
    checkpoint.rows.set('foreign', openHold({ tenant: TENANT, reservationId: 'rs_foreign', sku: 'x', expiresAt: 0 }));
    const watch = await watching();
    expect(watch.open.size).toBe(1);
    expect(watch.open.hold(TENANT, 'rs_foreign')).toBeUndefined();
  });

  it('acts on nothing while it catches up, as much of it has ended further on', async () => {
    for (let sku = 0; sku < 60; sku += 1) {
      await shop.stock({ [`x${sku}`]: 5 });
      for (let hold = 0; hold < 20; hold += 1) await release(`x${sku}`, await place(`x${sku}`, 10));
    }
    await shop.time.advance(60_000);
    const open = await place('x1', 10);
    await shop.time.advance(60_000);
    const acted: string[] = [];
    await watching({
      act: (item) => {
        acted.push(item.reservationId);
        return Promise.resolve({ kind: 'ended' });
      },
    });
    await shop.time.advance(10);
    expect(acted).toEqual([open]);
  });

  it('acts on each at its time, soon again after a fault, then less often, and at its new time where it lives longer', async () => {
    await shop.stock({ x: 10 });
    const acts: (readonly [id: string, after: number])[] = [];
    const begin = shop.time.now();
    let faults = 6;
    await watching({
      act: ({ reservationId }) => {
        acts.push([reservationId, shop.time.now() - begin]);
        if (reservationId === 'rs_b' && faults > 0) {
          faults -= 1;
          return Promise.reject(new Error('the store is away'));
        }
        return Promise.resolve(
          reservationId === 'rs_c' && shop.time.now() < begin + 9_000 ? { kind: 'open', dueAt: begin + 9_000 } : { kind: 'ended' },
        );
      },
    });
    await place('x', 1_000, 'rs_a');
    await place('x', 2_000, 'rs_b');
    await place('x', 3_000, 'rs_c');
    await shop.time.advance(20_000);
    expect(acts).toEqual([
      ['rs_a', 1_000],
      ['rs_b', 2_000],
      ['rs_b', 2_100],
      ['rs_b', 2_300],
      ['rs_b', 2_700],
      ['rs_c', 3_000],
      ['rs_b', 3_500],
      ['rs_b', 5_100],
      ['rs_b', 7_100],
      ['rs_c', 9_000],
    ]);
  });

  it('expires holds and orders that nobody competes for, to the millisecond when there is time', async () => {
    await shop.stock({ x: 10, y: 10 });
    await shop.process().watch();
    await place('x', 1_000);
    await shop.process().orders.reserve(shop.order({ x: 2, y: 3 }, { ttlMs: 1_500 }));
    await shop.time.advance(5_000);
    expect(await shop.units('x')).toEqual({ onHand: 10, reserved: 0 });
    expect(await shop.units('y')).toEqual({ onHand: 10, reserved: 0 });
    expect(await shop.phases()).toEqual(['expired']);
    expect(shop.lateMs).toEqual([0, 0]);
  });

  it('may run several times: what one has done the other finds done', async () => {
    await shop.stock({ x: 10, y: 10 });
    await Promise.all([shop.process().watch(), shop.process().watch(), shop.process().watch()]);
    await place('x', 1_000);
    await shop.process().orders.reserve(shop.order({ x: 2, y: 3 }, { ttlMs: 1_000 }));
    await shop.time.advance(5_000);
    expect(await shop.phases()).toEqual(['expired']);
    expect(await shop.violations('x')).toEqual([]);
    expect(await shop.units('x')).toEqual({ onHand: 10, reserved: 0 });
  });

  it('frees a hold that was placed for an order after its end', async () => {
    await shop.stock({ x: 10, y: 10 });
    const { ref } = await shop.process().orders.reserve(shop.order({ x: 2, ghost: 1 }));
    const watch = await shop.process().watch();
    await shop.time.advance(1_000);
    expect(watch.open.size).toBe(0);
    // By a process that was slow, and died right after.
    await place('y', 600_000, ref.reservationId);
    await shop.time.advance(5_000);
    expect(await shop.units('y')).toEqual({ onHand: 10, reserved: 0 });
    expect(watch.open.size).toBe(0);
  });

  for (const [when, beforeEndMs] of [
    ['long before its end', 40_000],
    ['right before its end', 1],
  ] as const) {
    it(`frees a hold that a repeat placed for a line which its order goes without, ${when}, and then the rest`, async () => {
      await shop.stock({ x: 10, y: 1 });
      const ttlMs = 60_000;
      const rival = await place('y', 600_000);
      const { ref, order } = await shop.process().orders.reserve(shop.order({ x: 2, y: 3 }, { ttlMs, partial: true }));
      expect(order.state.phase).toBe('held');
      const watch = await shop.process().watch();
      await release('y', rival);
      await shop.time.advance(ttlMs - beforeEndMs);
      // By a process that died right after.
      await place('y', ttlMs, ref.reservationId);
      await shop.time.advance(5_000);
      expect(await shop.units('y')).toEqual({ onHand: 1, reserved: 0 });
      expect(await shop.units('x')).toEqual({ onHand: 10, reserved: beforeEndMs > 5_000 ? 2 : 0 });
      await shop.time.advance(ttlMs);
      expect(await shop.phases()).toEqual(['expired']);
      expect(await shop.units('x')).toEqual({ onHand: 10, reserved: 0 });
      expect(watch.open.size).toBe(0);
    });
  }

  it('begins at the beginning where nothing was written down', async () => {
    const started: Position[] = [];
    const store = aroundStore(new MemoryEventStore({ log: shop.log }), {
      subscribe({ after }: SubscribeOptions) {
        started.push(after);
        return { stop: () => Promise.resolve() };
      },
    });
    await watching({ eventStore: store });
    expect(started).toEqual([START]);
  });
});
