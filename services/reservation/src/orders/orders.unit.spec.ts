import type { OrderWish } from './environment.js';
import { Shop, TENANT } from '../../test/shop.js';

const smaller = (quantity: number) => [{ kind: 'smaller_quantity', quantity }];

describe('an order of several SKUs', () => {
  let shop: Shop;
  const wish = (reservationId: string): OrderWish => ({ ref: { tenant: TENANT, reservationId }, commandId: shop.id(), context: {} });

  beforeEach(() => {
    shop = new Shop();
  });
  afterEach(() => shop.stop());

  const held = async (units: Readonly<Record<string, number>>, ttlMs = 60_000): Promise<string> => {
    const { ref, order } = await shop.process().orders.reserve(shop.order(units, { ttlMs }));
    expect(order.state.phase).toBe('held');
    return ref.reservationId;
  };

  it('holds every line', async () => {
    await shop.stock({ x: 5, y: 5 });
    await held({ x: 2, y: 3 });
    expect(await shop.units('x')).toEqual({ onHand: 5, reserved: 2 });
    expect(await shop.units('y')).toEqual({ onHand: 5, reserved: 3 });
  });

  it('holds nothing where one line is short, and says of each short line what there is and where', async () => {
    await shop.stock({ x: 5, y: 1, z: 0 + 2 });
    const { order } = await shop.process().orders.reserve(shop.order({ x: 2, y: 3, z: 4 }));
    expect(order.state.phase).toBe('refused');
    expect(order.state.short).toEqual([
      { sku: 'y', requested: 3, available: 1, byLocation: [{ locationId: 'MAIN', available: 1 }], alternatives: smaller(1) },
      { sku: 'z', requested: 4, available: 2, byLocation: [{ locationId: 'MAIN', available: 2 }], alternatives: smaller(2) },
    ]);
    expect(await shop.units('x')).toEqual({ onHand: 5, reserved: 0 });
  });

  it('lets a part go and holds the rest, once however often it is asked', async () => {
    await shop.stock({ x: 5, y: 5 });
    const reservationId = await held({ x: 4, y: 3 });
    const asked = wish(reservationId);
    const part = [{ sku: 'x', quantity: 3 }];
    expect(await shop.process().orders.release(asked, part)).toMatchObject({ kind: 'accepted', order: { state: { phase: 'held' } } });
    expect(await shop.process().orders.release(asked, part)).toMatchObject({ kind: 'accepted', order: { state: { phase: 'held' } } });
    expect(await shop.units('x')).toEqual({ onHand: 5, reserved: 1 });
    expect(await shop.units('y')).toEqual({ onHand: 5, reserved: 3 });
    const { order } = await shop.process().orders.commit(wish(reservationId));
    expect(order.state).toMatchObject({ phase: 'committed', lines: [{ committedUnits: 1, releasedUnits: 3 }, { committedUnits: 3 }] });
    expect(await shop.units('x')).toEqual({ onHand: 4, reserved: 0 });
  });

  it('lets a part go also where the process dies on the way', async () => {
    await shop.stock({ x: 5, y: 5 });
    const reservationId = await held({ x: 4, y: 3 });
    const asked = wish(reservationId);
    const parts = [
      { sku: 'x', quantity: 3 },
      { sku: 'y', quantity: 3 },
    ];
    for (const atAppend of [2, 3]) {
      await expect(shop.process({ atAppend, stored: atAppend === 3 }).orders.release(asked, parts)).rejects.toThrow();
    }
    expect((await shop.process().orders.advance(asked.ref)).state).toMatchObject({ phase: 'held' });
    expect(await shop.units('x')).toEqual({ onHand: 5, reserved: 1 });
    expect(await shop.units('y')).toEqual({ onHand: 5, reserved: 0 });
    for (const sku of ['x', 'y']) expect(await shop.violations(sku)).toEqual([]);
  });

  it('names the SKU that nobody knows', async () => {
    await shop.stock({ x: 5 });
    const { order } = await shop.process().orders.reserve(shop.order({ x: 2, ghost: 1 }));
    expect(order.state.short).toEqual([{ sku: 'ghost', requested: 1, available: 0, code: 'unknown_sku' }]);
    expect(await shop.units('x')).toEqual({ onHand: 5, reserved: 0 });
  });

  it('holds what there is where the caller is content with a part', async () => {
    await shop.stock({ x: 5, y: 1, z: 1 });
    await held({ z: 1 }).catch(() => undefined);
    const { order } = await shop.process().orders.reserve(shop.order({ x: 2, y: 3, z: 1 }, { partial: true }));
    expect(order.state.phase).toBe('held');
    expect(order.state.lines.map(({ sku, heldUnits }) => [sku, heldUnits])).toEqual([
      ['x', 2],
      ['y', 1],
      ['z', 0],
    ]);
  });

  it('refuses even a part where there is nothing at all', async () => {
    await shop.stock({ x: 1, y: 1 });
    await held({ x: 1, y: 1 });
    const { order } = await shop.time.during(shop.process().orders.reserve(shop.order({ x: 2, y: 3 }, { partial: true })));
    expect(order.state.phase).toBe('refused');
  });

  it('answers a repeat as the first time', async () => {
    await shop.stock({ x: 5, y: 5 });
    const request = shop.order({ x: 2, y: 3 });
    const [first, second] = await shop.time.during(
      Promise.all([shop.process().orders.reserve(request), shop.process().orders.reserve(request)]),
    );
    expect(second.ref).toEqual(first.ref);
    expect(second.order.state.lines).toEqual(first.order.state.lines);
    expect(await shop.units('x')).toEqual({ onHand: 5, reserved: 2 });
  });

  it('whose commit would take held units stays held, and nothing of it is sold', async () => {
    await shop.stock({ x: 5, y: 5 });
    const id = await held({ x: 2, y: 3 });
    const { orders, ledger } = shop.process();
    const recall = { at: shop.time.now(), commandId: 'recall', holdId: 'h1', holdType: 'recall', locationId: 'MAIN', quantity: 4 } as const;
    await ledger.execute({ tenant: TENANT, sku: 'y' }, { type: 'PlaceHold', ...recall });
    expect(await orders.commit(wish(id))).toMatchObject({
      kind: 'refused',
      code: 'stock_held',
      details: { sku: 'y', requested: 3, sellable: 1, held: 4 },
      order: { state: { phase: 'held' } },
    });
    expect(await shop.units('x')).toEqual({ onHand: 5, reserved: 2 });
    expect(await shop.units('y')).toEqual({ onHand: 5, reserved: 3 });
    const part = [
      { sku: 'x', quantity: 2 },
      { sku: 'y', quantity: 1 },
    ];
    expect(await orders.commit(wish(id), { lines: part })).toMatchObject({ kind: 'accepted', order: { state: { phase: 'held' } } });
    const release = { at: shop.time.now(), commandId: 'release', holdId: 'h1', disposition: 'to_stock' } as const;
    await ledger.execute({ tenant: TENANT, sku: 'y' }, { type: 'ReleaseHold', ...release });
    expect(await orders.commit(wish(id))).toMatchObject({ order: { state: { phase: 'committed' } } });
  });

  it('commits all lines, and answers a repeat', async () => {
    await shop.stock({ x: 5, y: 5 });
    const id = await held({ x: 2, y: 3 });
    const { orders } = shop.process();
    expect((await orders.commit(wish(id))).order.state.phase).toBe('committed');
    expect((await orders.commit(wish(id))).kind).toBe('accepted');
    expect(await shop.units('x')).toEqual({ onHand: 3, reserved: 0 });
    expect(await shop.units('y')).toEqual({ onHand: 2, reserved: 0 });
  });

  it('commits a part and keeps the rest held', async () => {
    await shop.stock({ x: 5, y: 5 });
    const id = await held({ x: 2, y: 3 });
    const { orders } = shop.process();
    const part = await orders.commit(wish(id), { lines: [{ sku: 'y', quantity: 1 }] });
    expect(part.order.state.phase).toBe('held');
    expect(await shop.units('y')).toEqual({ onHand: 4, reserved: 2 });
    expect(await orders.commit(wish(id), { lines: [{ sku: 'y', quantity: 3 }] })).toMatchObject({
      kind: 'refused',
      code: 'quantity_exceeds_open',
    });
    expect((await orders.commit(wish(id))).order.state.phase).toBe('committed');
    expect(await shop.units('x')).toEqual({ onHand: 3, reserved: 0 });
    expect(await shop.units('y')).toEqual({ onHand: 2, reserved: 0 });
  });

  it('releases once, and names the state that stands against anything else', async () => {
    await shop.stock({ x: 5, y: 5 });
    const id = await held({ x: 2, y: 3 });
    const { orders } = shop.process();
    expect((await orders.release(wish(id))).order.state.phase).toBe('released');
    expect((await orders.release(wish(id))).kind).toBe('accepted');
    expect(await orders.commit(wish(id))).toMatchObject({ kind: 'refused', code: 'reservation_released' });
    expect(await orders.extend(wish(id), 1_000)).toMatchObject({ kind: 'refused', code: 'reservation_released' });
    expect(await shop.units('x')).toEqual({ onHand: 5, reserved: 0 });
  });

  it('is released by whoever finds that it was decided on, also after its time', async () => {
    await shop.stock({ x: 5, y: 5 });
    const id = await held({ x: 2, y: 3 }, 10_000);
    const failing = shop.process({ atAppend: 1, stored: true });
    await expect(failing.orders.release(wish(id))).rejects.toMatchObject({ code: 'event_store_unavailable' });
    await shop.time.advance(60_000);
    expect((await shop.process().orders.release(wish(id))).order.state.phase).toBe('released');
    expect(await shop.units('x')).toEqual({ onHand: 5, reserved: 0 });
  });

  it('lives longer once extended', async () => {
    await shop.stock({ x: 5, y: 5 });
    const id = await held({ x: 2, y: 3 }, 10_000);
    const { orders } = shop.process();
    await shop.time.advance(5_000);
    expect(await orders.extend(wish(id), 20_000)).toMatchObject({ kind: 'accepted' });
    await shop.time.advance(15_000);
    expect((await orders.commit(wish(id))).kind).toBe('accepted');
  });

  it('lives no longer by an extension that comes again later, whether or not its first try was cut off', async () => {
    for (const atAppend of [2, 3, undefined]) {
      const fresh = new Shop();
      await fresh.stock({ x: 5, y: 5 });
      const { ref } = await fresh.process().orders.reserve(fresh.order({ x: 2, y: 3 }, { ttlMs: 10_000 }));
      const extension: OrderWish = { ref, commandId: fresh.id(), context: {} };
      const failing = fresh.process(atAppend === undefined ? undefined : { atAppend, stored: true });
      await fresh.time.advance(5_000);
      const extendedAt = fresh.time.now();
      await failing.orders.extend(extension, 20_000).catch(() => undefined);
      await fresh.time.advance(4_000);
      const again = await fresh.process().orders.extend(extension, 20_000);
      expect(again).toMatchObject({ kind: 'accepted', order: { state: { phase: 'held', expiresAt: extendedAt + 20_000 } } });
      await fresh.stop();
    }
  });

  it('is neither committed nor released after its time, even where nobody has ended it', async () => {
    await shop.stock({ x: 5, y: 5 });
    const id = await held({ x: 2, y: 3 }, 10_000);
    await shop.time.advance(10_000);
    const { orders } = shop.process();
    expect(await orders.commit(wish(id))).toMatchObject({ kind: 'refused', code: 'reservation_expired' });
    expect(await orders.release(wish(id))).toMatchObject({ kind: 'refused', code: 'reservation_expired' });
  });

  it('is committed by whoever finds that it was decided on in time, however late, where nobody needed the units', async () => {
    await shop.stock({ x: 5, y: 3 });
    const id = await held({ x: 2, y: 3 }, 10_000);
    const slow = shop.process({ atAppend: 1, stored: true });
    await expect(slow.orders.commit(wish(id))).rejects.toMatchObject({ code: 'event_store_unavailable' });
    await shop.time.advance(60_000);
    expect(await shop.process().orders.commit(wish(id))).toMatchObject({ kind: 'accepted' });
    expect(await shop.units('y')).toEqual({ onHand: 0, reserved: 0 });
  });

  it('expires as a whole where a competitor took a line while it was being committed', async () => {
    await shop.stock({ x: 5, y: 3 });
    const id = await held({ x: 2, y: 3 }, 10_000);
    // The decision to commit comes in time, but its carrying out is held up until the time is over and a competitor has come.
    const slow = shop.process({ atAppend: 1, stored: true });
    await expect(slow.orders.commit(wish(id))).rejects.toMatchObject({ code: 'event_store_unavailable' });
    await shop.time.advance(10_000);
    const { ledger, orders } = shop.process();
    const rival = { reservationId: 'rival', orderId: 'rival', quantity: 3, ttlMs: 1_000, requestHash: 'rival', sources: [] };
    const placed = await ledger.execute(
      { tenant: TENANT, sku: 'y' },
      { type: 'PlaceReservation', at: shop.time.now(), commandId: shop.id(), ...rival },
    );
    expect(placed.kind).toBe('accepted');

    const repeated = await orders.commit(wish(id));

    expect(repeated).toMatchObject({ kind: 'refused', code: 'reservation_expired' });
    expect((await orders.find({ tenant: TENANT, reservationId: id })).state.phase).toBe('expired');
    expect(await shop.units('x')).toEqual({ onHand: 5, reserved: 0 });
    expect(await shop.units('y')).toEqual({ onHand: 3, reserved: 3 });
    expect(await shop.violations('x')).toEqual([]);
  });
});
