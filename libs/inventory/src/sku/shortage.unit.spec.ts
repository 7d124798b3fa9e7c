import { place } from '../../test/commands.js';
import { placed, received } from '../../test/events.js';
import { decideSku } from './decide.js';
import { fold, given } from '../../test/given.js';
import { hour, noon } from '../../test/times.js';

const stock = [received('BER', 5), received('HAM', 3), received('MUC', 9)];

describe('a reservation that is short', () => {
  it('could be had smaller', () => {
    given(...stock)
      .when(place('r1', { quantity: 18 }))
      .thenRefused('insufficient_stock', { available: 17, alternatives: [{ kind: 'smaller_quantity', quantity: 17 }] });
  });

  it('could be had elsewhere where one location was asked for, all of it first', () => {
    given(...stock)
      .when(place('r1', { quantity: 4, locationId: 'HAM' }))
      .thenRefused('insufficient_stock', {
        byLocation: [{ locationId: 'HAM', available: 3 }],
        alternatives: [
          { kind: 'smaller_quantity', quantity: 3 },
          { kind: 'other_location', locationId: 'BER', quantity: 4 },
          { kind: 'other_location', locationId: 'MUC', quantity: 4 },
        ],
      });
  });

  it('could be had from a location that the rule leaves out, by asking for it', () => {
    given(received('BER', 1), received('SHOP', 8))
      .when(
        place('r1', {
          quantity: 4,
          sources: [{ locationId: 'SHOP', priority: 1, kind: 'store' }],
          sourceRule: { name: 'ship-from-store', options: { stores: 'excluded' } },
        }),
      )
      .thenRefused('insufficient_stock', {
        available: 1,
        byLocation: [{ locationId: 'BER', available: 1 }],
        alternatives: [
          { kind: 'smaller_quantity', quantity: 1 },
          { kind: 'other_location', locationId: 'SHOP', quantity: 4 },
        ],
      });
  });

  it('could be had once enough of the holds in the way have ended', () => {
    given(
      received('BER', 6),
      placed('r1', { BER: 1 }, { expiresAt: noon }),
      placed('r2', { BER: 2 }, { expiresAt: noon + hour }),
      placed('r3', { BER: 3 }, { expiresAt: noon + 2 * hour }),
    )
      .when(place('r4', { quantity: 3 }))
      .thenRefused('insufficient_stock', {
        available: 0,
        contendedUntil: noon,
        alternatives: [{ kind: 'later', at: noon + hour, because: 'holds_end' }],
      });
  });

  it('cannot be had later from holds at another location, nor where there is too little anyway', () => {
    given(received('BER', 2), received('HAM', 2), placed('r1', { HAM: 2 }), placed('r2', { BER: 2 }, { expiresAt: noon + hour }))
      .when(place('r3', { quantity: 2, locationId: 'BER' }))
      .thenRefused('insufficient_stock', {
        contendedUntil: noon + hour,
        alternatives: [{ kind: 'later', at: noon + hour, because: 'holds_end' }],
      });
    given(received('BER', 2), placed('r1', { BER: 2 }))
      .when(place('r2', { quantity: 3 }))
      .thenRefused('insufficient_stock', { alternatives: [] });
  });

  it('names no more than ten other locations', () => {
    const many = Array.from({ length: 30 }, (_, index) => received(`L${String(index)}`, index + 1));
    const decision = decideSku(fold(many), place('r1', { quantity: 5, locationId: 'L0' }));
    expect(decision).toHaveProperty('details.alternatives.length', 11);
  });
});
