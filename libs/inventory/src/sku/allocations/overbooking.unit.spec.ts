import { place } from '../../../test/commands.js';
import { adjusted, declared, described, expired, limited, placed, received } from '../../../test/events.js';
import { fold, given } from '../../../test/given.js';
import { hour, noon } from '../../../test/times.js';
import { decideSku } from '../decide.js';

const budget = limited({ overbookingUnits: 2 });

describe('what may be overbooked', () => {
  it('is used up by whatever is uncovered already, for whatever reason', () => {
    const lost = [received('BER', 5), placed('r1', { BER: 5 }), adjusted('BER', -1), budget];
    given(...lost)
      .when(place('r2', { quantity: 1 }))
      .then(placed('r2', { BER: 1 }, { overbookedUnits: 1 }));
    given(...lost)
      .when(place('r2', { quantity: 2 }))
      .thenRefused('overbooking_exhausted', { requested: 2, available: 1, budget: 2, left: 1 });
  });

  it('is nothing, and never less, where more is uncovered than was declared', () =>
    given(received('BER', 5), placed('r1', { BER: 5 }), adjusted('BER', -3), budget)
      .when(place('r2', { quantity: 1 }))
      .thenRefused('overbooking_exhausted', { requested: 1, available: 0, budget: 2, left: 0 }));

  it('is not used up by a promise that is overdue', () =>
    given(received('BER', 2), budget, placed('r1', { BER: 4 }, { overbookedUnits: 2 }))
      .when(place('r2', { quantity: 4, at: noon }))
      .then(expired('r1', { BER: 4 }), placed('r2', { BER: 4 }, { overbookedUnits: 2, expiresAt: noon + 2 * hour })));

  it('may be promised although a delivery is to come, as long as nobody waits for it', () =>
    given(received('BER', 1), budget, declared('po-1', 5))
      .when(place('r1', { quantity: 3 }))
      .then(placed('r1', { BER: 3 }, { overbookedUnits: 2 })));

  it('is no more than is missing', () =>
    given(received('BER', 1), budget)
      .when(place('r1', { quantity: 2 }))
      .then(placed('r1', { BER: 2 }, { overbookedUnits: 1 })));

  it('is promised at the location that the rule puts first, after all that lies anywhere', () =>
    given(received('BER', 2), received('SHOP', 1), budget)
      .when(
        place('r1', {
          quantity: 5,
          sources: [{ locationId: 'SHOP', priority: 200, kind: 'store' }],
          sourceRule: { name: 'ship-from-store' },
        }),
      )
      .then(
        placed(
          'r1',
          {},
          {
            takes: [
              { locationId: 'SHOP', quantity: 3, because: 'split: ship from store: priority 200' },
              { locationId: 'BER', quantity: 2, because: 'split: warehouse after stores: priority 100' },
            ],
            overbookedUnits: 2,
            requested: 5,
          },
        ),
      ));

  it('is promised at no location that the SKU does not have, and at none that the rule forbids', () => {
    const refused = { kind: 'refused' };
    expect(decideSku(fold([described(), budget]), place('r1'))).toMatchObject(refused);
    expect(decideSku(fold([received('BER', 1), budget]), place('r1', { locationId: 'MOON' }))).toMatchObject(refused);
    const stores = { sourceRule: { name: 'ship-from-store', options: { stores: 'only' } } };
    expect(decideSku(fold([received('BER', 1), budget]), place('r1', stores))).toMatchObject(refused);
  });
});
