import { commit, place } from '../../../test/commands.js';
import { committed, placed, received } from '../../../test/events.js';
import { fold, given } from '../../../test/given.js';
import { throughSnapshot } from '../../../test/through-snapshot.js';
import { hour } from '../../../test/times.js';
import { decideSku } from '../decide.js';

const stock = received('BER', 5);
const told = placed('r1', { BER: 3 }, { soldAt: 8 * hour });

describe('a sale that says when it was made', () => {
  it('is placed with its time, which the commit takes over', () => {
    const asked = { ...place('r1', { quantity: 3 }), soldAt: 8 * hour };
    const decision = decideSku(fold([stock]), asked);
    expect(decision).toMatchObject({ kind: 'accepted', events: [{ type: 'ReservationPlaced', soldAt: 8 * hour }] });
    given(stock, told)
      .when(commit('r1'))
      .then(committed('r1', { BER: 3 }, { soldAt: 8 * hour }));
  });

  it('has the time of its commit where that says one, and each part has its own', () => {
    const part = committed('r1', { BER: 1 }, { openUnits: 2, soldAt: 9 * hour });
    given(stock, told)
      .when(commit('r1', { quantity: 1, soldAt: 9 * hour }))
      .then(part);
    given(stock, told, part)
      .when(commit('r1', { commandId: 'rest' }))
      .then(committed('r1', { BER: 2 }, { commitId: 'rest', soldAt: 8 * hour }));
  });

  it('keeps its time over a snapshot, also beside one that says none', () => {
    const state = throughSnapshot(fold([stock, placed('r0', { BER: 1 }), told]));
    const soldAt = (id: string): unknown => {
      const decision = decideSku(state, commit(id, { commandId: `commit of ${id}` }));
      return decision.kind === 'accepted' ? decision.events : decision;
    };
    expect(soldAt('r1')).toMatchObject([{ soldAt: 8 * hour }]);
    expect(JSON.stringify(soldAt('r0'))).not.toContain('soldAt');
  });

  it('stores no time where nobody says one: the events are as they were before', () => {
    const decision = decideSku(fold([stock, placed('r1', { BER: 3 })]), commit('r1'));
    const before =
      '[{"type":"ReservationCommitted","reservationId":"r1","commitId":"commit of r1","orderId":"order of r1",' +
      '"takes":[{"locationId":"BER","quantity":3}],"alreadyIssued":[],"openUnits":0}]';
    expect(decision.kind === 'accepted' && JSON.stringify(decision.events)).toBe(before);
    const placing = decideSku(fold([stock]), place('r1', { quantity: 3 }));
    expect(placing.kind === 'accepted' && Object.keys(placing.events[0] ?? {})).toEqual([
      'type',
      'reservationId',
      'orderId',
      'takes',
      'expiresAt',
      'requestHash',
      'requested',
    ]);
  });
});
