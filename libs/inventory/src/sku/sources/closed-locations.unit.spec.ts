import { place } from '../../../test/commands.js';
import { placed, received } from '../../../test/events.js';
import { given } from '../../../test/given.js';

const open = { locationId: 'HAM', priority: 20 };
const blocked = [{ locationId: 'BER', priority: 10, blocked: true }, open];
const destruction = [{ locationId: 'BER', priority: 10, kind: 'destruction' as const }, open];
const stock = [received('BER', 5), received('HAM', 3)];
const fromHam = { takes: [{ locationId: 'HAM', quantity: 3, because: 'priority 20' }] };

describe('a location of which nothing may leave', () => {
  it.each([
    ['blocked', blocked],
    ['for destruction', destruction],
  ])('serves no request while it is %s', (_, sources) => {
    given(...stock)
      .when(place('r1', { quantity: 3, sources }))
      .then(placed('r1', { HAM: 3 }, fromHam));
    given(...stock)
      .when(place('r1', { quantity: 4, sources }))
      .thenRefused('insufficient_stock', { available: 3, byLocation: [{ locationId: 'HAM', available: 3 }] });
  });

  it('serves none that names it either, and is offered to nobody', () => {
    given(...stock)
      .when(place('r1', { quantity: 1, locationId: 'BER', sources: blocked }))
      .thenRefused('insufficient_stock', { available: 0, alternatives: [{ kind: 'other_location', locationId: 'HAM', quantity: 1 }] });
  });

  it('owes what was promised there: the others keep it back', () => {
    const promised = [...stock, placed('r1', { BER: 2 })];
    given(...promised)
      .when(place('r2', { quantity: 1, sources: blocked }))
      .then(placed('r2', { HAM: 1 }, { takes: [{ locationId: 'HAM', quantity: 1, because: 'priority 20' }] }));
    given(...promised)
      .when(place('r2', { quantity: 2, sources: blocked }))
      .thenRefused('insufficient_stock', { available: 1 });
  });
});
