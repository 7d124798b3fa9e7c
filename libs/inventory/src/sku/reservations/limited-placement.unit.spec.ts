import { place } from '../../../test/commands.js';
import { allocated, declared, described, limited, placed, received } from '../../../test/events.js';
import { given } from '../../../test/given.js';
import { hour, noon } from '../../../test/times.js';
import type { ReservationPlaced } from '../events.js';

const tomorrow = noon + 24 * hour;
const grace = 48 * hour;
const ttlMs = 2 * hour;
const web = { channelId: 'web' };
const waiting = limited({ backorders: { units: 10, graceMs: grace } });
const line = [described(), waiting, declared('po-1', 7)];
const toWait = { backorder: true };

/** Holds so many units of Berlin until noon and waits for the rest of what it asked for; holding nothing, it waits as long as that takes. */
const waits = (reservationId: string, units: number, held: number, fields: Partial<ReservationPlaced> = {}): ReservationPlaced => ({
  ...placed(reservationId, held > 0 ? { BER: held } : {}),
  expiresAt: held > 0 ? noon : tomorrow + grace,
  waiting: { quantity: units, expectedAt: tomorrow, ttlMs },
  requested: units + held,
  ...fields,
});

describe('of stock and a cap, the refusal names', () => {
  const stock = received('BER', 5);

  it('the cap, where at least as much lies there', () => {
    given(stock, allocated('web', { cap: 5 }))
      .when(place('r1', { ...web, quantity: 7 }))
      .thenRefused('channel_cap', { requested: 7, available: 5, channelId: 'web', cap: 5, open: 0, committed: 0 });
    given(stock, allocated('web', { cap: 4 }))
      .when(place('r1', { ...web, quantity: 5 }))
      .thenRefused('channel_cap', { requested: 5, available: 4, cap: 4 });
  });

  it('the stock, where less lies there', () => {
    given(stock, allocated('web', { cap: 6 }))
      .when(place('r1', { ...web, quantity: 7 }))
      .thenRefused('insufficient_stock', { requested: 7, available: 5, alternatives: [{ kind: 'smaller_quantity', quantity: 5 }] });
    given(stock, allocated('web', { cap: 6 }))
      .when(place('r1', { ...web, quantity: 6 }))
      .thenRefused('insufficient_stock', { requested: 6, available: 5 });
  });

  it('the budget, where less can be promised with what may be overbooked', () => {
    const more = limited({ overbookingUnits: 2 });
    given(stock, more, allocated('web', { cap: 7 }))
      .when(place('r1', { ...web, quantity: 9 }))
      .thenRefused('channel_cap', { requested: 9, available: 7, cap: 7 });
    given(stock, more, allocated('web', { cap: 8 }))
      .when(place('r1', { ...web, quantity: 9 }))
      .thenRefused('overbooking_exhausted', { requested: 9, available: 7, budget: 2, left: 2 });
  });

  it('nothing but that nothing lies there, where the SKU knows no location to overbook at', () =>
    given(stock, limited({ overbookingUnits: 2 }))
      .when(place('r1', { quantity: 1, locationId: 'HAM' }))
      .thenRefused('insufficient_stock', { available: 0, alternatives: [{ kind: 'other_location', locationId: 'BER', quantity: 1 }] }));

  it('no cap that lets through as much as was asked for', () => {
    for (const cap of [1, 3]) {
      given(described(), limited({ overbookingUnits: 3 }), allocated('web', { cap }))
        .when(place('r1', { ...web, quantity: 1 }))
        .thenRefused('insufficient_stock', { requested: 1, available: 0 });
    }
  });

  it('whichever of the two is less with what may be waited for, to those who ask to wait', () => {
    const come = [received('BER', 1), waiting, declared('po-1', 3)];
    given(...come, allocated('web', { cap: 4 }))
      .when(place('r1', { ...web, quantity: 6, ...toWait }))
      .thenRefused('channel_cap', { requested: 6, available: 4, cap: 4 });
    given(...come, allocated('web', { cap: 5 }))
      .when(place('r1', { ...web, quantity: 6, ...toWait }))
      .thenRefused('insufficient_stock', { requested: 6, available: 1, alternatives: [{ kind: 'smaller_quantity', quantity: 4 }] });
    given(...come, allocated('web', { cap: 4 }))
      .when(place('r1', { ...web, quantity: 6 }))
      .thenRefused('insufficient_stock', { requested: 6, available: 1, alternatives: [{ kind: 'smaller_quantity', quantity: 1 }] });
  });
});

describe('a partial reservation of a capped channel', () => {
  it('takes what lies there, overbooks what it may, and never passes the cap', () => {
    given(received('BER', 2), limited({ overbookingUnits: 5 }), allocated('web', { cap: 4 }))
      .when(place('r1', { ...web, quantity: 6, partial: true }))
      .then(placed('r1', { BER: 4 }, { ...web, overbookedUnits: 2, requested: 6 }));
    given(received('BER', 5), limited({ overbookingUnits: 5 }), allocated('web', { cap: 4 }))
      .when(place('r1', { ...web, quantity: 6, partial: true }))
      .then(placed('r1', { BER: 4 }, { ...web, requested: 6 }));
  });

  it('waits for no more than the cap leaves beside what it takes', () =>
    given(received('BER', 1), waiting, declared('po-1', 9), allocated('web', { cap: 3 }))
      .when(place('r1', { ...web, quantity: 5, partial: true, ...toWait }))
      .then(waits('r1', 2, 1, { ...web, requested: 5 })));

  it('gets nothing of a cap that is used up', () =>
    given(received('BER', 5), allocated('web', { cap: 2 }), placed('r1', { BER: 2 }, web))
      .when(place('r2', { ...web, partial: true }))
      .thenRefused('channel_cap', { available: 0 }));
});

describe('a floor', () => {
  it('is kept of what may be overbooked, too', () => {
    const kept = [received('BER', 3), limited({ overbookingUnits: 2 }), allocated('web', { floor: 4 })];
    given(...kept)
      .when(place('r1', { quantity: 1 }))
      .then(placed('r1', { BER: 1 }));
    given(...kept)
      .when(place('r1', { quantity: 2 }))
      .thenRefused('protected_for_channels', { requested: 2, available: 1, protectedUnits: 4, free: 5 });
  });

  it('is kept of what is to come: others wait for the rest, and hold nothing meanwhile', () => {
    const kept = [...line, allocated('web', { floor: 4 })];
    given(...kept)
      .when(place('r1', { quantity: 3, ...toWait }))
      .then(waits('r1', 3, 0));
    given(...kept)
      .when(place('r1', { quantity: 4, partial: true, ...toWait }))
      .then(waits('r1', 3, 0, { requested: 4 }));
    given(...kept)
      .when(place('r1', { quantity: 4, ...toWait }))
      .thenRefused('protected_for_channels', { requested: 4, available: 3, protectedUnits: 4, free: 7 });
  });

  it('is kept of what is to come alone: once somebody waits, nothing is overbooked any more', () => {
    const both = limited({ overbookingUnits: 2, backorders: { units: 10, graceMs: grace } });
    const kept = [described(), both, declared('po-1', 5), allocated('web', { floor: 4 })];
    given(...kept)
      .when(place('r1', { quantity: 3, ...toWait }))
      .thenRefused('protected_for_channels', { requested: 3, available: 1, protectedUnits: 4, free: 5 });
    given(...kept)
      .when(place('r1', { quantity: 1, ...toWait }))
      .then(waits('r1', 1, 0));
    given(...kept, waits('r1', 1, 0))
      .when(place('r2', { quantity: 4, ...web, ...toWait }))
      .then(waits('r2', 4, 0, web));
  });

  it('is kept from those who would wait for what it leaves, as long as any of it lies there', () =>
    given(...line, received('BER', 5), allocated('web', { floor: 4 }))
      .when(place('r1', { quantity: 2, partial: true, ...toWait }))
      .then(placed('r1', { BER: 1 }, { requested: 2 })));
});

describe('a reservation that may wait', () => {
  it('takes what lies there first, then what may be overbooked, and waits for the rest', () => {
    const generous = limited({ overbookingUnits: 2, backorders: { units: 10, graceMs: grace } });
    given(received('BER', 1), generous, declared('po-1', 7))
      .when(place('r1', { quantity: 5, ...toWait }))
      .then(waits('r1', 2, 3, { overbookedUnits: 2 }));
  });

  it('does not wait for anything where nothing is missing', () =>
    given(...line, received('BER', 3))
      .when(place('r1', { quantity: 3, ...toWait }))
      .then(placed('r1', { BER: 3 })));

  it('waits for exactly all that is to come', () => {
    given(...line)
      .when(place('r1', { quantity: 7, ...toWait }))
      .then(waits('r1', 7, 0));
    given(...line)
      .when(place('r1', { quantity: 8, ...toWait }))
      .thenRefused('insufficient_stock', { requested: 8, available: 0, alternatives: [{ kind: 'smaller_quantity', quantity: 7 }] });
  });
});
