import { decideSku, availableUnits } from '../../index.js';
import { placed, received } from '../../../test/events.js';
import { place } from '../../../test/commands.js';
import { fold } from '../../../test/given.js';
import { hour, noon } from '../../../test/times.js';

const overdueHolds = (count: number) => Array.from({ length: count }, (_, index) => placed(`r${String(index)}`, { BER: 1 }));

describe('available units', () => {
  const state = fold([received('BER', 5), placed('r1', { BER: 3 }), placed('r2', { BER: 1 }, { expiresAt: noon + hour })]);

  it('leave out what is held', () => {
    expect(availableUnits(state, 'BER', noon - 1)).toBe(1);
  });

  it('count overdue holds as free', () => {
    expect(availableUnits(state, 'BER', noon)).toBe(4);
    expect(availableUnits(state, 'BER', noon + hour)).toBe(5);
  });

  it('are none where the SKU does not lie', () => {
    expect(availableUnits(state, 'HAM', noon)).toBe(0);
  });
});

describe('very many overdue holds', () => {
  const state = fold([received('BER', 3_000), ...overdueHolds(3_000)]);
  const ended = (quantity: number): number => {
    const decision = decideSku(state, place('new', { at: noon, quantity }));
    return decision.kind === 'accepted' ? decision.events.length - 1 : -1;
  };

  it('are ended in portions', () => {
    expect(ended(1)).toBe(1_000);
  });

  it('are ended as far as the decision needs them', () => {
    expect(ended(1_500)).toBe(1_500);
    expect(ended(3_000)).toBe(3_000);
    expect(ended(3_001)).toBe(-1);
  });
});

describe('a hundred thousand open holds', () => {
  it('leave a decision as fast as it was', () => {
    const states = [1_000, 100_000].map((holds) => fold([received('BER', 200_000), ...overdueHolds(holds)]));
    const durations = states.map((): number[] => []);
    // In turns, so that whatever slows this machine down slows both.
    for (let count = 0; count < 200; count += 1)
      for (const [which, state] of states.entries()) {
        const begun = performance.now();
        expect(decideSku(state, place(`new ${String(count)}`)).kind).toBe('accepted');
        durations[which]?.push(performance.now() - begun);
      }
    const [few = 0, many = 0] = durations.map((all) => all.sort((one, other) => one - other)[100] ?? 0);
    expect(many).toBeLessThan(5 * few);
  });
});
