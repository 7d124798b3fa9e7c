import { commit, place } from '../../../test/commands.js';
import { committed, expired, placed, received, released, reversed } from '../../../test/events.js';
import { fold, given } from '../../../test/given.js';
import { throughSnapshot } from '../../../test/through-snapshot.js';
import { noon } from '../../../test/times.js';
import { decideSku, type ReservationPlaced, type SkuEvent } from '../../index.js';

const ofOrder = { orderId: 'O-1' };
const first = placed('r1', { BER: 2 }, ofOrder);
const again = (fields: Partial<Parameters<typeof place>[1]> = {}) => place('r2', { ...ofOrder, quantity: 2, ...fields });
const second = (units = 2, fields: Partial<ReservationPlaced> = {}) => placed('r2', { BER: units }, { ...ofOrder, ...fields });
const held = [received('BER', 9), first];

describe('a second hold for an order', () => {
  it.each([1, 2, 3])('is refused while the first is open, which is named, for the same units and for others: %i', (quantity) => {
    given(...held)
      .when(again({ quantity }))
      .thenRefused('order_held', { reservationId: 'r1', requested: 2, state: 'held' });
  });

  it('is refused also where the first is committed in part', () => {
    given(...held, committed('r1', { BER: 1 }, { ...ofOrder, openUnits: 1 }))
      .when(again())
      .thenRefused('order_held', { reservationId: 'r1', requested: 2 });
  });

  it('is refused for the units that were committed, and placed for others: these are more of the order', () => {
    const sold = [...held, committed('r1', { BER: 2 }, ofOrder)];
    given(...sold)
      .when(again())
      .thenRefused('order_held', { reservationId: 'r1', state: 'committed' });
    given(...sold)
      .when(again({ quantity: 3 }))
      .then(second(3));
  });

  it.each<[string, readonly SkuEvent[]]>([
    ['released', [released('r1', { BER: 2 })]],
    ['expired', [expired('r1', { BER: 2 })]],
    ['taken back', [committed('r1', { BER: 2 }, ofOrder), reversed('r1', { BER: 2 }, ofOrder)]],
  ])('is placed once the first is %s', (_, end) => {
    given(...held, ...end)
      .when(again())
      .then(second());
  });

  it('is placed where the first is overdue, which ends by that', () => {
    given(...held)
      .when(again({ at: noon }))
      .then(expired('r1', { BER: 2 }), second(2, { expiresAt: noon + 7_200_000 }));
  });

  it("is placed for another channel's order of the same name", () => {
    given(...held)
      .when(again({ channelId: 'web' }))
      .then(second(2, { channelId: 'web' }));
    given(received('BER', 9), placed('r1', { BER: 2 }, { ...ofOrder, channelId: 'web' }))
      .when(again({ channelId: 'web' }))
      .thenRefused('order_held', { reservationId: 'r1' });
  });

  it('is known to be one after a snapshot', () => {
    const sold = [...held, committed('r1', { BER: 2 }, ofOrder)];
    const more = [...sold, second(3), released('r2', { BER: 3 })];
    for (const past of [held, sold, [...held, released('r1', { BER: 2 })], more]) {
      const state = fold(past);
      expect(throughSnapshot(state).orders).toEqual(state.orders);
      const later = place('r3', { ...ofOrder, quantity: 2 });
      expect(decideSku(throughSnapshot(state), later)).toEqual(decideSku(state, later));
    }
  });

  it('is forgotten with the reservation', () => {
    const others = Array.from({ length: 1_100 }, (_, index) => {
      const id = `other ${String(index)}`;
      return [placed(id, { BER: 1 }), committed(id, { BER: 1 })];
    }).flat();
    const state = fold([received('BER', 2_000), first, committed('r1', { BER: 2 }, ofOrder), ...others]);
    expect(state.orders.size).toBe(state.ended.size);
    expect(decideSku(state, again())).toMatchObject({ kind: 'accepted' });
    expect(decideSku(state, commit('r1'))).toMatchObject({ kind: 'refused', code: 'unknown_reservation' });
  });
});
