import { place } from '../../../test/commands.js';
import { adjusted, declared, limited, placed, received } from '../../../test/events.js';
import { decideSku } from '../decide.js';
import { fold, given } from '../../../test/given.js';
import { hour, noon } from '../../../test/times.js';
import { HOLDS_LOOKED_AT_FOR_A_DATE } from '../limits.js';

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

  it('could be had elsewhere where a location was asked for that the SKU does not know', () =>
    given(received('BER', 5))
      .when(place('r1', { quantity: 4, locationId: 'HAM' }))
      .thenRefused('insufficient_stock', { available: 0, alternatives: [{ kind: 'other_location', locationId: 'BER', quantity: 4 }] }));

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

  it('could be had elsewhere where most is first, and not where nothing is free', () =>
    given(received('HAM', 1), received('BER', 2), received('MUC', 9), received('NUE', 4), received('OSL', 3), placed('r0', { OSL: 3 }))
      .when(place('r1', { quantity: 5, locationId: 'HAM' }))
      .thenRefused('insufficient_stock', {
        alternatives: [
          { kind: 'smaller_quantity', quantity: 1 },
          { kind: 'other_location', locationId: 'MUC', quantity: 5 },
          { kind: 'other_location', locationId: 'NUE', quantity: 4 },
          { kind: 'other_location', locationId: 'BER', quantity: 2 },
        ],
      }));

  it('could be had elsewhere by priority where as much is there', () =>
    given(...stock, received('NUE', 9))
      .when(
        place('r1', {
          quantity: 4,
          locationId: 'HAM',
          sources: [
            { locationId: 'NUE', priority: 1 },
            { locationId: 'MUC', priority: 2 },
          ],
        }),
      )
      .thenRefused('insufficient_stock', {
        alternatives: [
          { kind: 'smaller_quantity', quantity: 3 },
          { kind: 'other_location', locationId: 'NUE', quantity: 4 },
          { kind: 'other_location', locationId: 'MUC', quantity: 4 },
          { kind: 'other_location', locationId: 'BER', quantity: 4 },
        ],
      }));

  it('has nothing at a location that the SKU does not know', () =>
    given(received('BER', 1), received('HAM', 4))
      .when(place('r1', { quantity: 2, locationId: 'MOON' }))
      .thenRefused('insufficient_stock', {
        requested: 2,
        available: 0,
        byLocation: [{ locationId: 'MOON', available: 0 }],
        alternatives: [
          { kind: 'other_location', locationId: 'HAM', quantity: 2 },
          { kind: 'other_location', locationId: 'BER', quantity: 1 },
        ],
      }));

  it('names no more than ten other locations', () => {
    const many = Array.from({ length: 30 }, (_, index) => received(`L${String(index)}`, index + 1));
    const decision = decideSku(fold(many), place('r1', { quantity: 5, locationId: 'L0' }));
    expect(decision).toHaveProperty('details.alternatives.length', 11);
  });
});

describe('a reservation that is short because others hold the units', () => {
  const later = (at: number) => ({ kind: 'later', at, because: 'holds_end' });
  const until = (time: number) => ({ expiresAt: time });

  it('waits only for the end of as many units as are missing', () =>
    given(received('BER', 6), placed('r1', { BER: 2 }, until(noon)), placed('r2', { BER: 2 }, until(noon + hour)))
      .when(place('r3', { quantity: 4 }))
      .thenRefused('insufficient_stock', {
        available: 2,
        contendedUntil: noon,
        alternatives: [{ kind: 'smaller_quantity', quantity: 2 }, later(noon)],
      }));

  it('waits for what is owed to another location, too', () => {
    const owed = [received('BER', 1), adjusted('BER', -3), received('HAM', 4)];
    const held = [placed('r1', { HAM: 2 }, until(noon)), placed('r2', { HAM: 2 }, until(noon + hour))];
    given(...owed, ...held)
      .when(place('r3', { quantity: 1 }))
      .thenRefused('insufficient_stock', { available: 0, contendedUntil: noon, alternatives: [later(noon + hour)] });
    given(...owed, ...held)
      .when(place('r3', { quantity: 3 }))
      .thenRefused('insufficient_stock', { available: 0, alternatives: [] });
  });

  it('counts of a hold only what it has where the reservation may be served from', () =>
    given(
      received('BER', 2),
      received('HAM', 3),
      placed('r1', { HAM: 2, BER: 1 }, until(noon)),
      placed('r2', { BER: 1, HAM: 1 }, until(noon + hour)),
    )
      .when(place('r3', { quantity: 2, locationId: 'BER' }))
      .thenRefused('insufficient_stock', { contendedUntil: noon, alternatives: [later(noon + hour)] }));

  it('counts what its locations have together', () =>
    given(received('BER', 1), received('HAM', 1), placed('r1', { BER: 1 }), placed('r2', { HAM: 1 }, until(noon + hour)))
      .when(place('r3', { quantity: 2 }))
      .thenRefused('insufficient_stock', { contendedUntil: noon, alternatives: [later(noon + hour)] }));

  it('is not told to wait where its locations never had so much, whatever lies elsewhere', () => {
    const decision = decideSku(
      fold([received('BER', 1), received('HAM', 5), placed('r1', { BER: 1 })]),
      place('r2', { quantity: 2, locationId: 'BER' }),
    );
    expect(decision).toStrictEqual({
      kind: 'refused',
      code: 'insufficient_stock',
      details: {
        requested: 2,
        available: 0,
        byLocation: [{ locationId: 'BER', available: 0 }],
        alternatives: [{ kind: 'other_location', locationId: 'HAM', quantity: 2 }],
      },
    });
  });

  it('gets a date only from the holds that end first, of very many', () => {
    const holds = Array.from({ length: HOLDS_LOOKED_AT_FOR_A_DATE + 1 }, (_, index) =>
      placed(`r${String(index)}`, { BER: 1 }, until(noon + index)),
    );
    const past = [received('BER', holds.length), ...holds];
    given(...past)
      .when(place('new', { quantity: HOLDS_LOOKED_AT_FOR_A_DATE }))
      .thenRefused('insufficient_stock', { contendedUntil: noon, alternatives: [later(noon + HOLDS_LOOKED_AT_FOR_A_DATE - 1)] });
    given(...past)
      .when(place('new', { quantity: HOLDS_LOOKED_AT_FOR_A_DATE + 1 }))
      .thenRefused('insufficient_stock', { contendedUntil: noon, alternatives: [] });
  });
});

describe('a reservation that is short of what is to come', () => {
  const tomorrow = noon + 24 * hour;
  const supplied = [
    limited({ backorders: { units: 10, graceMs: hour } }),
    declared('po-1', 2),
    declared('po-2', 3, { expectedAt: tomorrow + hour }),
  ];
  const arrives = (at: number) => ({ kind: 'later', at, because: 'inbound_supply' });

  it('is told when the last of the missing units is expected', () => {
    given(received('BER', 1), ...supplied)
      .when(place('r1', { quantity: 3 }))
      .thenRefused('insufficient_stock', {
        available: 1,
        alternatives: [{ kind: 'smaller_quantity', quantity: 1 }, arrives(tomorrow)],
      });
    given(received('BER', 1), ...supplied)
      .when(place('r1', { quantity: 6 }))
      .thenRefused('insufficient_stock', {
        available: 1,
        alternatives: [{ kind: 'smaller_quantity', quantity: 1 }, arrives(tomorrow + hour)],
      });
  });

  it('is told nothing where not all of the missing units are', () =>
    given(received('BER', 1), ...supplied)
      .when(place('r1', { quantity: 7 }))
      .thenRefused('insufficient_stock', { available: 1, alternatives: [{ kind: 'smaller_quantity', quantity: 1 }] }));

  it('is told of holds that end and of supply that comes', () =>
    given(received('BER', 2), placed('r1', { BER: 2 }), ...supplied)
      .when(place('r2', { quantity: 2 }))
      .thenRefused('insufficient_stock', {
        available: 0,
        alternatives: [{ kind: 'later', at: noon, because: 'holds_end' }, arrives(tomorrow)],
      }));
});
