import { move, place, receive } from '../../../test/commands.js';
import {
  adjusted,
  committed,
  declared,
  described,
  issued,
  limited,
  moved,
  placed,
  promoted,
  received,
  released,
} from '../../../test/events.js';
import { given } from '../../../test/given.js';
import { noon } from '../../../test/times.js';

const ber = [{ locationId: 'BER', priority: 1 }];
/** Berlin promised three and lost all of them: it owes three. */
const owing = [received('BER', 3), received('HAM', 5), placed('r1', { BER: 3 }), adjusted('BER', -3)];
const splitOf = (units: Readonly<Record<string, number>>) =>
  Object.entries(units).map(([locationId, quantity]) => ({ locationId, quantity, because: 'split: priority 100' }));

describe('what one location owes', () => {
  it('is kept back at the others', () => {
    given(...owing)
      .when(place('r2', { quantity: 2 }))
      .then(placed('r2', { HAM: 2 }));
    given(...owing)
      .when(place('r2', { quantity: 3 }))
      .thenRefused('insufficient_stock', {
        available: 2,
        byLocation: [
          { locationId: 'BER', available: 0 },
          { locationId: 'HAM', available: 2 },
        ],
        // When the first promise has ended unsold, nothing is owed.
        alternatives: [
          { kind: 'smaller_quantity', quantity: 2 },
          { kind: 'later', at: noon, because: 'holds_end' },
        ],
      });
  });

  it('is kept back from whoever asks for the other location, too', () => {
    given(...owing)
      .when(place('r2', { quantity: 3, locationId: 'HAM' }))
      .thenRefused('insufficient_stock', { available: 2, byLocation: [{ locationId: 'HAM', available: 2 }] });
  });

  it('is kept back first where the reservation may not be served from, then where it would be served last', () => {
    const three = [...owing, received('MUC', 2)];
    given(...three)
      .when(place('r2', { quantity: 2, locationId: 'MUC' }))
      .then(placed('r2', { MUC: 2 }, { takes: [{ locationId: 'MUC', quantity: 2, because: 'asked for' }] }));
    given(...three)
      .when(place('r2', { quantity: 4 }))
      .then(placed('r2', { HAM: 4 }));
    given(...three)
      .when(place('r2', { quantity: 5, partial: true }))
      .then(placed('r2', { HAM: 4 }, { requested: 5 }));
  });

  it('names another location only as far as it can be had there', () => {
    given(...owing)
      .when(place('r2', { quantity: 4, locationId: 'BER', sources: ber }))
      .thenRefused('insufficient_stock', { available: 0, alternatives: [{ kind: 'other_location', locationId: 'HAM', quantity: 2 }] });
    given(...owing, placed('r2', { HAM: 2 }))
      .when(place('r3', { quantity: 1, locationId: 'BER', sources: ber }))
      .thenRefused('insufficient_stock', { available: 0, alternatives: [] });
  });

  it('is owed no more once the promise has ended or the units were brought', () => {
    given(...owing, released('r1', { BER: 3 }))
      .when(place('r2', { quantity: 5 }))
      .then(placed('r2', { HAM: 5 }));
    given(...owing)
      .when(move('HAM', 'BER', 3))
      .then(moved('HAM', 'BER', 3));
    given(...owing, moved('HAM', 'BER', 3))
      .when(place('r2', { quantity: 2 }))
      .then(placed('r2', { HAM: 2 }));
  });

  it('is less by what was declared to be overbooked', () => {
    given(...owing, limited({ overbookingUnits: 1 }))
      .when(place('r2', { quantity: 3 }))
      .then(placed('r2', { HAM: 3 }));
    given(...owing, limited({ overbookingUnits: 1 }))
      .when(place('r2', { quantity: 4 }))
      .thenRefused('overbooking_exhausted', { available: 3 });
    given(...owing, limited({ overbookingUnits: 4 }))
      .when(place('r2', { quantity: 6 }))
      .then(placed('r2', {}, { takes: splitOf({ BER: 1, HAM: 5 }), overbookedUnits: 1, requested: 6 }));
  });

  it('is not for those who wait either', () => {
    const waits = { ...placed('w', {}), waiting: { quantity: 4, expectedAt: noon, ttlMs: noon }, requested: 4 };
    const line = [described(), limited({ backorders: { units: 9, graceMs: 0 } }), declared('po-1', 9), received('BER', 3)];
    given(...line, placed('r1', { BER: 3 }), waits, adjusted('BER', -3))
      .when(receive('HAM', 4, { documentId: 'po-2' }))
      .then(
        received('HAM', 4, { documentId: 'po-2', messageId: 'receipt HAM 4', effectiveAt: receive('HAM', 4).effectiveAt }),
        promoted('w', { HAM: 1 }, { waitingUnits: 3, expiresAt: receive('HAM', 4).at + noon }),
      );
  });
});

describe('an order that the ERP ships from a shelf that had promised the unit to somebody else', () => {
  it('leaves a unit where it was sold from, which nobody new may have', () => {
    const order = { orderId: 'order of r1' };
    const story = [
      received('BER', 1),
      received('HAM', 1),
      placed('r1', { HAM: 1 }),
      committed('r1', { HAM: 1 }),
      placed('r2', { BER: 1 }),
      committed('r2', { BER: 1 }),
      issued('BER', 1, { ...order, reassigned: [{ locationId: 'HAM', quantity: 1 }], delta: -1 }),
    ];
    given(...story)
      .when(place('r3'))
      .thenRefused('insufficient_stock', { available: 0 });
  });
});
