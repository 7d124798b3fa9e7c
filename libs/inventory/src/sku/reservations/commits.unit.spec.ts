import { committed, expired, issued, placed, received, released, reversed } from '../../../test/events.js';
import { commit, reverse } from '../../../test/commands.js';
import { fold, given } from '../../../test/given.js';
import { noon } from '../../../test/times.js';
import { decideSku } from '../../index.js';

const held = [received('BER', 5), received('HAM', 5), placed('r1', { BER: 3, HAM: 2 })];
const wholly = committed('r1', { BER: 3, HAM: 2 });

describe('committing a reservation', () => {
  it('takes all that is held off for good', () => {
    given(...held)
      .when(commit('r1'))
      .then(wholly);
    expect(fold([...held, wholly]).balances.get('BER')).toEqual({ onHand: 2, reserved: 0, safetyStock: 0 });
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
      .thenRefused('unknown_reservation');
  });
});

describe('taking back a commit of a reservation that is forgotten', () => {
  const one = { reservationId: 'gone', commitId: 'one', orderId: 'order of gone' };
  const past = [
    received('BER', 5),
    placed('gone', { BER: 3 }),
    committed('gone', { BER: 1 }, { ...one, openUnits: 2 }),
    committed('gone', { BER: 2 }, { ...one, commitId: 'two' }),
  ];
  const forgotten = () => {
    const state = fold(past);
    state.ended.clear();
    return state;
  };
  const wish = { ...reverse('gone', 'two'), orderId: 'order of gone' };

  it('gives back what the books still show of that commit', () =>
    expect(decideSku(forgotten(), wish)).toStrictEqual({
      kind: 'accepted',
      events: [reversed('gone', { BER: 2 }, { ...one, commitId: 'two' })],
    }));

  it('gives back nothing where they show nothing', () =>
    expect(decideSku(forgotten(), { ...wish, commitCommandId: 'three' })).toEqual({ kind: 'accepted', events: [] }));

  it('needs the order', () => {
    const { orderId: _, ...unnamed } = wish;
    expect(decideSku(forgotten(), unnamed)).toMatchObject({ kind: 'refused', code: 'unknown_reservation' });
  });

  it('takes the commit that is named, of several', () => {
    given(...past)
      .when(reverse('gone', 'two'))
      .then(reversed('gone', { BER: 2 }, { ...one, commitId: 'two' }));
    given(...past)
      .when(reverse('gone', 'three'))
      .thenRefused('unknown_commit', { commitId: 'three' });
  });
});
