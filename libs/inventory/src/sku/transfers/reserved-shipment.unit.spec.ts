import { ship, place } from '../../../test/commands.js';
import { adjusted, expired, placed, received, reduced, released, shipped } from '../../../test/events.js';
import { fold, given } from '../../../test/given.js';
import { noon } from '../../../test/times.js';
import { checkInvariants } from '../audit/invariants.js';
import { decideSku } from '../decide.js';
import type { SkuEvent } from '../events.js';

const shipHeld = (units: number, reservationId = 'sr_1', transferId = 'T1') => ({
  ...ship('BER', 'HAM', units, transferId),
  reservationId,
});
const shippedFrom = (units: number, transferId = 'T1') => ({ ...shipped('BER', 'HAM', units, transferId), heldByReservationId: 'sr_1' });
const held = [received('BER', 8), placed('sr_1', { BER: 8 })];

describe('shipping what a reservation holds', () => {
  it('ends the hold and ships in one decision', () => {
    given(...held)
      .when(shipHeld(8))
      .then(released('sr_1', { BER: 8 }), shippedFrom(8));
  });

  it('keeps the rest held', () => {
    given(...held)
      .when(shipHeld(5))
      .then(reduced('sr_1', { BER: 5 }, { releaseId: 'T1' }), shippedFrom(5));
  });

  it('S5 gives none of the units to fifty buyers who try at each step', () => {
    const events: SkuEvent[] = [...held];
    for (const [step, units] of [3, 5].entries()) {
      const state = fold(events);
      for (let buyer = 0; buyer < 50; buyer += 1) {
        expect(decideSku(state, place(`b${String(step)} ${String(buyer)}`, { quantity: 1, sources: [] }))).toMatchObject({
          kind: 'refused',
          code: 'insufficient_stock',
        });
      }
      const decision = decideSku(state, shipHeld(units, 'sr_1', `T${String(step)}`));
      if (decision.kind !== 'accepted') throw new Error(decision.code);
      for (const event of decision.events) events.push(event);
    }
    expect(fold(events).balances.get('BER')).toMatchObject({ onHand: 0, reserved: 0 });
    expect(checkInvariants(events.map((event) => ({ event, at: noon })))).toEqual([]);
  });

  it('ships once under the same id', () => {
    given(...held, reduced('sr_1', { BER: 5 }, { releaseId: 'T1' }), shippedFrom(5))
      .when(shipHeld(5))
      .thenNothing();
  });

  it('refuses more than is held, and says how much is', () => {
    given(...held)
      .when(shipHeld(9))
      .thenRefused('quantity_exceeds_open', { requested: 9, open: 8 });
  });

  it('refuses units that are promised and not there', () => {
    given(...held, adjusted('BER', -5))
      .when(shipHeld(8))
      .thenRefused('insufficient_stock', { requested: 8, available: 3 });
  });

  it('refuses a hold that ended, is overdue or was never placed', () => {
    given(...held, expired('sr_1', { BER: 8 }))
      .when(shipHeld(1))
      .thenRefused('reservation_expired');
    given(...held)
      .when({ ...shipHeld(1), at: noon })
      .thenRefused('reservation_expired');
    given(...held)
      .when(shipHeld(1, 'other'))
      .thenRefused('unknown_reservation', { reservationId: 'other' });
  });

  it('S14 takes nothing of another reservation of the same route', () => {
    const two = [received('BER', 16), placed('sr_1', { BER: 8 }), placed('sr_2', { BER: 8 })];
    given(...two)
      .when(shipHeld(8))
      .then(released('sr_1', { BER: 8 }), shippedFrom(8));
    const after = fold([...two, released('sr_1', { BER: 8 }), shippedFrom(8)]);
    expect(after.reservations.get('sr_2')?.takes).toMatchObject([{ locationId: 'BER', quantity: 8 }]);
    expect(after.balances.get('BER')).toMatchObject({ onHand: 8, reserved: 8 });
  });
});
