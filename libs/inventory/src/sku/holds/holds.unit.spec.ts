import { mayWait, tomorrow, waits } from '../../../test/back-orders.js';
import {
  adjust,
  commit,
  issue,
  move,
  place,
  placeHold,
  receive,
  receiveTransfer,
  releaseHold,
  reverse,
  ship,
} from '../../../test/commands.js';
import {
  adjusted,
  arrived,
  committed,
  declared,
  expired,
  held,
  heldBy,
  holdReleased,
  issued,
  level,
  limited,
  moved,
  placed,
  promoted,
  received,
  reversed,
  shipped,
  whollyHeld,
} from '../../../test/events.js';
import { at, fold, given } from '../../../test/given.js';
import { throughSnapshot } from '../../../test/through-snapshot.js';
import { hour, noon } from '../../../test/times.js';
import { keptLocationId } from '../../locations/kept-by-channel.js';
import {
  availableUnits,
  channelBoundsAt,
  decideSku,
  holdViews,
  type HoldPlaced,
  type SkuCommand,
  type SkuEvent,
  type SkuState,
} from '../../index.js';

const now = 10 * hour;
const free = (state: SkuState, locationId = 'BER'): number => availableUnits(state, locationId, now);
const four = { locationId: 'BER', quantity: 4 };

describe('placing a hold', () => {
  it('H1: quantities at a location add up, and the third is refused for lack of free units', () => {
    given(received('BER', 10))
      .when(placeHold('h1', four))
      .then(held('h1', 'BER', 4));
    const two = [received('BER', 10), held('h1', 'BER', 4), held('h2', 'BER', 4)];
    expect(free(fold(two))).toBe(2);
    given(...two)
      .when(placeHold('h3', four))
      .thenRefused('insufficient_stock', { requested: 4, available: 2, byLocation: [{ locationId: 'BER', requested: 4, available: 2 }] });
  });

  it('H1: a release once more, with the same key or another, changes nothing', () => {
    const releasedOne = holdReleased('h1', { quantity: 4, held: heldBy({ BER: -4 }) });
    const two = [received('BER', 10), held('h1', 'BER', 4), held('h2', 'BER', 4)];
    given(...two)
      .when(releaseHold('h1'))
      .then(releasedOne);
    given(...two, releasedOne)
      .when(releaseHold('h1'))
      .thenNothing();
    given(...two, releasedOne)
      .when(releaseHold('h1', { commandId: 'another key' }))
      .thenNothing();
    expect(free(fold([...two, releasedOne]))).toBe(6);
  });

  it('H2: a quality hold is refused where promises need the units, a recall uncovers them', () => {
    const promised = [received('BER', 10), placed('r1', { BER: 8 })];
    given(...promised)
      .when(placeHold('h1', four))
      .thenRefused('insufficient_stock', { requested: 4, available: 2 });
    const recalled = held('h1', 'BER', 4, { holdType: 'recall', uncoveredUnits: 2 });
    given(...promised)
      .when(placeHold('h1', { ...four, holdType: 'recall' }))
      .then(recalled);

    const state = fold([...promised, recalled]);
    expect(state.balances.get('BER')).toEqual({ onHand: 10, reserved: 8, safetyStock: 0, held: 4 });
    expect(channelBoundsAt(state, now).others).toEqual({ units: 0 });
    given(...promised, recalled)
      .when(commit('r1'))
      .thenRefused('stock_held', { requested: 8, sellable: 6, held: 4, byLocation: [{ locationId: 'BER', sellable: 6, held: 4 }] });
    given(...promised, recalled)
      .when(commit('r1', { quantity: 6 }))
      .then(committed('r1', { BER: 6 }, { openUnits: 2 }));
    given(...promised, recalled, committed('r1', { BER: 6 }, { openUnits: 2 }))
      .when(commit('r1', { commandId: 'the rest', quantity: 2 }))
      .thenRefused('stock_held', { requested: 2, sellable: 0, held: 4 });
  });

  it('of another type uncovers promises where the command says so', () =>
    given(received('BER', 10), placed('r1', { BER: 8 }))
      .when(placeHold('h1', { ...four, mayUncoverPromises: true }))
      .then(held('h1', 'BER', 4, { uncoveredUnits: 2 })));

  it('uses the units of overdue reservations', () =>
    given(received('BER', 5), placed('r1', { BER: 5 }))
      .when(placeHold('h1', { ...four, at: noon }))
      .then(expired('r1', { BER: 5 }), held('h1', 'BER', 4)));

  it('on a location holds all that lies there and what arrives later', () => {
    const hold = whollyHeld('h1', { BER: 5 }, { locationId: 'BER' });
    given(received('BER', 5), received('HAM', 2))
      .when(placeHold('h1', { locationId: 'BER' }))
      .then(hold);
    given(received('BER', 5), received('HAM', 2), hold)
      .when(receive('BER', 3))
      .then(received('BER', 3, { held: heldBy({ BER: 3 }) }));
    given(received('BER', 5), received('HAM', 2), hold).when(receive('HAM', 3)).then(received('HAM', 3));
  });

  it('on a SKU holds it everywhere, also where it was not before and what is in transit', () => {
    const story = [received('BER', 5), received('HAM', 2), shipped('BER', 'HAM', 2)];
    const hold = whollyHeld('h1', { BER: 3, HAM: 4 }, { holdType: 'recall' });
    given(...story.slice(0, 2), received('HAM', 2, { messageId: 'more' }), shipped('BER', 'HAM', 2))
      .when(placeHold('h1', { holdType: 'recall' }))
      .then(hold);
    given(...story, whollyHeld('h1', { BER: 3, HAM: 2 }))
      .when(receive('MUC', 4))
      .then(received('MUC', 4, { held: heldBy({ MUC: 4 }) }));
    given(...story, whollyHeld('h1', { BER: 3, HAM: 2 }))
      .when(receiveTransfer(2))
      .then({ ...arrived('HAM', 2), held: heldBy({ HAM: 2 }) });
  });

  it('on all units is refused while a promise needs one of them', () =>
    given(received('BER', 5), received('HAM', 5), placed('r1', { HAM: 1 }))
      .when(placeHold('h1'))
      .thenRefused('insufficient_stock', { byLocation: [{ locationId: 'HAM', requested: 5, available: 4 }] }));

  it('counts each unit once where holds overlap', () => {
    const story: readonly SkuEvent[] = [received('BER', 10), held('h1', 'BER', 4), whollyHeld('h2', { BER: 6 }, { locationId: 'BER' })];
    given(...story.slice(0, 2))
      .when(placeHold('h2', { locationId: 'BER' }))
      .then(story[2] as HoldPlaced);
    given(...story)
      .when(releaseHold('h1'))
      .then(holdReleased('h1', { quantity: 4 }));
    given(...story)
      .when(releaseHold('h2'))
      .then(holdReleased('h2', { held: heldBy({ BER: -6 }) }));
    expect(holdViews(fold(story)).map(({ holdId, quantityHeld }) => [holdId, quantityHeld])).toEqual([
      ['h1', 0],
      ['h2', 10],
    ]);
  });

  it('refuses an unknown SKU, a quantity without a location, and no units', () => {
    given().when(placeHold('h1', four)).thenRefused('unknown_sku');
    given(received('BER', 1))
      .when(placeHold('h1', { quantity: 1 }))
      .thenRefused('location_required', { quantity: 1 });
    given(received('BER', 1))
      .when(placeHold('h1', { locationId: 'BER', quantity: 0 }))
      .thenRefused('invalid_quantity');
  });

  it('refuses one more than 1,000 open holds', () => {
    const many = Array.from({ length: 1_000 }, (_, index) =>
      whollyHeld(`h${String(index)}`, index === 0 ? { BER: 1 } : {}, { locationId: 'BER' }),
    );
    const decision = decideSku(fold([received('BER', 1), ...many]), placeHold('one more', { holdType: 'recall' }));
    expect(decision).toMatchObject({ kind: 'refused', code: 'too_many_holds', details: { most: 1_000 } });
  });

  it('changes nothing when it comes again', () =>
    given(received('BER', 10), held('h1', 'BER', 4))
      .when(placeHold('h1', four))
      .thenNothing());
});

describe('a hold on more than is on hand', () => {
  const story = [received('BER', 10), held('h1', 'BER', 4)];

  it('keeps its figure, holds what is there, and holds a later receipt first', () => {
    const three = level('BER', 3, noon, { delta: -7, held: heldBy({ BER: -1 }) });
    const state = fold([...story, three]);
    expect(state.balances.get('BER')).toMatchObject({ onHand: 3, held: 3 });
    expect(free(state)).toBe(0);
    expect(holdViews(state)).toMatchObject([{ holdId: 'h1', quantity: 4, openUnits: 4, quantityHeld: 3 }]);
    given(...story, three)
      .when(receive('BER', 3))
      .then(received('BER', 3, { held: heldBy({ BER: 1 }) }));
  });

  it('holds nothing where on hand is negative, and a commit is then decided as without holds', () => {
    const gone = level('BER', -1, noon, { delta: -11, held: heldBy({ BER: -4 }) });
    given(...story, placed('r1', { BER: 2 }), gone)
      .when(commit('r1'))
      .then(committed('r1', { BER: 2 }));
  });
});

describe('releasing a hold', () => {
  const waiting = [mayWait(), received('BER', 5), held('h1', 'BER', 5), declared('po', 10), waits('r1', 3)];

  it('H5: serves the reservations that wait, in the same append', () => {
    given(...waiting)
      .when(releaseHold('h1', { quantity: 4 }))
      .then(
        holdReleased('h1', { quantity: 4, openUnits: 1, held: heldBy({ BER: -4 }) }),
        promoted('r1', { BER: 3 }, { expiresAt: now + 2 * hour }),
      );
    const after = fold([
      ...waiting,
      holdReleased('h1', { quantity: 4, openUnits: 1, held: heldBy({ BER: -4 }) }),
      promoted('r1', { BER: 3 }),
    ]);
    expect(free(after)).toBe(1);
  });

  it('serves nobody from units that are held', () => {
    given(mayWait(), received('BER', 0), whollyHeld('h1', {}, { locationId: 'BER' }), declared('po', 10), waits('r1', 3))
      .when(receive('BER', 5))
      .then(received('BER', 5, { inbound: [{ reference: 'po', quantity: 5 }], held: heldBy({ BER: 5 }) }));
    expect(tomorrow).toBeGreaterThan(now);
  });

  it('H6: scrap takes the units off on hand in the same append, before they are free', () => {
    const story = [received('BER', 10), held('h1', 'BER', 4)];
    const scrapped = adjusted('BER', -4, { commandId: 'release h1', effectiveAt: now, reasonCode: 'scrap', holdId: 'h1' });
    const end = holdReleased('h1', { quantity: 4, disposition: 'scrap', held: heldBy({ BER: -4 }) });
    given(...story)
      .when(releaseHold('h1', { disposition: 'scrap' }))
      .then(scrapped, end);
    expect(free(fold(story))).toBe(6);
    const after = fold([...story, scrapped, end]);
    expect(after.balances.get('BER')).toMatchObject({ onHand: 6, held: 0 });
    expect(free(after)).toBe(6);
    expect(free(fold([...story, scrapped]))).toBe(2);
  });

  it('of all units by a return to the supplier takes off what lies there', () =>
    given(received('BER', 3), received('HAM', 2), whollyHeld('h1', { BER: 3, HAM: 2 }))
      .when(releaseHold('h1', { disposition: 'return_to_supplier', reasonCode: 'return_supplier', reason: 'wrong goods' }))
      .then(
        adjusted('BER', -3, {
          commandId: 'release h1',
          effectiveAt: now,
          reasonCode: 'return_supplier',
          reason: 'wrong goods',
          holdId: 'h1',
          held: heldBy({ BER: -3 }),
        }),
        adjusted('HAM', -2, {
          commandId: 'release h1',
          effectiveAt: now,
          reasonCode: 'return_supplier',
          reason: 'wrong goods',
          holdId: 'h1',
          held: heldBy({ HAM: -2 }),
        }),
        holdReleased('h1', { disposition: 'return_to_supplier', reason: 'wrong goods' }),
      ));

  it('of the whole SKU takes nothing off where a channel keeps units', () => {
    const kept = keptLocationId('fba');
    const story = [received('BER', 3), received(kept, 5), whollyHeld('h1', { BER: 3, [kept]: 5 })];
    const decision = decideSku(fold(story), releaseHold('h1', { disposition: 'scrap' }));
    const events = decision.kind === 'accepted' ? decision.events : [];
    expect(events.filter(({ type }) => type === 'StockAdjusted')).toMatchObject([{ locationId: 'BER', delta: -3 }]);
    expect(fold([...story, ...events]).balances.get(kept)).toMatchObject({ onHand: 5, held: 0 });
  });

  it('needs no free units to scrap: what is promised is as uncovered as before', () => {
    const story = [received('BER', 10), placed('r1', { BER: 8 }), held('h1', 'BER', 4, { holdType: 'recall', uncoveredUnits: 2 })];
    const decision = decideSku(fold(story), releaseHold('h1', { disposition: 'scrap' }));
    expect(decision.kind).toBe('accepted');
  });

  it('refuses more than is open, a part of a hold on all units, another release of an ended one, and an unknown one', () => {
    const story = [received('BER', 10), held('h1', 'BER', 4), whollyHeld('h2', {}, { locationId: 'HAM' })];
    given(...story)
      .when(releaseHold('h1', { quantity: 5 }))
      .thenRefused('quantity_exceeds_open', { requested: 5, open: 4 });
    given(...story)
      .when(releaseHold('h1', { quantity: 0 }))
      .thenRefused('invalid_quantity');
    given(...story)
      .when(releaseHold('h2', { quantity: 1 }))
      .thenRefused('hold_without_quantity');
    const ended = holdReleased('h1', { quantity: 4, held: heldBy({ BER: -4 }) });
    given(...story, ended)
      .when(releaseHold('h1', { commandId: 'again', quantity: 2 }))
      .thenRefused('hold_released', { holdId: 'h1' });
    given(...story, ended)
      .when(releaseHold('h1', { commandId: 'again', disposition: 'scrap' }))
      .thenRefused('hold_released');
    given(...story)
      .when(releaseHold('nobody'))
      .thenRefused('unknown_hold', { holdId: 'nobody' });
  });

  it('of a recall is for another person than its maker, unless that is switched off', () => {
    const story = [received('BER', 10), held('h1', 'BER', 4, { holdType: 'recall', createdBy: 'anna' })];
    given(...story)
      .when(releaseHold('h1', { releasedBy: 'anna' }))
      .thenRefused('own_hold', { holdId: 'h1' });
    given(...story)
      .when(releaseHold('h1', { releasedBy: 'anna', fourEyes: false }))
      .then(holdReleased('h1', { quantity: 4, releasedBy: 'anna', held: heldBy({ BER: -4 }) }));
    given(...story)
      .when(releaseHold('h1', { releasedBy: 'ben' }))
      .then(holdReleased('h1', { quantity: 4, releasedBy: 'ben', held: heldBy({ BER: -4 }) }));
  });

  it('is refused where the hold has changed since it was read', () => {
    const story = [
      received('BER', 10),
      held('h1', 'BER', 4),
      holdReleased('h1', { releaseId: 'earlier', quantity: 1, openUnits: 3, held: heldBy({ BER: -1 }) }),
    ];
    given(...story)
      .when(releaseHold('h1', { expectedVersion: 1 }))
      .thenRefused('version_mismatch', { expectedVersion: 1, version: 2 });
    given(...story)
      .when(releaseHold('h1', { expectedVersion: 2 }))
      .then(holdReleased('h1', { quantity: 3, held: heldBy({ BER: -3 }) }));
    expect(holdViews(fold(story))).toMatchObject([{ holdId: 'h1', version: 2, quantityHeld: 3 }]);
  });

  it('L7: comes by itself with the issue of the ERP that names it, so that nothing is blocked twice', () => {
    const story = [received('BER', 10), held('h1', 'BER', 4, { erpReference: 'M1' })];
    given(...story)
      .when(issue('BER', 4, { documentId: 'M1' }))
      .then(
        issued('BER', 4, { documentId: 'M1', unmatchedUnits: 4, delta: -4 }),
        holdReleased('h1', { releaseId: 'issue BER 4', quantity: 4, disposition: 'posted_by_erp', held: heldBy({ BER: -4 }) }),
      );
    // The figure contained the posting before its message came.
    const figure = level('BER', 6, noon, { delta: -4 });
    given(...story, at(noon, figure))
      .when(issue('BER', 4, { documentId: 'M1', effectiveAt: now }))
      .then(
        issued('BER', 4, { documentId: 'M1', effectiveAt: now, unmatchedUnits: 4, delta: 0 }),
        holdReleased('h1', { releaseId: 'issue BER 4', quantity: 4, disposition: 'posted_by_erp', held: heldBy({ BER: -4 }) }),
      );
  });
});

describe('held units', () => {
  const story = [received('BER', 5), received('HAM', 5), held('h1', 'BER', 4)];

  it.each<[string, SkuCommand]>([
    ['reserved', place('r1', { quantity: 2, locationId: 'BER' })],
    ['moved', move('BER', 'HAM', 2)],
    ['shipped', ship('BER', 'HAM', 2)],
    ['adjusted away', adjust('BER', -2)],
  ])('are not %s', (_, command) =>
    given(...story)
      .when(command)
      .thenRefused('insufficient_stock', { available: 1 }),
  );

  it('are left out of what a refusal offers', () =>
    given(...story)
      .when(place('r1', { quantity: 2, locationId: 'BER' }))
      .thenRefused('insufficient_stock', {
        alternatives: [
          { kind: 'smaller_quantity', quantity: 1 },
          { kind: 'other_location', locationId: 'HAM', quantity: 2 },
        ],
      }));

  it('are not what a location owes to others: promises that lost them keep other units back', () => {
    const owing = [
      received('BER', 5),
      received('HAM', 5),
      placed('r1', { BER: 5 }),
      held('h1', 'BER', 5, { holdType: 'legal', uncoveredUnits: 5 }),
    ];
    given(...owing)
      .when(place('r2', { quantity: 1 }))
      .thenRefused('insufficient_stock', { available: 0 });
  });

  it('count for floors of other channels', () => {
    const state = fold([...story, limited(), { type: 'AllocationSet', commandId: 'c', channelId: 'web', floor: 4 }]);
    expect(channelBoundsAt(state, now).others).toEqual({ units: 2, code: 'protected_for_channels' });
  });

  it('are passed over by a commit that may take other units of its reservation', () =>
    given(
      received('BER', 5),
      received('HAM', 5),
      placed('r1', { BER: 2, HAM: 3 }),
      whollyHeld('h1', { BER: 5 }, { locationId: 'BER', uncoveredUnits: 2 }),
    )
      .when(commit('r1', { quantity: 3 }))
      .then(committed('r1', { HAM: 3 }, { openUnits: 2 })));

  it('are not shipped for a reservation', () => {
    const past = [
      received('BER', 5),
      received('HAM', 5),
      placed('r1', { BER: 4 }),
      held('h1', 'BER', 3, { holdType: 'recall', uncoveredUnits: 2 }),
    ];
    given(...past)
      .when({ ...ship('BER', 'HAM', 3), reservationId: 'r1' })
      .thenRefused('stock_held', { requested: 3, sellable: 2, held: 3 });
  });

  it('do not stop the commit of what an ERP issued already', () => {
    const ahead = issued('BER', 2, { orderId: 'order of r1', unmatchedUnits: 2, delta: -2, held: heldBy({ BER: -2 }) });
    given(received('BER', 5), placed('r1', { BER: 2 }), whollyHeld('h1', { BER: 5 }, { locationId: 'BER', uncoveredUnits: 2 }), ahead)
      .when(commit('r1'))
      .then(committed('r1', { BER: 2 }, { alreadyIssued: [{ locationId: 'BER', quantity: 2 }] }));
  });

  it('are what a reversed commit brings back under a hold', () =>
    given(received('BER', 5), placed('r1', { BER: 2 }), committed('r1', { BER: 2 }), whollyHeld('h1', { BER: 3 }, { locationId: 'BER' }))
      .when(reverse('r1'))
      .then(reversed('r1', { BER: 2 }, { held: heldBy({ BER: 2 }) })));

  it('arrive by a move', () =>
    given(received('BER', 5), whollyHeld('h1', {}, { locationId: 'HAM' }))
      .when(move('BER', 'HAM', 2))
      .then({ ...moved('BER', 'HAM', 2), held: heldBy({ HAM: 2 }) }));
});

it('a snapshot keeps the holds', () => {
  const story = [
    received('BER', 10),
    held('h1', 'BER', 4),
    whollyHeld('h2', {}, { locationId: 'HAM' }),
    holdReleased('h1', { quantity: 1, openUnits: 3, held: heldBy({ BER: -1 }) }),
    held('h3', 'BER', 1),
    holdReleased('h3', { quantity: 1, held: heldBy({ BER: -1 }) }),
  ];
  const state = fold(story);
  expect(throughSnapshot(state)).toEqual(state);
});
