import { committed, issued, placed, received } from '../../../test/events.js';
import { commit } from '../../../test/commands.js';
import { fold, given } from '../../../test/given.js';
import { addIssuedAhead, keepIssuedAhead, setOff } from './issued-ahead.js';
import { ISSUED_AHEAD_KEPT } from '../limits.js';
import { initialSkuState } from '../state.js';

const at = (locationId: string, quantity: number) => ({ locationId, quantity });

describe('a commit that an ERP has issued ahead', () => {
  it('is set off at its own location first, then wherever goods left from', () => {
    expect(setOff([at('BER', 2), at('HAM', 1)], [at('HAM', 1), at('BER', 1)])).toEqual({
      alreadyIssued: [at('HAM', 1), at('BER', 1)],
      left: [at('BER', 1)],
    });
    expect(setOff([at('BER', 3)], [at('HAM', 1), at('BER', 1)])).toEqual({
      alreadyIssued: [at('HAM', 1), at('BER', 1)],
      left: [at('BER', 1)],
    });
  });

  it('is set off as far as was issued, and no further', () => {
    expect(setOff([at('BER', 1)], [at('BER', 3), at('HAM', 1)])).toEqual({ alreadyIssued: [at('BER', 1)], left: [] });
    expect(setOff([], [at('BER', 3)])).toEqual({ alreadyIssued: [], left: [] });
  });

  it('keeps what was issued at the own location for a take that comes later in the list', () => {
    expect(setOff([at('BER', 1), at('HAM', 1)], [at('HAM', 2), at('BER', 1)])).toEqual({
      alreadyIssued: [at('HAM', 1), at('BER', 1)],
      left: [],
    });
  });

  it('leaves the rest of the issue for the next commit of the order', () => {
    const ahead = issued('BER', 3, { orderId: 'order of r1', unmatchedUnits: 3, delta: -3 });
    const first = committed('r1', { BER: 2 }, { alreadyIssued: [at('BER', 2)], openUnits: 2 });
    const past = [received('BER', 5), placed('r1', { BER: 4 }), ahead];
    given(...past)
      .when(commit('r1', { quantity: 2 }))
      .then(first);
    given(...past, first)
      .when(commit('r1', { commandId: 'rest' }))
      .then(committed('r1', { BER: 2 }, { commitId: 'rest', alreadyIssued: [at('BER', 1)] }));
    expect(fold([...past, first]).issuedAhead.get('order of r1')).toEqual([at('BER', 1)]);
    const both = [...past, first, committed('r1', { BER: 2 }, { commitId: 'rest', alreadyIssued: [at('BER', 1)] })];
    expect(fold(both).issuedAhead.size).toBe(0);
  });
});

describe('what was issued ahead', () => {
  it('adds up by location, and nothing is nothing', () => {
    const state = initialSkuState();
    addIssuedAhead(state, 'o1', at('BER', 1));
    addIssuedAhead(state, 'o1', at('BER', 2));
    addIssuedAhead(state, 'o2', at('BER', 0));
    expect([...state.issuedAhead]).toEqual([['o1', [at('BER', 3)]]]);
  });

  it('is forgotten once nothing is left, and the oldest orders where there are too many', () => {
    const state = initialSkuState();
    for (let order = 0; order <= ISSUED_AHEAD_KEPT; order += 1) keepIssuedAhead(state, `o${String(order)}`, [at('BER', 1)]);
    expect(state.issuedAhead.size).toBe(ISSUED_AHEAD_KEPT);
    expect(state.issuedAhead.has('o0')).toBe(false);
    keepIssuedAhead(state, 'o1', []);
    expect(state.issuedAhead.has('o1')).toBe(false);
  });
});
