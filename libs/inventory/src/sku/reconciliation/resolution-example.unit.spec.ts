import { decideSku, evolveSku, initialSkuState, type SkuCommand } from '../../index.js';
import { commit, issue, place, receive, reportLevel } from '../../../test/commands.js';
import { hour, minute } from '../../../test/times.js';

const clock = (hours: number, minutes = 0): number => hours * hour + minutes * minute;
const order = (name: string) => ({ orderId: `order of ${name}` });

/** The table of docs/decisions/0001-resolution-of-erp-figures.md, row by row. */
const day: readonly (readonly [what: string, command: SkuCommand, onHand: number])[] = [
  ['level 100 as of 8:00', reportLevel('BER', 100, clock(8)), 100],
  ['A is held', place('A', { at: clock(9), quantity: 4 }), 100],
  ['A commits 4', commit('A', { at: clock(9) }), 96],
  ['level 100 as of 9:30', reportLevel('BER', 100, clock(9, 30)), 96],
  ['level 96 as of 11:30', reportLevel('BER', 96, clock(11, 30)), 92],
  ['issue of A, posted 11:00', issue('BER', 4, { ...order('A'), effectiveAt: clock(11) }), 96],
  ['B is held', place('B', { at: clock(12, 30), quantity: 6 }), 96],
  ['B commits 6', commit('B', { at: clock(12, 30) }), 90],
  ['receipt of 20, posted 12:45', receive('BER', 20, { connectionId: 'erp', effectiveAt: clock(12, 45) }), 110],
  ['level 100 as of 10:30, late', reportLevel('BER', 100, clock(10, 30)), 110],
  ['issue of B, posted 20:00', issue('BER', 6, { ...order('B'), effectiveAt: clock(20) }), 110],
  ['level 110 as of 20:30', reportLevel('BER', 110, clock(20, 30)), 110],
];

describe('the worked example of the resolution of ERP figures', () => {
  it('comes out as the table says', () => {
    const state = initialSkuState();
    const found = day.map(([what, command]) => {
      const decision = decideSku(state, command);
      for (const event of decision.kind === 'accepted' ? decision.events : []) evolveSku(state, event, command.at);
      return [what, state.balances.get('BER')?.onHand];
    });
    expect(found).toEqual(day.map(([what, , onHand]) => [what, onHand]));
  });
});
