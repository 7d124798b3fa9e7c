import { decideSku, evolveSku, initialSkuState, type SkuCommand } from '../../index.js';
import { commit, issue, place, receive, record, reportLevel } from '../../../test/commands.js';
import { hour, minute } from '../../../test/times.js';
import { Movements, type StockMovement } from './movements.js';

const clock = (hours: number, minutes = 0): number => hours * hour + minutes * minute;
const told = <Command extends SkuCommand>(at: number, command: Command): Command => ({ ...command, at });

/** The table of docs/decisions/0093-two-clocks.md, row by row: when it was told, what, and on hand by then at each time. */
const TIMES = [clock(8), clock(9), clock(10), clock(11), clock(12)];
const day: readonly (readonly [what: string, command: SkuCommand, onHand: readonly number[]])[] = [
  ['8:00 level 100 as of 8:00', told(clock(8), reportLevel('BER', 100, clock(8))), [100, 100, 100, 100, 100]],
  ['9:30 A is held', told(clock(9, 30), place('A', { quantity: 4 })), [100, 100, 100, 100, 100]],
  ['9:30 A commits 4', told(clock(9, 30), commit('A')), [100, 100, 96, 96, 96]],
  ['10:40 level 121 as of 10:30', told(clock(10, 40), reportLevel('BER', 121, clock(10, 30))), [100, 100, 96, 117, 117]],
  [
    '11:10 receipt of 20, posted 8:30',
    told(clock(11, 10), receive('BER', 20, { connectionId: 'erp', effectiveAt: clock(8, 30) })),
    [100, 120, 116, 117, 117],
  ],
  [
    '11:20 issue of A, posted 10:15',
    told(clock(11, 20), issue('BER', 4, { orderId: 'order of A', effectiveAt: clock(10, 15) })),
    [100, 120, 116, 121, 121],
  ],
  ['12:00 count of 119 at 11:30', told(clock(12), record('BER', 119, { effectiveAt: clock(11, 30) })), [100, 120, 116, 121, 119]],
];

/** On hand at each of the times, after each command. */
function onHandAfter(commands: readonly SkuCommand[], times: readonly number[]): readonly (readonly number[])[] {
  const state = initialSkuState();
  const stream = new Movements();
  const movements: StockMovement[] = [];
  return commands.map((command) => {
    const decision = decideSku(state, command);
    for (const event of decision.kind === 'accepted' ? decision.events : []) {
      movements.push(...stream.of(state, event, command.at, command.at));
      evolveSku(state, event, command.at);
    }
    return times.map((time) => movements.filter(({ effectiveAt }) => effectiveAt <= time).reduce((sum, { onHand }) => sum + onHand, 0));
  });
}

describe('the worked example of the two clocks', () => {
  it('comes out as the table says', () => {
    const found = onHandAfter(
      day.map(([, command]) => command),
      TIMES,
    );
    expect(found).toEqual(day.map(([, , onHand]) => onHand));
  });
});

describe('an order that the ERP posted before its commit came', () => {
  const story = [
    told(clock(10), reportLevel('BER', 100, clock(10))),
    told(clock(11), place('A', { quantity: 4 })),
    told(clock(11), commit('A')),
  ];
  const late = { orderId: 'order of A', effectiveAt: clock(9, 30) };

  it('left once: what a figure contained already comes back when the commit took it off again', () => {
    const commands = [...story, told(clock(12), issue('BER', 4, late))];
    expect(onHandAfter(commands, [clock(10, 30), clock(11, 30)]).slice(2)).toEqual([
      [100, 96],
      [100, 100],
    ]);
  });

  it('also where a count had seen that it was gone', () => {
    const commands = [
      record('BER', 50, { at: clock(10, 15), effectiveAt: clock(10, 15) }),
      ...story.slice(1),
      told(clock(12), issue('BER', 4, late)),
    ];
    expect(onHandAfter(commands, [clock(9, 45), clock(10, 30), clock(11, 30)]).slice(2)).toEqual([
      [0, 50, 46],
      [0, 50, 50],
    ]);
  });
});

describe('the end of a hold', () => {
  it('counts from when it ran out, however late that was recorded, and other facts never before they were told', () => {
    const state = initialSkuState();
    const stream = new Movements();
    const run = (command: SkuCommand): readonly StockMovement[] => {
      const decision = decideSku(state, command);
      return (decision.kind === 'accepted' ? decision.events : []).flatMap((event) => {
        const moved = stream.of(state, event, command.at, command.at);
        evolveSku(state, event, command.at);
        return moved;
      });
    };
    run(told(clock(8), receive('BER', 5)));
    run(told(clock(9), place('A', { ttlMs: hour })));
    const expired = run({ type: 'ExpireReservation', at: clock(14), commandId: 'x', reservationId: 'A' });
    expect(expired).toMatchObject([{ effectiveAt: clock(10), reserved: -1 }]);
    const ahead = run(told(clock(15), receive('BER', 1, { effectiveAt: clock(20), messageId: 'from the future' })));
    expect(ahead.map(({ effectiveAt }) => effectiveAt)).toContain(clock(15));
  });
});
