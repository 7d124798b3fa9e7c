import { LateMap } from '../../late-collections.js';
import { documentKey, emptyJournal, orderKey, type Journal } from './journal.js';
import { PRESUMED_ORDERS_KEPT } from '../limits.js';
import { confirmPresumed, newestUnacceptableAsOf, startOver, unitsUnknownTo, type Figure } from './reconciliation.js';

const journal = (fields: Partial<Journal> = {}): Journal => ({ ...emptyJournal(), ...fields });
const SALE = orderKey('o1');
const MOVE = documentKey('M1');

/**
 * Of the last figure, 100 as of 5; a receipt of 5 at 10 and a loss of 2 at 11; sales of one order, 3 at 4 and 1 at 8; a move in of 6 at
 * 8; and 7 units sold until 3 of which nobody knows the orders any more.
 */
const busy = (): Journal =>
  journal({
    figure: 100,
    lastAsOf: 5,
    heardFromErp: true,
    dated: [
      { time: 10, delta: 5 },
      { time: 11, delta: -2 },
    ],
    own: new LateMap([
      [
        SALE,
        [
          { at: 4, delta: -3, commitId: 'c1' },
          { at: 8, delta: -1, commitId: 'c2' },
        ],
      ],
      [MOVE, [{ at: 8, delta: 6 }]],
    ]),
    ownCount: 3,
    carried: -7,
    carriedUntil: 3,
  });

const startedOver = (figure: Figure, before = busy()): Journal => {
  startOver(before, figure);
  return before;
};

describe('a new figure', () => {
  it.each<[what: string, journal: Journal | undefined, later: number | null]>([
    ['any, at a location without a journal', undefined, null],
    ['any, where there was none before', journal(), null],
    ['later than the last one', journal({ lastAsOf: 5 }), 5],
    ['not before what the journal reaches back to', journal({ reachesBackTo: 8 }), 7],
    ['not before that, though later than the last one', journal({ lastAsOf: 5, reachesBackTo: 8 }), 7],
    ['later than the last one, though the journal reaches farther back', journal({ lastAsOf: 9, reachesBackTo: 8 }), 9],
    ['later than the last one, just where the journal reaches back to', journal({ lastAsOf: 7, reachesBackTo: 8 }), 7],
    ['not before that, where times are before all counting', journal({ reachesBackTo: -8 }), -9],
  ])('may be: %s', (_, before, later) => expect(newestUnacceptableAsOf(before)).toBe(later));

  it('knows nothing less of a location without a journal', () => expect(unitsUnknownTo(undefined, { figure: 9, asOf: 9 })).toBe(0));

  it.each([
    [9, -2],
    [10, -7],
    [11, -5],
  ])('as of %i contains what was posted up to then, and nothing of Holdfast’s own', (asOf, units) =>
    expect(unitsUnknownTo(busy(), { figure: 50, asOf })).toBe(units),
  );

  it.each([
    [2, -5],
    [3, 2],
    [4, 5],
    [7, 5],
    [8, 0],
  ])('contains what Holdfast did up to %i, if that is presumed posted', (presumedPostedUntil, units) =>
    expect(unitsUnknownTo(busy(), { figure: 50, asOf: 11, presumedPostedUntil })).toBe(units),
  );
});

describe('a journal that starts over from a figure', () => {
  it('strikes out what was posted by then', () => {
    expect(startedOver({ figure: 50, asOf: 9 })).toEqual({ ...busy(), figure: 50, lastAsOf: 9 });
    expect(startedOver({ figure: 50, asOf: 10 })).toEqual({ ...busy(), figure: 50, lastAsOf: 10, dated: [{ time: 11, delta: -2 }] });
    expect(startedOver({ figure: 50, asOf: 11 })).toEqual({ ...busy(), figure: 50, lastAsOf: 11, dated: [] });
  });

  it('keeps all own movements that are younger than the posting lag', () =>
    expect(startedOver({ figure: 50, asOf: 9, presumedPostedUntil: 2 })).toEqual({ ...busy(), figure: 50, lastAsOf: 9 }));

  it('strikes out the movements whose orders are forgotten, once the lag is over for the newest of them', () =>
    expect(startedOver({ figure: 50, asOf: 9, presumedPostedUntil: 3 })).toEqual({ ...busy(), figure: 50, lastAsOf: 9, carried: 0 }));

  it('strikes out sales that are older than the lag, and keeps in mind of which order they were', () =>
    expect(startedOver({ figure: 50, asOf: 9, presumedPostedUntil: 4 })).toEqual({
      ...busy(),
      figure: 50,
      lastAsOf: 9,
      carried: 0,
      own: new LateMap([
        [SALE, [{ at: 8, delta: -1, commitId: 'c2' }]],
        [MOVE, [{ at: 8, delta: 6 }]],
      ]),
      ownCount: 2,
      presumed: new LateMap([[SALE, 3]]),
    }));

  it('keeps nothing in mind of what came in: no issue will name it', () =>
    expect(startedOver({ figure: 50, asOf: 9, presumedPostedUntil: 8 })).toEqual({
      ...busy(),
      figure: 50,
      lastAsOf: 9,
      carried: 0,
      own: new LateMap(),
      ownCount: 0,
      presumed: new LateMap([[SALE, 4]]),
    }));

  it('adds to what was presumed of an order before', () => {
    const once = startedOver({ figure: 50, asOf: 9, presumedPostedUntil: 4 });
    expect(startedOver({ figure: 49, asOf: 13, presumedPostedUntil: 8 }, once).presumed).toEqual(new LateMap([[SALE, 4]]));
  });

  it('keeps so many orders in mind, the latest', () => {
    const names = Array.from({ length: PRESUMED_ORDERS_KEPT }, (_, index) => orderKey(`earlier ${String(index)}`));
    const before = { ...busy(), presumed: new LateMap(names.map((name) => [name, 1])) };
    const { presumed } = startedOver({ figure: 50, asOf: 9, presumedPostedUntil: 8 }, before);
    expect([...presumed.keys()]).toEqual([...names.slice(1), SALE]);
  });
});

describe('sales that were presumed posted', () => {
  const left = (units: number): ReadonlyMap<string, number> => {
    const presuming = journal({ presumed: new LateMap([[SALE, 4]]) });
    confirmPresumed(presuming, SALE, units);
    return presuming.presumed;
  };

  it('are confirmed by as many units as the ERP issues for the order, and forgotten when all are', () => {
    expect(left(0)).toEqual(new LateMap([[SALE, 4]]));
    expect(left(3)).toEqual(new LateMap([[SALE, 1]]));
    expect(left(4)).toEqual(new LateMap());
    expect(left(5)).toEqual(new LateMap());
  });

  it('are none of an order that nobody presumed', () => {
    const presuming = journal({ presumed: new LateMap([[SALE, 4]]) });
    confirmPresumed(presuming, orderKey('another'), 2);
    expect(presuming.presumed).toEqual(new LateMap([[SALE, 4]]));
  });
});
