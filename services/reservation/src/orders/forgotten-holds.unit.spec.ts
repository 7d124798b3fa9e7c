import { openSkuLedger } from '@holdfast/ledger';
import { Shop, TENANT, type Process } from '../../test/shop.js';
import type { OrderWish } from './environment.js';

const TTL_MS = 600_000;
const MINUTES = 60_000;

describe('an order whose commit was cut off, on a SKU that has forgotten it since', () => {
  let shop: Shop;
  let reservationId: string;
  const wish = (): OrderWish => ({ ref: { tenant: TENANT, reservationId }, commandId: shop.id(), context: {} });

  /** So many others buy that neither the SKU nor its journal knows what was sold before. */
  async function rush({ store }: Process, sku: string): Promise<void> {
    const ledger = await openSkuLedger({ eventStore: store });
    const ref = { tenant: TENANT, sku };
    const at = shop.time.now();
    const receipt = { locationId: 'MAIN', quantity: 1_100, effectiveAt: at, messageId: 'for the rush' };
    await ledger.execute(ref, { type: 'ReceiveStock', at, commandId: shop.id(), ...receipt });
    const others = Array.from({ length: 1_100 }, () => shop.id());
    const placement = { quantity: 1, ttlMs: 1_000, requestHash: 'hash', sources: [] };
    const buy = (id: string) => [
      ledger.execute(ref, { type: 'PlaceReservation', at, commandId: shop.id(), reservationId: id, orderId: id, ...placement }),
      ledger.execute(ref, { type: 'CommitReservation', at, commandId: shop.id(), reservationId: id }),
    ];
    // In the order in which they are asked, in few appends.
    await Promise.all(others.slice(0, 550).flatMap(buy));
    await Promise.all(others.slice(550).flatMap(buy));
  }

  /** So many others reserve and let go that the SKU forgets whatever ended before. */
  async function bustle({ ledger }: Process, sku: string): Promise<void> {
    for (let other = 0; other < 140; other += 1) {
      const id = shop.id();
      const at = shop.time.now();
      const placement = { orderId: id, quantity: 1, ttlMs: 1_000, requestHash: id, sources: [] };
      const ref = { tenant: TENANT, sku };
      await ledger.execute(ref, { type: 'PlaceReservation', at, commandId: shop.id(), reservationId: id, ...placement });
      await ledger.execute(ref, { type: 'ReleaseReservation', at, commandId: shop.id(), reservationId: id });
    }
  }

  async function rivalTakesAll(sku: string): Promise<void> {
    const { ledger } = shop.process();
    const rival = { reservationId: 'rival', orderId: 'rival', quantity: 5, ttlMs: TTL_MS, requestHash: 'rival', sources: [] };
    await ledger.execute({ tenant: TENANT, sku }, { type: 'PlaceReservation', at: shop.time.now(), commandId: shop.id(), ...rival });
  }

  beforeEach(async () => {
    shop = new Shop();
    await shop.stock({ x: 5, y: 5 });
    const { ref } = await shop.process().orders.reserve(shop.order({ x: 2, y: 3 }, { ttlMs: TTL_MS }));
    reservationId = ref.reservationId;
    // Dies when one SKU has committed its part and the other has not.
    const failing = shop.process({ atAppend: 3, stored: false });
    await expect(failing.orders.commit(wish())).rejects.toMatchObject({ code: 'event_store_unavailable' });
    expect(await shop.units('x')).toEqual({ onHand: 3, reserved: 0 });
    expect(await shop.units('y')).toEqual({ onHand: 5, reserved: 3 });
    await shop.time.advance(3 * MINUTES);
    await bustle(shop.process(), 'x');
    await shop.time.advance(3 * MINUTES);
    await bustle(shop.process(), 'x');
    const { reservations, ended } = await shop.state('x');
    expect(reservations.has(reservationId) || ended.has(reservationId)).toBe(false);
  });

  it('is completed with what the SKU’s stream says', async () => {
    const step = await shop.process().orders.commit(wish());
    expect(step.order.state.phase).toBe('committed');
    expect(step.order.state.lines.map(({ committedUnits }) => committedUnits)).toEqual([2, 3]);
    expect(await shop.units('x')).toEqual({ onHand: 3, reserved: 0 });
    expect(await shop.units('y')).toEqual({ onHand: 2, reserved: 0 });
  });

  it('is undone there too where another SKU’s hold is gone, once however often it is tried', async () => {
    await shop.time.advance(TTL_MS);
    await rivalTakesAll('y');

    const steps = await Promise.all([shop.process().orders.commit(wish()), shop.process().orders.commit(wish())]);

    for (const step of steps) expect(step).toMatchObject({ kind: 'refused', code: 'reservation_expired' });
    expect(await shop.units('x')).toEqual({ onHand: 5, reserved: 0 });
    expect(await shop.units('y')).toEqual({ onHand: 5, reserved: 5 });
    expect(await shop.violations('x')).toEqual([]);
  });

  it('is undone there too after a rush of others, from what the stream says', async () => {
    await rush(shop.process(), 'x');
    await shop.time.advance(TTL_MS);
    await rivalTakesAll('y');

    expect(await shop.process().orders.commit(wish())).toMatchObject({ kind: 'refused', code: 'reservation_expired' });
    expect(await shop.units('x')).toEqual({ onHand: 5, reserved: 0 });
    expect(await shop.units('y')).toEqual({ onHand: 5, reserved: 5 });
    expect(await shop.violations('x')).toEqual([]);
  });
});
