import { LedgerBusy, type SkuLedger } from '@holdfast/ledger';
import { Shop } from '../../../test/shop.js';

describe('an order that meets a SKU whose queue is full', () => {
  const turningAway =
    (sku: string, times: number) =>
    (ledger: SkuLedger): SkuLedger => {
      let left = times;
      return {
        read: (ref) => ledger.read(ref),
        drain: () => ledger.drain(),
        execute(ref, command, context) {
          if (ref.sku !== sku || left === 0) return ledger.execute(ref, command, context);
          left -= 1;
          return Promise.reject(new LedgerBusy(ref, 250));
        },
      };
    };

  it('holds nothing, and is served when it comes again', async () => {
    const shop = new Shop();
    await shop.stock({ x: 5, y: 5 });
    const { orders } = shop.process(undefined, turningAway('y', 1));
    const request = shop.order({ x: 2, y: 3 });

    await expect(orders.reserve(request)).rejects.toMatchObject({ code: 'sku_busy', retryAfterMs: 250 });
    expect(await shop.units('x')).toEqual({ onHand: 5, reserved: 0 });
    expect(await shop.phases()).toEqual(['refused']);

    const { order } = await orders.reserve(request);
    expect(order.state.phase).toBe('held');
    expect(await shop.units('x')).toEqual({ onHand: 5, reserved: 2 });
  });

  it('is refused all the same where another line is short in earnest', async () => {
    const shop = new Shop();
    await shop.stock({ x: 1, y: 5 });
    const { orders } = shop.process(undefined, turningAway('y', 1));
    const request = shop.order({ x: 2, y: 3 });
    const { order } = await orders.reserve(request).catch(() => orders.reserve(request));
    expect(order.state.short).toMatchObject([{ sku: 'x', requested: 2, available: 1 }]);
  });
});
