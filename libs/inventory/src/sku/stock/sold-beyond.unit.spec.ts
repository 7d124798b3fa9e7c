import { adjust, commit, issue, place, reportLevel } from '../../../test/commands.js';
import { adjusted, committed, issued, level, placed, received } from '../../../test/events.js';
import { fold, given } from '../../../test/given.js';
import { hour, noon } from '../../../test/times.js';
import { reservationOfOrder } from '../reservations/orders.js';

const sale = { mayUncoverPromises: true, reasonCode: 'channel_sale', orderId: 'O1' };
const sold = adjusted('BER', -2, { reasonCode: 'channel_sale', orderId: 'O1', commandId: 'sale' });

describe('a sale beyond what was free', () => {
  it('is a fact: on hand may fall below zero and below what is promised', () => {
    given(received('BER', 1), placed('r1', { BER: 1 }))
      .when(adjust('BER', -2, sale))
      .then(adjusted('BER', -2, { reasonCode: 'channel_sale', orderId: 'O1' }));
    expect(fold([received('BER', 1), sold]).balances.get('BER')?.onHand).toBe(-1);
  });

  it('is acknowledged by the goods issue of its order, which lowers on hand no further', () => {
    given(received('BER', 1), sold)
      .when(issue('BER', 2, { orderId: 'O1' }))
      .then(issued('BER', 2, { orderId: 'O1', acknowledgedUnits: 2, delta: 0 }));
  });

  it('is no part of a figure of the ERP that is older than its posting', () => {
    const figure = level('BER', 5, noon - hour);
    given(figure, sold)
      .when(reportLevel('BER', 5, noon))
      .then(level('BER', 5, noon, { unpostedUnits: -2, delta: 0 }));
  });

  it('lowers nothing again for units that the ERP issued before', () => {
    const ahead = issued('BER', 1, { orderId: 'O1', unmatchedUnits: 1, delta: -1 });
    given(received('BER', 3), ahead)
      .when(adjust('BER', -2, sale))
      .then(adjusted('BER', -1, { reasonCode: 'channel_sale', orderId: 'O1', alreadyIssuedUnits: 1, commandId: 'adjusted BER -2' }));
    const after = fold([received('BER', 3), ahead, { ...sold, delta: -1, alreadyIssuedUnits: 1 }]);
    expect(after.balances.get('BER')?.onHand).toBe(1);
    expect(after.issuedAhead.size).toBe(0);
  });
});

describe('units that come back from an order', () => {
  const back = adjusted('BER', 2, { reasonCode: 'channel_return', orderId: 'O1', commandId: 'back' });

  it('are no longer expected to be issued by the ERP', () => {
    given(received('BER', 1), sold, back)
      .when(issue('BER', 2, { orderId: 'O1' }))
      .then(issued('BER', 2, { orderId: 'O1', unmatchedUnits: 2, delta: -2 }));
  });

  it('are a movement of their time where the ERP has issued them', () => {
    const posted = issued('BER', 2, { orderId: 'O1', acknowledgedUnits: 2, delta: 0 });
    const state = fold([received('BER', 1), sold, posted, back]);
    expect(state.balances.get('BER')?.onHand).toBe(1);
    const journal = state.journals.get('BER');
    const dated = journal?.dated.reduce((units, { delta }) => units + delta, 0) ?? 0;
    expect((journal?.figure ?? 0) + dated).toBe(1);
  });
});

describe('placing units that are sold already', () => {
  it('adds to an order that has as many', () => {
    const past = [received('BER', 4), placed('r1', { BER: 2 }, { orderId: 'O1' }), committed('r1', { BER: 2 }, { orderId: 'O1' })];
    given(...past)
      .when(place('r2', { quantity: 2, orderId: 'O1' }))
      .thenRefused('order_held', { reservationId: 'r1', requested: 2, state: 'committed' });
    given(...past)
      .when(place('r2', { quantity: 2, orderId: 'O1', sold: true }))
      .then(placed('r2', { BER: 2 }, { orderId: 'O1' }));
    expect(reservationOfOrder(fold(past), { orderId: 'O1', channelId: undefined })).toBe('r1');
    given(...past, placed('r2', { BER: 2 }, { orderId: 'O1' }))
      .when(commit('r2'))
      .then(committed('r2', { BER: 2 }, { orderId: 'O1' }));
  });
});
