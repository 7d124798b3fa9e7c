import { graceMs, mayWait, waits } from '../../../test/back-orders.js';
import { place } from '../../../test/commands.js';
import { declared, described, limited, received } from '../../../test/events.js';
import { fold, given } from '../../../test/given.js';
import { decideSku, skuLimits, type PlaceReservation } from '../../index.js';

const backordered = (quantity: number, fields: Partial<PlaceReservation> = {}): PlaceReservation =>
  place('r1', { quantity, backorder: true, ...fields });

describe('who may wait', () => {
  it('is nobody where no delivery was ever announced', () =>
    given(described(), mayWait()).when(backordered(1)).thenRefused('insufficient_stock', { available: 0, alternatives: [] }));

  it('is nobody where the SKU has limits and lets nobody wait', () =>
    given(described(), limited(), declared('po-1', 5))
      .when(backordered(1))
      .thenRefused('insufficient_stock', { available: 0, alternatives: [] }));

  it('is only who comes through a channel that the SKU names', () => {
    const forSome = limited({ backorders: { units: 10, graceMs, channels: ['web', 'app'] } });
    given(described(), forSome, declared('po-1', 5))
      .when(backordered(2, { channelId: 'app' }))
      .then(waits('r1', 2, { channelId: 'app' }));
    given(described(), forSome, declared('po-1', 5))
      .when(backordered(2, { channelId: 'shop' }))
      .thenRefused('insufficient_stock', { available: 0, alternatives: [] });
  });

  it('is nobody new where more wait than the SKU lets wait by now', () => {
    const past = [described(), mayWait(), declared('po-1', 9, { locationId: 'HAM' }), waits('r0', 3, { locationIds: ['HAM'] })];
    given(...past, received('BER', 2), mayWait(2))
      .when(backordered(3))
      .thenRefused('insufficient_stock', { available: 2, alternatives: [{ kind: 'smaller_quantity', quantity: 2 }] });
    given(...past, received('BER', 2), mayWait(4))
      .when(backordered(3))
      .then(waits('r1', 1, { takes: [{ locationId: 'BER', quantity: 2, because: 'priority 100' }] }));
  });
});

describe('where somebody waits for units', () => {
  it('is the location that was asked for, also while the SKU lies nowhere else', () =>
    given(described(), mayWait(), declared('po-1', 5))
      .when(backordered(2, { locationId: 'BER' }))
      .then(waits('r1', 2, { locationIds: ['BER'] })));

  const noShops: Partial<PlaceReservation> = {
    sources: [{ locationId: 'SHOP', priority: 1, kind: 'store' }],
    sourceRule: { name: 'ship-from-store', options: { stores: 'excluded' } },
  };

  it('is where the rule of the channel lets it be served from', () => {
    const past = [described(), mayWait(), declared('po-1', 2), declared('po-2', 5, { locationId: 'SHOP' })];
    given(...past)
      .when(backordered(2, noShops))
      .then(waits('r1', 2, { locationIds: ['BER'] }));
    given(...past)
      .when(backordered(3, noShops))
      .thenRefused('insufficient_stock', { available: 0, alternatives: [{ kind: 'smaller_quantity', quantity: 2 }] });
    given(...past)
      .when(backordered(7))
      .then(waits('r1', 7));
  });

  it('is the first hundred locations by the rule where more may serve it', () => {
    const most = skuLimits.MOST_LOCATIONS_TO_WAIT_FOR;
    const locationIds = Array.from({ length: most + 1 }, (_, index) => `L${String(most + index)}`);
    const deliveries = [...locationIds, 'SHOP'].map((locationId) => declared(`po ${locationId}`, 1, { locationId }));
    const state = fold([mayWait(2 * most), ...deliveries]);
    expect(decideSku(state, backordered(most, noShops))).toStrictEqual({
      kind: 'accepted',
      events: [waits('r1', most, { locationIds: locationIds.slice(0, most) })],
    });
    expect(decideSku(state, backordered(most + 1, noShops))).toMatchObject({
      code: 'insufficient_stock',
      details: { alternatives: [{ kind: 'smaller_quantity', quantity: most }] },
    });
  });
});
