import { availableOf, availableUnits } from '../index.js';
import { placed, received } from '../../test/events.js';
import { fold } from '../../test/given.js';
import { morning } from '../../test/times.js';

describe('what is available', () => {
  it.each([
    [5, 3, 0, 2],
    [2, 4, 0, 0],
    [-1, 0, 0, 0],
    [5, 3, 1, 1],
    [5, 3, 3, 0],
  ])('is on hand less what is reserved and held, never below zero: %i, %i and %i make %i', (onHand, reserved, held, available) => {
    expect(availableOf({ onHand, reserved, held })).toBe(available);
  });

  it.each([3, 1])('is what the stream of the SKU says, too: %i on hand', (onHand) => {
    const state = fold([received('BER', onHand), placed('r1', { BER: 2 })]);
    expect(availableUnits(state, 'BER', morning)).toBe(availableOf({ onHand, reserved: 2, held: 0 }));
  });
});
