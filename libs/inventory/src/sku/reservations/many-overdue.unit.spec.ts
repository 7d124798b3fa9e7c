import { mayWait, waits } from '../../../test/back-orders.js';
import { adjust, move, place, ship } from '../../../test/commands.js';
import { allocated, declared, placed, received } from '../../../test/events.js';
import { fold } from '../../../test/given.js';
import { evening, morning } from '../../../test/times.js';
import { checkInvariants, decideSku, type SkuCommand, type SkuEvent } from '../../index.js';
import { OVERDUE_ENDED_AT_ONCE } from '../limits.js';

const HOLDS = OVERDUE_ENDED_AT_ONCE + 2;
const overdue = [
  received('BER', HOLDS),
  ...Array.from({ length: HOLDS }, (_, index) =>
    placed(`r${String(index).padStart(5, '0')}`, { BER: 1 }, { channelId: 'web', holderId: 'eve' }),
  ),
];
const plain = fold(overdue);
const limited = fold([...overdue, allocated('web', { holderUnits: HOLDS })]);

/** How many of them the decision ends; the code where it is refused. */
function ended(command: SkuCommand, state = plain): number | string {
  const decision = decideSku(state, { ...command, at: evening });
  if (decision.kind === 'refused') return decision.code;
  return decision.events.filter(({ type }) => type === 'ReservationExpired').length;
}

describe('a decision on stock that very many overdue holds keep', () => {
  it.each<[name: string, take: (quantity: number) => SkuCommand, state: typeof plain]>([
    ['an adjustment', (quantity) => adjust('BER', -quantity), plain],
    ['a move', (quantity) => move('BER', 'HAM', quantity), plain],
    ['a shipment', (quantity) => ship('BER', 'HAM', quantity), plain],
    ['a reservation', (quantity) => place('new', { quantity }), plain],
    ['a reservation within limits', (quantity) => place('new', { quantity, channelId: 'web', holderId: 'eve' }), limited],
  ])('ends so many at once, and more only as far as it needs them: %s', (_, take, state) => {
    expect(ended(take(1), state)).toBe(OVERDUE_ENDED_AT_ONCE);
    expect(ended(take(OVERDUE_ENDED_AT_ONCE), state)).toBe(OVERDUE_ENDED_AT_ONCE);
    expect(ended(take(OVERDUE_ENDED_AT_ONCE + 1), state)).toBe(OVERDUE_ENDED_AT_ONCE + 1);
    expect(ended(take(HOLDS), state)).toBe(HOLDS);
    expect(typeof ended(take(HOLDS + 1), state)).toBe('string');
  });
});

describe('the line, where very many overdue holds are not written down yet', () => {
  it('ends one of a channel, and its floor is kept from whoever comes in that moment', () => {
    const past: readonly SkuEvent[] = [
      received('BER', HOLDS),
      mayWait(),
      declared('po-1', 9),
      ...Array.from({ length: OVERDUE_ENDED_AT_ONCE }, (_, index) => placed(`h${String(index)}`, { BER: 1 }, { expiresAt: morning })),
      waits('w', 2, { takes: placed('w', { BER: 2 }).takes, expiresAt: morning, channelId: 'web' }),
      allocated('web', { floor: 4 }),
    ];
    const decision = decideSku(fold(past), place('new', { quantity: HOLDS - 2 }));
    expect(decision).toMatchObject({ kind: 'refused', code: 'protected_for_channels' });
    const less = decideSku(fold(past), place('new', { quantity: HOLDS - 4 }));
    const story = less.kind === 'accepted' ? less.events : [];
    expect(story.length).toBeGreaterThan(OVERDUE_ENDED_AT_ONCE);
    const dated = [...past.map((event) => ({ event, at: 0 })), ...story.map((event) => ({ event, at: evening }))];
    expect(checkInvariants(dated)).toEqual([]);
  });
});
