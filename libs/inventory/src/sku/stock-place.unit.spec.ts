import { decideSku, evolveSku, type SkuCommand, type SkuEvent, type SkuState } from '../index.js';
import { commit, issue, release, reverse } from '../../test/commands.js';
import { placed, received } from '../../test/events.js';
import { fold } from '../../test/given.js';
import { throughSnapshot } from '../../test/through-snapshot.js';
import { comparePlaces, isSamePlace, placeAt, takeAt } from './stock-place.js';
import { firstUnits, plainTakes, together, without } from './takes.js';

/** As a version that knows bins stores it: this one has never heard of the field. */
const inBin = (locationId: string, quantity: number) => ({ locationId, binId: `${locationId} 12-A`, quantity });
const explained = (locationId: string, quantity: number) => ({ ...inBin(locationId, quantity), because: 'nearest' });

const holding = (): SkuState =>
  fold([received('BER', 9), received('HAM', 9), { ...placed('r1', {}), takes: [explained('BER', 4), explained('HAM', 2)], requested: 6 }]);

function carryOut(state: SkuState, command: SkuCommand): readonly SkuEvent[] {
  const decision = decideSku(state, command);
  if (decision.kind === 'refused') throw new Error(decision.code);
  for (const event of decision.events) evolveSku(state, event, command.at);
  return decision.events;
}

describe('a take made of another one', () => {
  it('is at the same place with all that is said of it, without the reason', () => {
    expect(takeAt(explained('BER', 4), 1)).toStrictEqual(inBin('BER', 1));
    expect(takeAt(placeAt('BER'), 2)).toStrictEqual({ locationId: 'BER', quantity: 2 });
    expect(isSamePlace(explained('BER', 4), placeAt('BER'))).toBe(true);
  });

  it('keeps its place when takes are cut, joined and told apart', () => {
    const takes = [explained('BER', 4), explained('HAM', 2)];
    expect(plainTakes(takes)).toStrictEqual([inBin('BER', 4), inBin('HAM', 2)]);
    expect(firstUnits(takes, 5)).toStrictEqual([inBin('BER', 4), inBin('HAM', 1)]);
    expect(together([inBin('BER', 1)], takes)).toStrictEqual([inBin('BER', 5), inBin('HAM', 2)]);
    expect(without([inBin('BER', 4)], [inBin('BER', 1)])).toStrictEqual([inBin('BER', 3)]);
  });

  it('stands in the order of its location', () => {
    expect(
      ['HAM', 'BER', 'BER']
        .map(placeAt)
        .sort(comparePlaces)
        .map(({ locationId }) => locationId),
    ).toEqual(['BER', 'BER', 'HAM']);
  });
});

describe('a field of a place that this version does not know', () => {
  it('comes through placement, commit, reversal, a snapshot and release', () => {
    const state = holding();
    const [committed] = carryOut(state, commit('r1', { quantity: 5, commandId: 'commit' }));
    expect(committed).toMatchObject({ takes: [inBin('BER', 4), inBin('HAM', 1)] });

    const restored = throughSnapshot(state);
    const [reversed] = carryOut(restored, reverse('r1', 'commit'));
    expect(reversed).toMatchObject({ takes: [inBin('BER', 4), inBin('HAM', 1)], restored: [inBin('BER', 4), inBin('HAM', 1)] });

    const [released] = carryOut(throughSnapshot(restored), release('r1'));
    expect(released).toMatchObject({ takes: [inBin('HAM', 1)] });
  });

  it('comes through the end of an overdue hold', () => {
    const state = holding();
    const expiresAt = state.reservations.get('r1')?.expiresAt ?? 0;
    const [expired] = carryOut(state, { type: 'ExpireReservation', commandId: 'late', reservationId: 'r1', at: expiresAt });
    expect(expired).toMatchObject({ takes: [inBin('BER', 4), inBin('HAM', 2)] });
  });

  it('comes through a commit of which an ERP had issued a part before', () => {
    const state = holding();
    carryOut(state, issue('BER', 3, { orderId: 'order of r1' }));
    const [committed] = carryOut(state, commit('r1'));
    expect(committed).toMatchObject({ alreadyIssued: [inBin('BER', 3)] });
  });
});
