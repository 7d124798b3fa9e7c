import {
  adjust,
  commit,
  declareInbound,
  expire,
  extend,
  move,
  place,
  receive,
  record,
  release,
  reportLevel,
} from '../../../test/commands.js';
import {
  allocated,
  committed,
  declared,
  described,
  expired,
  extended,
  waitsOn,
  level,
  limited,
  placed,
  promoted,
  received,
  released,
} from '../../../test/events.js';
import { at, fold, given } from '../../../test/given.js';
import { evening, hour, morning, noon } from '../../../test/times.js';
import { decideSku, outlookOf, type ReservationPlaced, type SkuEvent, type StockAdjusted } from '../../index.js';

const ten = 10 * hour;
const day = 24 * hour;
const tomorrow = noon + day;
const grace = 2 * day;
const policy = limited({ backorders: { units: 10, graceMs: grace } });
const empty = described();
const ttlMs = 2 * hour;

/** Waits for so many units of the next day, and holds some already where it says so. */
const waits = (reservationId: string, quantity: number, fields: Partial<ReservationPlaced> = {}): ReservationPlaced => {
  const units = (fields.takes ?? []).reduce((sum, take) => sum + take.quantity, 0);
  return {
    ...placed(reservationId, {}),
    expiresAt: units > 0 ? noon : tomorrow + grace,
    waiting: { quantity, expectedAt: tomorrow, ttlMs },
    requested: quantity + units,
    ...fields,
  };
};
const backorder = { backorder: true };
const adjusted = (delta: number, fields: Partial<StockAdjusted> = {}): StockAdjusted => ({
  type: 'StockAdjusted',
  commandId: `adjusted BER ${String(delta)}`,
  locationId: 'BER',
  delta,
  effectiveAt: morning,
  reasonCode: 'found',
  ...fields,
});
const one = { locationId: 'BER', quantity: 1, because: 'priority 100' };
const five = [empty, policy, declared('po-1', 5)];

describe('a reservation that is short of stock', () => {
  it('waits for what is missing where it asks to and the SKU lets it', () => {
    given(...five)
      .when(place('r1', { quantity: 3, ...backorder }))
      .then(waits('r1', 3));
    given(...five, received('BER', 1))
      .when(place('r1', { quantity: 3, ...backorder }))
      .then(waits('r1', 2, { takes: [one] }));
    given(...five, received('BER', 3))
      .when(place('r1', { quantity: 3, ...backorder }))
      .then(placed('r1', { BER: 3 }));
  });

  it('is told the date where it did not ask', () => {
    given(...five)
      .when(place('r1', { quantity: 3 }))
      .thenRefused('insufficient_stock', { available: 0, alternatives: [{ kind: 'later', at: tomorrow, because: 'inbound_supply' }] });
    given(...five)
      .when(place('r1', { quantity: 6 }))
      .thenRefused('insufficient_stock', { alternatives: [] });
    given(empty, declared('po-1', 5))
      .when(place('r1', { quantity: 3 }))
      .thenRefused('insufficient_stock', { alternatives: [] });
  });

  it('does not wait where nobody said that it may, or only others may', () => {
    given(empty, declared('po-1', 5))
      .when(place('r1', { quantity: 3, ...backorder }))
      .thenRefused('insufficient_stock', { available: 0 });
    const forWeb = limited({ backorders: { units: 10, graceMs: grace, channels: ['web'] } });
    given(empty, forWeb, declared('po-1', 5))
      .when(place('r1', { quantity: 3, ...backorder }))
      .thenRefused('insufficient_stock');
    given(empty, forWeb, declared('po-1', 5))
      .when(place('r1', { quantity: 3, channelId: 'web', ...backorder }))
      .then(waits('r1', 3, { channelId: 'web' }));
  });

  it('never waits for more than is to come and is nobody’s yet', () => {
    given(...five, waits('r1', 3))
      .when(place('r2', { quantity: 2, ...backorder }))
      .then(waits('r2', 2));
    given(...five, waits('r1', 3))
      .when(place('r2', { quantity: 3, ...backorder }))
      .thenRefused('insufficient_stock', { available: 0, alternatives: [{ kind: 'smaller_quantity', quantity: 2 }] });
    given(...five, waits('r1', 3))
      .when(place('r2', { quantity: 3, partial: true, ...backorder }))
      .then(waits('r2', 2, { requested: 3 }));
  });

  it('never waits beyond what the SKU lets wait', () => {
    given(empty, limited({ backorders: { units: 4, graceMs: grace } }), declared('po-1', 9), waits('r1', 3))
      .when(place('r2', { quantity: 2, ...backorder }))
      .thenRefused('insufficient_stock', { alternatives: [{ kind: 'smaller_quantity', quantity: 1 }] });
  });

  it('gets the date of the delivery that brings its last unit', () => {
    const later = tomorrow + 3 * day;
    const twice = [empty, policy, declared('po-2', 5, { expectedAt: later }), declared('po-1', 2)];
    given(...twice)
      .when(place('r1', { quantity: 3, ...backorder }))
      .then(waits('r1', 3, { waiting: { quantity: 3, expectedAt: later, ttlMs }, expiresAt: later + grace }));
    given(...twice, waits('r1', 1))
      .when(place('r2', { quantity: 1, ...backorder }))
      .then(waits('r2', 1));
  });

  it('is not promised a delivery that is later than the grace', () => {
    given(empty, policy, declared('po-1', 5, { expectedAt: ten - grace + 1 }))
      .when(place('r1', { quantity: 3, ...backorder }))
      .then(waits('r1', 3, { waiting: { quantity: 3, expectedAt: ten - grace + 1, ttlMs }, expiresAt: noon }));
    given(empty, policy, declared('po-1', 5, { expectedAt: ten - grace }))
      .when(place('r1', { quantity: 3, ...backorder }))
      .thenRefused('insufficient_stock');
  });

  it('waits only for what its location gets, where it may be served from nowhere else', () => {
    const both = [empty, policy, declared('po-1', 2), declared('po-2', 9, { locationId: 'HAM' })];
    given(...both)
      .when(place('r1', { quantity: 3, locationId: 'BER', ...backorder }))
      .thenRefused('insufficient_stock');
    const only = { quantity: 2, expectedAt: tomorrow, ttlMs, locationIds: ['BER'] };
    given(...both)
      .when(place('r1', { quantity: 2, locationId: 'BER', ...backorder }))
      .then(waits('r1', 2, { waiting: only }));
    given(...both, waits('r1', 2, { waiting: only }))
      .when(place('r2', { quantity: 1, locationId: 'BER', ...backorder }))
      .thenRefused('insufficient_stock');
    given(...both, waits('r1', 2, { waiting: only }))
      .when(place('r2', { quantity: 8, ...backorder }))
      .then(waits('r2', 8));
  });

  it('does not wait around a limit', () => {
    const web = { channelId: 'web' };
    given(...five, allocated('web', { cap: 2 }))
      .when(place('r1', { quantity: 3, ...web, ...backorder }))
      .thenRefused('channel_cap', { available: 2 });
    given(...five, allocated('web', { cap: 2 }), waits('r1', 1, web))
      .when(place('r2', { quantity: 2, ...web, ...backorder }))
      .thenRefused('channel_cap', { open: 1 });
    given(...five, allocated('web', { floor: 4 }))
      .when(place('r1', { quantity: 2, ...backorder }))
      .thenRefused('protected_for_channels', { available: 1 });
    given(...five, allocated('web', { floor: 4 }), received('BER', 2))
      .when(place('r1', { quantity: 1, ...backorder }))
      .thenRefused('protected_for_channels');
    given(
      empty,
      limited({ holderUnits: 2, backorders: { units: 10, graceMs: grace } }),
      declared('po-1', 5),
      waits('r1', 2, { holderId: 'ann' }),
    )
      .when(place('r2', { quantity: 1, holderId: 'ann', ...backorder }))
      .thenRefused('holder_limit', { open: 2 });
  });

  it('is not served beyond stock while others wait', () => {
    const both = limited({ overbookingUnits: 3, backorders: { units: 10, graceMs: grace } });
    given(empty, both, declared('po-1', 5), waits('r1', 2)).when(place('r2')).thenRefused('overbooking_exhausted', { left: 0 });
  });

  it('that comes again changes nothing', () => {
    given(...five, waits('r1', 3))
      .when(place('r1', { quantity: 3, ...backorder }))
      .thenNothing();
  });
});

describe('stock that becomes free serves those who wait, first come first', () => {
  const line = [empty, policy, declared('po-1', 9), waits('r1', 2), waits('r2', 3), waits('r3', 1)];
  const all = [promoted('r1', { BER: 2 }), promoted('r2', { BER: 3 }), promoted('r3', { BER: 1 })];
  const some = [promoted('r1', { BER: 2 }), promoted('r2', { BER: 1 }, { waitingUnits: 2, expiresAt: tomorrow + grace })];
  const arrival = (quantity: number): SkuEvent => received('BER', quantity, { inbound: [{ reference: 'po-1', quantity }] });

  it('when it is received', () => {
    given(...line)
      .when(receive('BER', 9))
      .then(arrival(9), ...all);
    given(...line)
      .when(receive('BER', 3))
      .then(arrival(3), ...some);
    given(...line, arrival(3), ...some)
      .when(receive('BER', 3, { messageId: 'next' }))
      .then(
        received('BER', 3, { messageId: 'next', inbound: [{ reference: 'po-1', quantity: 3 }] }),
        promoted('r2', { BER: 2 }),
        promoted('r3', { BER: 1 }),
      );
  });

  it('when it is counted, found, reported or moved to where it is of use', () => {
    given(...line)
      .when(record('BER', 2))
      .then(adjusted(2, { counted: 2, commandId: 'count', reasonCode: 'count' }), promoted('r1', { BER: 2 }));
    given(...line)
      .when(adjust('BER', 2))
      .then(adjusted(2), promoted('r1', { BER: 2 }));
    given(...line)
      .when(reportLevel('BER', 2, 9 * hour))
      .then(level('BER', 2, 9 * hour), promoted('r1', { BER: 2 }));
    const choosy = waits('r1', 2, { waiting: { quantity: 2, expectedAt: tomorrow, ttlMs, locationIds: ['BER'] } });
    given(received('HAM', 5), policy, declared('po-1', 9), choosy)
      .when(move('HAM', 'BER', 3))
      .then(
        { type: 'StockMoved', commandId: 'moved M1', fromLocationId: 'HAM', toLocationId: 'BER', quantity: 3, reference: 'M1' },
        promoted('r1', { BER: 2 }),
      );
  });

  it('when a hold is released or has run out', () => {
    const held = [received('BER', 2), placed('h', { BER: 2 }), policy, declared('po-1', 9), waits('r1', 2)];
    given(...held)
      .when(release('h'))
      .then(released('h', { BER: 2 }), promoted('r1', { BER: 2 }));
    given(...held)
      .when(expire('h', noon))
      .then(expired('h', { BER: 2 }), promoted('r1', { BER: 2 }, { expiresAt: noon + ttlMs }));
  });

  it('before anybody who comes just when it becomes free', () => {
    const held = [received('BER', 3), placed('h', { BER: 3 }), policy, declared('po-1', 9), waits('r1', 2)];
    given(...held)
      .when(place('r2', { at: noon }))
      .then(
        expired('h', { BER: 3 }),
        promoted('r1', { BER: 2 }, { expiresAt: noon + ttlMs }),
        placed('r2', { BER: 1 }, { expiresAt: noon + ttlMs }),
      );
    given(...held)
      .when(place('r2', { at: noon, quantity: 2 }))
      .thenRefused('insufficient_stock', { available: 1 });
  });

  it('passing over whom it may not serve', () => {
    const choosy = waits('r1', 2, { waiting: { quantity: 2, expectedAt: tomorrow, ttlMs, locationIds: ['HAM'] } });
    given(empty, policy, declared('po-1', 9), declared('po-2', 9, { locationId: 'HAM' }), choosy, waits('r2', 3))
      .when(receive('BER', 9))
      .then(arrival(9), promoted('r2', { BER: 3 }));
  });

  it('and covers first what was promised and is not there', () => {
    given(received('BER', 2), placed('h', { BER: 2 }), level('BER', 0, morning, { delta: -2 }), policy, declared('po-1', 9), waits('r1', 2))
      .when(receive('BER', 3, { effectiveAt: noon }))
      .then(
        received('BER', 3, { effectiveAt: noon, inbound: [{ reference: 'po-1', quantity: 3 }] }),
        promoted('r1', { BER: 1 }, { waitingUnits: 1, expiresAt: tomorrow + grace }),
      );
  });

  it('at most so many at once, and nobody new before the rest', () => {
    const many = Array.from({ length: 501 }, (_, index) => waits(`r${String(index)}`, 1));
    const past = [empty, limited({ backorders: { units: 600, graceMs: grace } }), declared('po-1', 600), ...many];
    const decision = decideSku(fold(past), receive('BER', 501));
    if (decision.kind === 'refused') throw new Error(decision.code);
    expect(decision.events.filter(({ type }) => type === 'ReservationPromoted')).toHaveLength(500);
    const after = [...past, ...decision.events];
    given(...after)
      .when(place('new'))
      .thenRefused('insufficient_stock', { available: 0 });
    given(...after)
      .when(adjust('BER', 1))
      .then(adjusted(1), promoted('r500', { BER: 1 }));
    given(...after)
      .when(commit('r7'))
      .then(committed('r7', { BER: 1 }), promoted('r500', { BER: 1 }));
  });
});

describe('a reservation that waits', () => {
  const mixed = waits('r1', 2, { takes: [one] });

  it('commits what it holds, and then waits on for the rest', () => {
    given(...five, received('BER', 1), mixed)
      .when(commit('r1'))
      .then(committed('r1', { BER: 1 }, { openUnits: 2 }), waitsOn('r1', tomorrow + grace));
    given(...five, received('BER', 1), mixed)
      .when(commit('r1', { quantity: 2 }))
      .thenRefused('units_waiting', { requested: 2, open: 1, waiting: 2, expectedAt: tomorrow });
    given(...five, received('BER', 1), mixed)
      .when(commit('r1', { quantity: 4 }))
      .thenRefused('quantity_exceeds_open', { requested: 4, open: 1 });
    given(...five, waits('r1', 2))
      .when(commit('r1'))
      .thenRefused('units_waiting', { requested: 2, open: 0, waiting: 2 });
  });

  it('is committed like any other once its units are there', () => {
    given(...five, waits('r1', 2), received('BER', 2), promoted('r1', { BER: 2 }))
      .when(commit('r1'))
      .then(committed('r1', { BER: 2 }));
  });

  it('gives up its place when it is released or what it held runs out', () => {
    given(...five, received('BER', 1), mixed)
      .when(release('r1'))
      .then(released('r1', { BER: 1 }));
    given(...five, waits('r1', 2))
      .when(release('r1', tomorrow))
      .then(released('r1', {}));
    given(...five, received('BER', 1), mixed)
      .when(expire('r1', noon))
      .then(expired('r1', { BER: 1 }));
    given(...five, received('BER', 1), mixed)
      .when(commit('r1', { at: noon }))
      .thenRefused('reservation_expired');
    expect(fold([...five, waits('r1', 2), released('r1', {})]).supply).toMatchObject({ waitingUnits: 0, choosyWaiters: 0 });
  });

  it('whose held part has run out is passed by, and what it held serves the line', () => {
    given(...five, received('BER', 1), mixed, waits('r2', 2))
      .when(receive('BER', 1, { at: noon, messageId: 'now' }))
      .then(
        received('BER', 1, { messageId: 'now', inbound: [{ reference: 'po-1', quantity: 1 }] }),
        expired('r1', { BER: 1 }),
        promoted('r2', { BER: 2 }, { expiresAt: noon + ttlMs }),
      );
  });

  it('waits on as long as its units are to come, and no longer', () => {
    const until = tomorrow + grace;
    given(...five, waits('r1', 2))
      .when(expire('r1', until - 1))
      .thenNothing();
    given(...five, waits('r1', 2))
      .when(expire('r1', until))
      .then(expired('r1', {}, until));
    given(...five, waits('r1', 2), declared('po-1', 5, { expectedAt: until }))
      .when(expire('r1', until))
      .then(waitsOn('r1', until + grace));
    given(...five, waits('r1', 2), { type: 'InboundCancelled', commandId: 'c', reference: 'po-1' })
      .when(expire('r1', until))
      .then(expired('r1', {}, until));
  });

  it('lives longer where somebody asks, once it holds something', () => {
    given(...five, waits('r1', 2), received('BER', 1), promoted('r1', { BER: 1 }, { waitingUnits: 1, expiresAt: evening }))
      .when(extend('r1', hour, evening - 1))
      .then(extended('r1', evening - 1 + hour));
  });

  it('tells when its units are expected as things stand', () => {
    const state = fold([...five, declared('po-2', 5, { expectedAt: tomorrow + day }), waits('r1', 3), waits('r2', 4)]);
    expect(outlookOf(state, 'r1', ten)).toEqual({ units: 3, expectedAt: tomorrow });
    expect(outlookOf(state, 'r2', ten)).toEqual({ units: 4, expectedAt: tomorrow + day });
    expect(outlookOf(state, 'r3', ten)).toBeUndefined();
    const cancelled = fold([...five, waits('r1', 3), { type: 'InboundCancelled', commandId: 'c', reference: 'po-1' }]);
    expect(outlookOf(cancelled, 'r1', ten)).toEqual({ units: 3 });
  });

  it('keeps its place when a delivery is cancelled and another announced', () => {
    given(...five, waits('r1', 3), { type: 'InboundCancelled', commandId: 'c', reference: 'po-1' })
      .when(declareInbound('po-2', 4))
      .then(declared('po-2', 4, { commandId: 'declare po-2' }));
    given(...five, waits('r1', 3), { type: 'InboundCancelled', commandId: 'c', reference: 'po-1' }, declared('po-2', 4))
      .when(place('r2', { quantity: 2, ...backorder }))
      .thenRefused('insufficient_stock');
  });
});

it('an overdue place in the line is taken by nobody before its end is written', () => {
  const past = [at(morning, received('BER', 1)), policy, declared('po-1', 5), waits('r1', 2, { expiresAt: noon })];
  expect(decideSku(fold(past), place('r2', { at: noon }))).toMatchObject({
    kind: 'refused',
    code: 'insufficient_stock',
  });
});
