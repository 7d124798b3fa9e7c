import { graceMs, mayWait, tomorrow, ttlMs, waits } from '../../../test/back-orders.js';
import { move, place, receive, release } from '../../../test/commands.js';
import { adjusted, declared, expired, extended, moved, placed, promoted, received, released, type Units } from '../../../test/events.js';
import { fold, given } from '../../../test/given.js';
import { evening, hour, morning, noon } from '../../../test/times.js';
import { decideSku, type ReservationPlaced, type SkuEvent } from '../../index.js';

const until = tomorrow + graceMs;
const supply = [mayWait(), declared('po-1', 9), declared('po-2', 9, { locationId: 'HAM' })];
/** Holds units until noon and waits for more. */
const holdsAndWaits = (reservationId: string, units: Units, quantity: number): ReservationPlaced =>
  waits(reservationId, quantity, { takes: placed(reservationId, units).takes });
/** A receipt that is no delivery which was expected. */
const found = (locationId: string, quantity: number, at?: number) =>
  receive(locationId, quantity, { inboundReference: 'none', ...(at === undefined ? {} : { at }), messageId: 'found' });
const brought = (locationId: string, quantity: number): SkuEvent => received(locationId, quantity, { messageId: 'found' });

describe('units that become free at several locations', () => {
  const held = (units: Units): readonly SkuEvent[] => [
    ...Object.entries(units).map(([locationId, quantity]) => received(locationId, quantity)),
    placed('h', units),
    ...supply,
  ];

  it('serve from the fullest first, so that as few locations as can be serve one reservation', () => {
    const both = { BER: 2, HAM: 3 };
    given(...held(both), waits('r1', 4))
      .when(release('h'))
      .then(released('h', both), promoted('r1', { HAM: 3, BER: 1 }));
    given(...held(both), waits('r1', 3), waits('r2', 1))
      .when(release('h'))
      .then(released('h', both), promoted('r1', { HAM: 3 }), promoted('r2', { BER: 1 }));
    given(...held(both), waits('r1', 2), waits('r2', 2))
      .when(release('h'))
      .then(released('h', both), promoted('r1', { HAM: 2 }), promoted('r2', { BER: 2 }));
  });

  it('serve in the order of the names where two have as many', () => {
    for (const both of [
      { BER: 2, HAM: 2 },
      { HAM: 2, BER: 2 },
    ]) {
      given(...held(both), waits('r1', 3))
        .when(release('h'))
        .then(released('h', both), promoted('r1', { BER: 2, HAM: 1 }));
    }
  });

  it('serve from where something lies only', () => {
    given(...supply, waits('r1', 5))
      .when(found('BER', 3))
      .then(brought('BER', 3), promoted('r1', { BER: 3 }, { waitingUnits: 2, expiresAt: until }));
  });
});

describe('whoever has waited and was served in part', () => {
  it('is served once more in the same decision where that brings more', () => {
    const line = [received('BER', 1), received('HAM', 5), placed('h', { BER: 1 }), ...supply, waits('r1', 3, { locationIds: ['BER'] })];
    const first = [expired('h', { BER: 1 }), promoted('r1', { BER: 1 }, { waitingUnits: 2, expiresAt: until })];
    given(...line)
      .when({ ...move('HAM', 'BER', 1), at: noon })
      .then(...first, moved('HAM', 'BER', 1), promoted('r1', { BER: 1 }, { waitingUnits: 1, expiresAt: until }));
    given(...line)
      .when({ ...move('HAM', 'BER', 4), at: noon })
      .then(...first, moved('HAM', 'BER', 4), promoted('r1', { BER: 2 }, { expiresAt: noon + ttlMs }));
  });

  it('is never held for less than its time to live from then', () => {
    given(...supply, waits('r1', 3, { expiresAt: 11 * hour }))
      .when(found('BER', 1))
      .then(brought('BER', 1), promoted('r1', { BER: 1 }, { waitingUnits: 2 }));
  });
});

describe('whoever’s time is over when the turn comes', () => {
  it('gives what it held to whoever may be served from there', () => {
    given(received('HAM', 1), ...supply, waits('r0', 3, { locationIds: ['BER'] }), holdsAndWaits('r1', { HAM: 1 }, 2), waits('r2', 2))
      .when(found('MUC', 1, noon))
      .then(brought('MUC', 1), expired('r1', { HAM: 1 }), promoted('r2', { HAM: 1, MUC: 1 }, { expiresAt: noon + ttlMs }));
  });

  it('stays as it is while those before it have a use for all', () => {
    given(received('HAM', 1), ...supply, waits('r0', 2, { locationIds: ['BER'] }), holdsAndWaits('r1', { HAM: 1 }, 2))
      .when(found('BER', 2, noon))
      .then(brought('BER', 2), promoted('r0', { BER: 2 }, { expiresAt: noon + ttlMs }));
  });

  it('stays as it is while all that is free is owed', () => {
    const owing = [received('BER', 3), received('MUC', 1), placed('h', { BER: 3 }, { expiresAt: evening })];
    given(...owing, ...supply, holdsAndWaits('r1', { MUC: 1 }, 2), adjusted('BER', -3))
      .when(found('HAM', 2, noon))
      .then(brought('HAM', 2));
  });
});

describe('what is owed where somebody waits', () => {
  /** Berlin promised units to `h` until the evening and to the first in line until noon, and then lost some. */
  const lost = (units: number, h: number, first: Units): readonly SkuEvent[] => [
    received('BER', 3),
    placed('h', { BER: h }, { expiresAt: evening }),
    ...supply,
    holdsAndWaits('r1', first, 2),
    waits('r2', 4),
    adjusted('BER', -units),
  ];
  const rest = (units: number) => ({ waitingUnits: 4 - units, expiresAt: until });

  it('is less by what one gives back there whose time is over', () => {
    given(...lost(1, 1, { BER: 2 }))
      .when(found('HAM', 2, noon))
      .then(brought('HAM', 2), expired('r1', { BER: 2 }), promoted('r2', { HAM: 2, BER: 1 }, rest(3)));
    given(...lost(1, 2, { BER: 1 }))
      .when(found('HAM', 2, noon))
      .then(brought('HAM', 2), expired('r1', { BER: 1 }), promoted('r2', { HAM: 2 }, rest(2)));
    given(...lost(2, 2, { BER: 1 }))
      .when(found('HAM', 3, noon))
      .then(brought('HAM', 3), expired('r1', { BER: 1 }), promoted('r2', { HAM: 2 }, rest(2)));
  });

  it('leaves nothing to whoever may be served only from where the units are missing', () => {
    const onlyBer = waits('r3', 1, { locationIds: ['BER'] });
    given(...lost(1, 2, { BER: 1 }), onlyBer)
      .when(found('HAM', 6, noon))
      .then(brought('HAM', 6), expired('r1', { BER: 1 }), promoted('r2', { HAM: 4 }, { expiresAt: noon + ttlMs }));
  });

  it('is as much as before where that one held its units elsewhere', () => {
    given(received('MUC', 1), ...lost(2, 3, { MUC: 1 }))
      .when(found('HAM', 3, noon))
      .then(brought('HAM', 3), expired('r1', { MUC: 1 }), promoted('r2', { HAM: 2 }, rest(2)));
  });

  it('is less by what was declared to be overbooked', () => {
    const declaredUnits = mayWait(10, { overbookingUnits: 1 });
    given(received('BER', 3), placed('h', { BER: 3 }), declaredUnits, declared('po-1', 9), waits('r2', 4), adjusted('BER', -3))
      .when(found('HAM', 4))
      .then(brought('HAM', 4), promoted('r2', { HAM: 2 }, rest(2)));
  });
});

it('whoever comes while the line is served gets what nobody in it may have', () => {
  given(received('BER', 3), placed('h', { BER: 3 }), ...supply, waits('r1', 2, { locationIds: ['HAM'] }))
    .when(place('new', { quantity: 3, at: noon }))
    .then(expired('h', { BER: 3 }), placed('new', { BER: 3 }, { expiresAt: noon + ttlMs }));
});

describe('a reservation that holds a part and waits for the rest', () => {
  it('is held as long as its caller was told by an extension, however soon the rest comes', () =>
    given(received('BER', 1), ...supply, holdsAndWaits('r1', { BER: 1 }, 1), extended('r1', noon + 9 * hour))
      .when(found('BER', 1))
      .then(brought('BER', 1), promoted('r1', { BER: 1 }, { expiresAt: noon + 9 * hour })));
});

describe('a larger budget for overbooking', () => {
  it('serves the line with what was kept back for it', () => {
    const owed = fold([received('HAM', 1), adjusted('HAM', -2), ...supply, received('BER', 1, { messageId: 'm2' }), waits('r1', 1)]);
    const set = { type: 'SetLimits', at: morning, commandId: 'more', allocations: [], backorders: { units: 10, graceMs } } as const;
    const decided = (overbookingUnits: number) => decideSku(owed, { ...set, overbookingUnits });
    expect(decided(0)).toMatchObject({ events: [] });
    expect(decided(1)).toMatchObject({ events: [{ type: 'LimitsSet' }, { type: 'ReservationPromoted', reservationId: 'r1' }] });
  });
});
