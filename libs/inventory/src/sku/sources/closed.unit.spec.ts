import { commit, ship } from '../../../test/commands.js';
import { LotWorld } from '../../../test/lots.js';
import { placed, received, shipped, whollyHeld } from '../../../test/events.js';
import { fold } from '../../../test/given.js';
import { decideSku, type SkuCommand } from '../../index.js';

const noon = Date.UTC(2026, 4, 20, 12);
const closed = new Set(['BER']);
const stamp = { at: noon, commandId: 'now' };
const supply = { reference: 'po', locationId: 'HAM', quantity: 50, expectedAt: noon + 86_400_000 };

/** A SKU of which all is promised, with a reservation that waits for five units more. */
function waited(): LotWorld {
  const cup = new LotWorld(noon);
  cup.receiveLoose('HAM', 1);
  cup.do('SetLimits', { backorders: { units: 100, graceMs: 3_600_000 }, allocations: [] });
  cup.do('DeclareInbound', supply);
  const wish = { orderId: 'o', ttlMs: 3_600_000, requestHash: 'h', sources: [], backorder: true };
  cup.do('PlaceReservation', { ...wish, reservationId: 'r1', quantity: 6 });
  return cup;
}

describe('a location of which nothing may leave', () => {
  const receipt: SkuCommand = { type: 'ReceiveStock', ...stamp, messageId: 'm', quantity: 8, effectiveAt: noon, locationId: 'BER' };
  const types = (decision: ReturnType<typeof decideSku>) => (decision.kind === 'accepted' ? decision.events.map(({ type }) => type) : []);

  it('serves no reservation that waits, neither with what arrives there nor with what lies there', () => {
    const cup = waited();
    expect(types(decideSku(cup.state, receipt))).toContain('ReservationPromoted');
    expect(types(decideSku(cup.state, receipt, closed))).toEqual(['StockReceived']);
    const arrived = decideSku(cup.state, receipt, closed);
    const events = arrived.kind === 'accepted' ? arrived.events : [];
    const known = fold([...cup.events, ...events]);
    const next: SkuCommand = {
      type: 'PlaceReservation',
      ...stamp,
      reservationId: 'r2',
      orderId: 'p',
      quantity: 1,
      ttlMs: 1,
      requestHash: 'p',
      sources: [],
    };
    expect(decideSku(known, next, closed)).toMatchObject({ kind: 'refused', code: 'insufficient_stock', details: { available: 0 } });
    expect(types(decideSku(known, next))).toEqual(['ReservationPromoted', 'ReservationPlaced']);
  });

  it('keeps what is promised there owed: others get nothing that it needs', () => {
    const cup = waited();
    cup.receiveLoose('BER', 5);
    const elsewhere: SkuCommand = { ...receipt, locationId: 'HAM', quantity: 3 };
    cup.do('PlaceReservation', {
      orderId: 'q',
      ttlMs: 3_600_000,
      requestHash: 'q',
      sources: [],
      backorder: true,
      reservationId: 'r3',
      quantity: 2,
    });
    expect(types(decideSku(cup.state, elsewhere))).toContain('ReservationPromoted');
    expect(types(decideSku(cup.state, elsewhere, closed))).toEqual(['StockReceived']);
  });

  it('commits nothing, also where held units may leave', () => {
    const state = fold([received('BER', 5), placed('r1', { BER: 2 })]);
    const refusal = { kind: 'refused', code: 'stock_held', details: { requested: 2, sellable: 0, held: 5 } };
    expect(decideSku(state, commit('r1'), closed)).toMatchObject(refusal);
    expect(decideSku(state, commit('r1', { allowUncovered: true }), closed)).toMatchObject(refusal);
    expect(decideSku(state, commit('r1'))).toMatchObject({ kind: 'accepted' });
  });

  it('commits what it may from the other locations of a reservation', () => {
    const state = fold([received('BER', 5), received('HAM', 5), placed('r1', { BER: 2, HAM: 2 })]);
    expect(decideSku(state, commit('r1', { quantity: 2 }), closed)).toMatchObject({
      kind: 'accepted',
      events: [{ type: 'ReservationCommitted', takes: [{ locationId: 'HAM', quantity: 2 }] }],
    });
    const held = fold([received('BER', 5), received('HAM', 2), placed('r1', { BER: 2, HAM: 2 }), whollyHeld('h1', { HAM: 2 })]);
    expect(decideSku(held, commit('r1', { quantity: 2, allowUncovered: true }), closed)).toMatchObject({
      kind: 'accepted',
      events: [{ type: 'ReservationCommitted', takes: [{ locationId: 'HAM', quantity: 2 }] }],
    });
  });

  it('ships and moves nothing; what it shipped before is answered as before', () => {
    const state = fold([received('BER', 5)]);
    const blocked = { kind: 'refused', code: 'location_blocked', details: { locationId: 'BER', available: 0 } };
    expect(decideSku(state, ship('BER', 'HAM', 2), closed)).toMatchObject(blocked);
    const move: SkuCommand = { type: 'MoveStock', ...stamp, fromLocationId: 'BER', toLocationId: 'HAM', quantity: 2, reference: 'm' };
    expect(decideSku(state, move, closed)).toMatchObject(blocked);
    expect(decideSku(fold([received('BER', 5), shipped('BER', 'HAM', 2)]), ship('BER', 'HAM', 2), closed)).toEqual({
      kind: 'accepted',
      events: [],
    });
  });
});
