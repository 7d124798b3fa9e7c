import { STREAMS } from '@holdfast/contracts';
import { stockStream } from '@holdfast/ledger';
import { Shop, TENANT } from '../../test/shop.js';

const UNITS = { x: 2, y: 3 };
const HOUR_MS = 3_600_000;

/** The times of sale that the SKUs stored with the commits of the order. */
const soldTimes = (shop: Shop): Promise<readonly (number | undefined)[]> =>
  Promise.all(
    Object.keys(UNITS).map(async (sku) => {
      const events = await shop.process().store.readStream(stockStream({ tenant: TENANT, sku }));
      const committed = events.map((event) => STREAMS.stock.decode(event)).find(({ type }) => type === 'ReservationCommitted');
      return committed?.type === 'ReservationCommitted' ? committed.soldAt : undefined;
    }),
  );

describe('an order of several SKUs that says when it was sold', () => {
  it('is committed with the time that its reservation says', async () => {
    const shop = new Shop();
    await shop.stock({ x: 5, y: 5 });
    const soldAt = shop.time.now() - HOUR_MS;
    const { orders } = shop.process();
    const { ref } = await orders.reserve(shop.order(UNITS, { soldAt }));
    await orders.commit({ ref, commandId: shop.id(), context: {} });
    expect(await soldTimes(shop)).toEqual([soldAt, soldAt]);
  });

  it('is committed with the time of its commit, also where another process carries that out', async () => {
    const shop = new Shop();
    await shop.stock({ x: 5, y: 5 });
    const soldAt = shop.time.now() - HOUR_MS;
    const { ref } = await shop.process().orders.reserve(shop.order(UNITS, { soldAt: soldAt - HOUR_MS }));
    const dying = shop.process({ atAppend: 1, stored: true });
    await expect(dying.orders.commit({ ref, commandId: shop.id(), context: {} }, { soldAt })).rejects.toThrow();
    expect(await soldTimes(shop)).toEqual([undefined, undefined]);
    const { state } = await shop.process().orders.advance(ref);
    expect(state.phase).toBe('committed');
    expect(await soldTimes(shop)).toEqual([soldAt, soldAt]);
  });
});
