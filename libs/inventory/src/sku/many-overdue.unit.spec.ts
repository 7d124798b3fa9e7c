import { adjust, move, place, ship } from '../../test/commands.js';
import { allocated, placed, received } from '../../test/events.js';
import { fold } from '../../test/given.js';
import { evening } from '../../test/times.js';
import { decideSku, type SkuCommand } from '../index.js';
import { OVERDUE_ENDED_AT_ONCE } from './limits.js';

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
