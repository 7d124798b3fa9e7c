import { committed, described, expired, limited, placed, received, released } from '../../../test/events.js';
import { place } from '../../../test/commands.js';
import { fold, given } from '../../../test/given.js';
import { initialSkuState } from '../../index.js';
import { decideSku } from '../decide.js';
import { hour, noon } from '../../../test/times.js';

const priorities = [
  { locationId: 'BER', priority: 2 },
  { locationId: 'HAM', priority: 1 },
];

const from = (...takes: readonly (readonly [string, number, string])[]) => ({
  takes: takes.map(([locationId, quantity, because]) => ({ locationId, quantity, because })),
});

describe('placing a reservation', () => {
  it('takes free units until its time to live is over', () => {
    given(received('BER', 5))
      .when(place('r1', { quantity: 2 }))
      .then(placed('r1', { BER: 2 }));
  });

  it('refuses more than is free and says how much is', () => {
    given(received('BER', 5), placed('r1', { BER: 2 }))
      .when(place('r2', { quantity: 4 }))
      .thenRefused('insufficient_stock', { requested: 4, available: 3, byLocation: [{ locationId: 'BER', available: 3 }] });
  });

  it('says when the first hold in the way may end, and nothing where no hold is in the way', () => {
    given(received('BER', 5), placed('r1', { BER: 2 }), placed('r2', { BER: 1 }, { expiresAt: noon + hour }))
      .when(place('r3', { quantity: 4 }))
      .thenRefused('insufficient_stock', { contendedUntil: noon });
    const decision = decideSku(initialSkuState(), place('r1'));
    expect(decision).not.toHaveProperty('details.contendedUntil');
  });

  it('counts an overdue hold as free', () => {
    given(received('BER', 5), placed('r1', { BER: 5 }))
      .when(place('r2', { quantity: 5, at: noon }))
      .then(expired('r1', { BER: 5 }), placed('r2', { BER: 5 }, { expiresAt: noon + 2 * hour }));
  });

  it('ends every overdue hold, soonest first', () => {
    given(received('BER', 9), placed('r1', { BER: 1 }), placed('r2', { BER: 1 }, { expiresAt: noon - 1 }), placed('r3', { BER: 1 }))
      .when(place('r4', { at: noon }))
      .then(
        expired('r2', { BER: 1 }, noon - 1),
        expired('r1', { BER: 1 }),
        expired('r3', { BER: 1 }),
        placed('r4', { BER: 1 }, { expiresAt: noon + 2 * hour }),
      );
  });

  it('takes what there is where that is enough for the caller', () => {
    given(received('BER', 5))
      .when(place('r1', { quantity: 8, partial: true }))
      .then(placed('r1', { BER: 5 }, { requested: 8 }));
    given(described())
      .when(place('r1', { partial: true }))
      .thenRefused('insufficient_stock', { available: 0 });
  });

  it('promises nothing from a location that has less than nothing', () => {
    given(received('BER', 5), placed('r1', { BER: 5 }), {
      ...received('BER', 1),
      type: 'StockAdjusted',
      commandId: 'a',
      delta: -3,
      reasonCode: 'lost',
    })
      .when(place('r2'))
      .thenRefused('insufficient_stock', { available: 0 });
  });

  it('notes the channel', () => {
    given(received('BER', 5))
      .when(place('r1', { channelId: 'web' }))
      .then(placed('r1', { BER: 1 }, { channelId: 'web' }));
  });
});

describe('the source of a reservation', () => {
  const stock = [received('BER', 5), received('HAM', 3), received('MUC', 9)];

  it('is the first location by priority that has all', () => {
    given(...stock)
      .when(place('r1', { quantity: 3, sources: priorities }))
      .then(placed('r1', { HAM: 3 }, from(['HAM', 3, 'priority 1'])));
    given(...stock)
      .when(place('r1', { quantity: 4, sources: priorities }))
      .then(placed('r1', { BER: 4 }, from(['BER', 4, 'priority 2'])));
    given(...stock)
      .when(place('r1', { quantity: 6, sources: priorities }))
      .then(placed('r1', { MUC: 6 }, from(['MUC', 6, 'priority 100'])));
  });

  it('is the lower id where priorities are equal', () => {
    given(...stock)
      .when(place('r1', { quantity: 2 }))
      .then(placed('r1', { BER: 2 }));
  });

  it('is split in order of priority where none has all', () => {
    given(...stock)
      .when(place('r1', { quantity: 10, sources: priorities }))
      .then(
        placed(
          'r1',
          { HAM: 3, BER: 5, MUC: 2 },
          from(['HAM', 3, 'split: priority 1'], ['BER', 5, 'split: priority 2'], ['MUC', 2, 'split: priority 100']),
        ),
      );
  });

  it('is the location asked for and no other', () => {
    given(...stock)
      .when(place('r1', { quantity: 5, locationId: 'BER' }))
      .then(placed('r1', { BER: 5 }, from(['BER', 5, 'asked for'])));
    given(...stock)
      .when(place('r1', { quantity: 6, locationId: 'BER' }))
      .thenRefused('insufficient_stock', { available: 5, byLocation: [{ locationId: 'BER', available: 5 }] });
  });
});

describe('placing a reservation again', () => {
  const request = place('r1', { quantity: 2 });
  const before = [received('BER', 5), placed('r1', { BER: 2 })];

  it('changes nothing, whatever became of it', () => {
    given(...before)
      .when(request)
      .thenNothing();
    given(...before, committed('r1', { BER: 2 }))
      .when(request)
      .thenNothing();
    given(...before, released('r1', { BER: 2 }))
      .when(request)
      .thenNothing();
  });

  it('is refused with another request', () => {
    given(...before)
      .when(place('r1', { requestHash: 'another' }))
      .thenRefused('idempotency_mismatch', { reservationId: 'r1' });
  });
});

describe('a reservation is refused', () => {
  it('of a SKU that nobody has heard of', () => {
    given().when(place('r1')).thenRefused('unknown_sku');
  });

  it('of what is no count of units, and for no time or too long', () => {
    for (const quantity of [0, -1, 1.5]) given(described()).when(place('r1', { quantity })).thenRefused('invalid_quantity', { quantity });
    for (const ttlMs of [0, 0.5, 367 * 24 * hour])
      given(described()).when(place('r1', { ttlMs })).thenRefused('invalid_quantity', { ttlMs });
  });

  it('where too many are open, of which those overdue do not count', () => {
    const holds = Array.from({ length: 250_000 }, (_, index) => placed(`r${String(index)}`, { BER: 1 }));
    const state = fold([received('BER', 250_001), ...holds]);
    const withLimits = fold([limited({ holderUnits: 5 }), received('BER', 250_001), ...holds]);
    for (const each of [state, withLimits]) {
      expect(decideSku(each, place('one more'))).toMatchObject({ kind: 'refused', code: 'too_many_open_reservations' });
      expect(decideSku(each, place('one more', { at: noon }))).toMatchObject({ kind: 'accepted' });
    }
  });
});
