import { actionOn, type SeenDrift } from './action-on.js';

const edit = (change: Partial<SeenDrift> = {}): SeenDrift => ({
  class: 'foreign_edit',
  strategy: 'master_wins',
  ours: 10,
  theirs: 12,
  isSettled: false,
  ...change,
});

describe('what is done about a difference', () => {
  it.each(['lost', 'doubled'] as const)('tells a %s figure again', (found) => expect(actionOn(edit({ class: found }))).toBe('told again'));

  it.each(['late', 'unmapped', 'vendor_lag'] as const)('does nothing about one that is %s', (found) =>
    expect(actionOn(edit({ class: found }))).toBeNull(),
  );

  it('follows the strategy of a figure that was set there', () => {
    expect(actionOn(edit())).toBe('told again');
    expect(actionOn(edit({ strategy: 'channel_wins' }))).toBe('made ours');
    expect(actionOn(edit({ strategy: 'lower_wins' }))).toBe('told again');
    expect(actionOn(edit({ strategy: 'lower_wins', theirs: 8, isSettled: true }))).toBe('made ours');
    expect(actionOn(edit({ strategy: 'manual' }))).toBe('waits for a decision');
  });

  it.each(['master_wins', 'channel_wins', 'lower_wins'] as const)(
    'neither books nor raises a lower figure while an order may explain it: %s',
    (strategy) => {
      expect(actionOn(edit({ strategy, theirs: 9 }))).toBe('waits for an order that may explain it');
      expect(actionOn(edit({ strategy, theirs: 9, isSettled: true }))).not.toContain('waits');
    },
  );
});
