import { day, graceMs, mayWait, tomorrow, ttlMs, waits } from '../../../test/back-orders.js';
import { expire, place, receive } from '../../../test/commands.js';
import { declared, described, expired, limited, placed, promoted, received, waitsOn } from '../../../test/events.js';
import { fold, given } from '../../../test/given.js';
import { hour, noon } from '../../../test/times.js';
import { outlookOf, type SkuEvent } from '../../index.js';

const ten = 10 * hour;
const later = tomorrow + day;
const known = [described(), mayWait()];
const onlyHam = { locationIds: ['HAM'] };

describe('the date that somebody who waits is told', () => {
  const outlook = (reservationId: string, ...past: readonly SkuEvent[]) => outlookOf(fold([...known, ...past]), reservationId, ten);

  it('is none for who waits for nothing', () => {
    expect(outlook('r1', received('BER', 1), placed('r1', { BER: 1 }))).toBeUndefined();
    expect(outlook('r1', received('BER', 1), placed('r1', { BER: 1 }), declared('po-1', 2))).toBeUndefined();
  });

  it('is none where too little is to come', () => {
    expect(outlook('r1', declared('po-1', 2), waits('r1', 3))).toEqual({ units: 3 });
    expect(outlook('r2', declared('po-1', 4), waits('r1', 3), waits('r2', 2))).toEqual({ units: 2 });
  });

  it('is that of the first deliveries that those before it leave', () => {
    const two = [declared('po-2', 2, { expectedAt: later }), declared('po-1', 2)];
    expect(outlook('r1', ...two, waits('r1', 2), waits('r2', 2))).toEqual({ units: 2, expectedAt: tomorrow });
    expect(outlook('r2', ...two, waits('r1', 2), waits('r2', 2))).toEqual({ units: 2, expectedAt: later });
    expect(outlook('r2', ...two, waits('r1', 1), waits('r2', 1))).toEqual({ units: 1, expectedAt: tomorrow });
  });

  it('is that of what its locations get', () => {
    const two = [declared('po-1', 2), declared('po-2', 2, { locationId: 'HAM', expectedAt: later })];
    expect(outlook('r1', ...two, waits('r1', 2, onlyHam))).toEqual({ units: 2, expectedAt: later });
    expect(outlook('r2', ...two, waits('r1', 2, onlyHam), waits('r2', 2))).toEqual({ units: 2, expectedAt: tomorrow });
    expect(outlook('r2', ...two, waits('r1', 2, { locationIds: ['BER'] }), waits('r2', 1))).toEqual({ units: 1, expectedAt: later });
    expect(outlook('r2', ...two, waits('r1', 1), waits('r2', 2, onlyHam))).toEqual({ units: 2, expectedAt: later });
  });

  it('does not count what has come, even of a delivery that brings less than it has brought already', () => {
    const brought = (quantity: number) => received('BER', quantity, { inbound: [{ reference: 'po-1', quantity }] });
    expect(outlook('r1', declared('po-1', 5), brought(4), waits('r1', 1))).toEqual({ units: 1, expectedAt: tomorrow });
    expect(outlook('r1', declared('po-1', 5), brought(4), waits('r1', 2))).toEqual({ units: 2 });
    const less = [declared('po-1', 5), brought(4), declared('po-1', 3), declared('po-2', 2, { expectedAt: later })];
    expect(outlook('r1', ...less, waits('r1', 2))).toEqual({ units: 2, expectedAt: later });
    expect(outlook('r1', ...less, waits('r1', 3))).toEqual({ units: 3 });
  });
});

describe('a delivery that is late', () => {
  const nobodyNew = [described(), mayWait(), declared('po-1', 5), waits('r1', 2), limited()];

  it('counts as coming for a week where the SKU lets nobody wait any more', () => {
    const state = fold(nobodyNew);
    expect(outlookOf(state, 'r1', tomorrow + 7 * day - 1)).toEqual({ units: 2, expectedAt: tomorrow });
    expect(outlookOf(state, 'r1', tomorrow + 7 * day)).toEqual({ units: 2 });
    given(...nobodyNew)
      .when(expire('r1', tomorrow + graceMs))
      .then(waitsOn('r1', tomorrow + 7 * day));
  });

  it('keeps nobody waiting who waits for more than it brings', () => {
    given(described(), mayWait(), declared('po-1', 5), waits('r1', 3), declared('po-1', 2, { expectedAt: later }))
      .when(expire('r1', tomorrow + graceMs))
      .then(expired('r1', {}, tomorrow + graceMs));
  });
});

describe('what is left for one more who would wait', () => {
  const more = (quantity: number) => place('new', { quantity, at: noon, backorder: true });
  const refusedBut = (quantity: number, ...past: readonly SkuEvent[]): void =>
    given(...past)
      .when(more(quantity + 1))
      .thenRefused('insufficient_stock', { alternatives: [{ kind: 'smaller_quantity', quantity }] });

  it('is more by what those before it get in the same moment', () => {
    for (const from of [{}, { locationIds: ['BER'] }]) {
      const held = [received('BER', 3), placed('h', { BER: 3 }), mayWait(), declared('po-1', 4), waits('r1', 4, from)];
      given(...held)
        .when(more(3))
        .then(expired('h', { BER: 3 }), promoted('r1', { BER: 3 }, { waitingUnits: 1, expiresAt: tomorrow + graceMs }), waits('new', 3));
      refusedBut(3, ...held);
    }
    refusedBut(3, received('BER', 3), placed('h', { BER: 3 }), mayWait(4), declared('po-1', 9), waits('r1', 4));
  });

  it('is more by what those waited for whose time is over', () => {
    for (const from of [{}, { locationIds: ['BER'] }]) {
      const takes = [{ locationId: 'BER', quantity: 1, because: 'priority 100' }];
      const held = [received('BER', 1), mayWait(), declared('po-1', 2), waits('r1', 2, { takes, ...from })];
      given(...held)
        .when(more(3))
        .then(expired('r1', { BER: 1 }), waits('new', 2, { takes, expiresAt: noon + ttlMs }));
      refusedBut(3, ...held);
    }
  });

  it('is what comes to Berlin where those before it wait for Hamburg', () => {
    const waiting = { quantity: 2, expectedAt: later, ttlMs, ...onlyHam };
    const past = [
      ...known,
      declared('po-1', 2),
      declared('po-2', 2, { locationId: 'HAM', expectedAt: later }),
      waits('r1', 2, { waiting }),
    ];
    given(...past)
      .when(more(2))
      .then(waits('new', 2));
    given(...past)
      .when({ ...more(2), locationId: 'BER' })
      .then(waits('new', 2, { locationIds: ['BER'] }));
    refusedBut(2, ...past);
  });
});

describe('a receipt', () => {
  const expects = [described(), declared('po-1', 3), declared('po-2', 4, { expectedAt: later })];

  it('of as much as the first delivery brings is that one alone', () => {
    given(...expects)
      .when(receive('BER', 3))
      .then(received('BER', 3, { inbound: [{ reference: 'po-1', quantity: 3 }] }));
  });

  it('passes by a delivery that is here, and is excess of it where it names it', () => {
    const here = received('BER', 3, { messageId: 'first', inbound: [{ reference: 'po-1', quantity: 3 }] });
    given(...expects, here)
      .when(receive('BER', 2))
      .then(received('BER', 2, { inbound: [{ reference: 'po-2', quantity: 2 }] }));
    given(...expects, here)
      .when(receive('BER', 2, { documentId: 'po-1' }))
      .then(received('BER', 2, { documentId: 'po-1', inbound: [{ reference: 'po-1', quantity: 0, excess: 2 }] }));
  });
});
