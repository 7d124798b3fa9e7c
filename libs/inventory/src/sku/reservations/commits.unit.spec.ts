import { committed, expired, issued, level, placed, received, released, reversed } from '../../../test/events.js';
import { commit, reportLevel, reverse } from '../../../test/commands.js';
import { at, fold, given } from '../../../test/given.js';
import { evening, morning, noon } from '../../../test/times.js';

const held = [received('BER', 5), received('HAM', 5), placed('r1', { BER: 3, HAM: 2 })];
const wholly = committed('r1', { BER: 3, HAM: 2 });

describe('committing a reservation', () => {
  it('takes all that is held off for good', () => {
    given(...held)
      .when(commit('r1'))
      .then(wholly);
    expect(fold([...held, wholly]).balances.get('BER')).toEqual({ onHand: 2, reserved: 0, safetyStock: 0, held: 0 });
  });

  it('takes a part in the order of the takes, and the rest later', () => {
    const part = committed('r1', { BER: 3, HAM: 1 }, { openUnits: 1 });
    given(...held)
      .when(commit('r1', { quantity: 4 }))
      .then(part);
    given(...held, part)
      .when(commit('r1', { commandId: 'rest' }))
      .then(committed('r1', { HAM: 1 }, { commitId: 'rest' }));
  });

  it('refuses more than is held', () => {
    given(...held)
      .when(commit('r1', { quantity: 6 }))
      .thenRefused('quantity_exceeds_open', { requested: 6, open: 5 });
    given(...held)
      .when(commit('r1', { quantity: 0 }))
      .thenRefused('invalid_quantity');
  });

  it('comes too late once the hold is overdue, also when nobody has ended it', () => {
    given(...held)
      .when(commit('r1', { at: noon }))
      .thenRefused('reservation_expired', { state: 'expired', expiresAt: noon });
    given(...held)
      .when(commit('r1', { at: noon - 1 }))
      .then(wholly);
  });

  it('changes nothing when it comes again', () => {
    given(...held, wholly)
      .when(commit('r1'))
      .thenNothing();
    given(...held, wholly)
      .when(commit('r1', { commandId: 'other' }))
      .thenNothing();
    given(...held, wholly)
      .when(commit('r1', { commandId: 'other', quantity: 5 }))
      .thenNothing();
    given(...held, committed('r1', { BER: 1 }, { openUnits: 4 }))
      .when(commit('r1', { quantity: 1 }))
      .thenNothing();
  });

  it('is refused against another end, which it names', () => {
    given(...held, released('r1', { BER: 3, HAM: 2 }))
      .when(commit('r1'))
      .thenRefused('reservation_released', { state: 'released' });
    given(...held, expired('r1', { BER: 3, HAM: 2 }))
      .when(commit('r1'))
      .thenRefused('reservation_expired', { state: 'expired' });
    given(...held, wholly)
      .when(commit('r1', { commandId: 'other', quantity: 1 }))
      .thenRefused('reservation_committed');
    given(...held)
      .when(commit('r9'))
      .thenRefused('unknown_reservation');
  });
});

describe('taking a commit back', () => {
  it('makes its units free', () => {
    given(...held, wholly)
      .when(reverse('r1'))
      .then(reversed('r1', { BER: 3, HAM: 2 }));
    const state = fold([...held, wholly, reversed('r1', { BER: 3, HAM: 2 })]);
    expect([...state.balances.values()].map(({ onHand, reserved }) => [onHand, reserved])).toEqual([
      [5, 0],
      [5, 0],
    ]);
  });

  it('takes back the commit that it names and leaves the others', () => {
    const parts = [committed('r1', { BER: 2 }, { commitId: 'first', openUnits: 3 }), committed('r1', { BER: 1, HAM: 2 })];
    given(...held, ...parts)
      .when(reverse('r1', 'first'))
      .then(reversed('r1', { BER: 2 }, { commitId: 'first' }));
    const state = fold([...held, ...parts, reversed('r1', { BER: 2 }, { commitId: 'first' })]);
    expect(state.ended.get('r1')).toMatchObject({
      committed: [
        { locationId: 'BER', quantity: 1 },
        { locationId: 'HAM', quantity: 2 },
      ],
    });
  });

  it('leaves what is still held as it is', () => {
    const part = committed('r1', { BER: 2 }, { openUnits: 3 });
    given(...held, part)
      .when(reverse('r1'))
      .then(reversed('r1', { BER: 2 }));
    expect(fold([...held, part, reversed('r1', { BER: 2 })]).reservations.get('r1')).toMatchObject({
      takes: [
        { locationId: 'BER', quantity: 1 },
        { locationId: 'HAM', quantity: 2 },
      ],
      committed: [],
    });
  });

  it('brings nothing back that the ERP has issued meanwhile, and sets it off against a later commit', () => {
    const gone = issued('BER', 3, { orderId: 'order of r1', acknowledgedUnits: 3 });
    const back = reversed('r1', { BER: 3, HAM: 2 }, { restored: [{ locationId: 'HAM', quantity: 2 }] });
    given(...held, wholly, gone)
      .when(reverse('r1'))
      .then(back);
    given(...held, wholly, gone, back, placed('r2', { HAM: 4 }, { orderId: 'order of r1' }))
      .when(commit('r2'))
      .then(committed('r2', { HAM: 4 }, { orderId: 'order of r1', alreadyIssued: [{ locationId: 'HAM', quantity: 3 }] }));
  });

  it('changes nothing when it comes again', () => {
    given(...held, wholly, reversed('r1', { BER: 3, HAM: 2 }))
      .when(reverse('r1'))
      .thenNothing();
  });

  it('keeps the commit from being made again', () => {
    const undone = [...held, wholly, reversed('r1', { BER: 3, HAM: 2 })];
    given(...undone)
      .when(commit('r1'))
      .thenRefused('commit_reversed', { commitId: 'commit of r1' });
    given(...undone)
      .when(commit('r1', { commandId: 'other' }))
      .thenRefused('reservation_released', { state: 'reversed' });
  });

  it('is refused where there is no such commit or reservation', () => {
    given(...held)
      .when(reverse('r1'))
      .thenRefused('unknown_commit');
    given(...held)
      .when(reverse('r9'))
      .thenRefused('commit_forgotten');
  });
});

describe('taking back a commit that is forgotten', () => {
  const sold = [received('BER', 3_000), placed('r1', { BER: 3 }), committed('r1', { BER: 3 })];
  const others = Array.from({ length: 1_100 }, (_, index) => {
    const id = `other ${String(index)}`;
    return [placed(id, { BER: 1 }), committed(id, { BER: 1 })];
  }).flat();
  const units = [{ locationId: 'BER', quantity: 3 }];
  const past = { takes: units, unposted: units };
  /** Later than a SKU remembers what has just ended. */
  const forgotten = [...sold, ...others.map((event) => at(noon, event))];

  it('asks for what the stream says: without it nobody knows whose the units are', () => {
    given(...forgotten)
      .when(reverse('r1'))
      .thenRefused('commit_forgotten', { commitId: 'commit of r1' });
  });

  it('asks for it too where only the journal has forgotten', () => {
    given(...sold, ...others.map((event) => at(morning + 1, event)))
      .when(reverse('r1'))
      .thenRefused('commit_forgotten', { commitId: 'commit of r1' });
  });

  it('restores what no ERP has posted', () => {
    given(...forgotten)
      .when(reverse('r1', 'commit of r1', { past }))
      .then(reversed('r1', { BER: 3 }));
    const state = fold([...forgotten, reversed('r1', { BER: 3 })]);
    expect(state.balances.get('BER')).toMatchObject({ onHand: 1_900, reserved: 0 });
    given(...forgotten)
      .when(reverse('r1', 'commit of r1', { past: { takes: units, unposted: [] } }))
      .then(reversed('r1', { BER: 3 }, { restored: [] }));
  });

  it('leaves the next figure of an ERP as right as before', () => {
    given(...forgotten, reversed('r1', { BER: 3 }))
      .when(reportLevel('BER', 3_000, noon + 1, { at: evening }))
      .then(level('BER', 3_000, noon + 1, { unpostedUnits: -1_100, delta: 0 }));
  });

  it('changes nothing when it comes again', () => {
    given(...forgotten, at(noon, reversed('r1', { BER: 3 })))
      .when(reverse('r1', 'commit of r1', { past }))
      .thenNothing();
  });
});
