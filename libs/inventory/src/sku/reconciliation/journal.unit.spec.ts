import { LateMap } from '../../late-collections.js';
import { DATED_MOVEMENTS_KEPT, OWN_MOVEMENTS_KEPT, OWN_MOVEMENTS_KEPT_WITHOUT_ERP } from '../limits.js';
import {
  addDated,
  addOwn,
  documentKey,
  emptyJournal,
  figureContains,
  orderKey,
  strikeOwn,
  unpostedUnits,
  unpostedUnitsOfCommit,
  type Journal,
} from './journal.js';

const journal = (fields: Partial<Journal> = {}): Journal => ({ ...emptyJournal(), ...fields });
const KEY = orderKey('o1');
const own = (...deltas: readonly number[]): Journal => {
  const made = journal();
  deltas.forEach((delta, at) => addOwn(made, KEY, { at, delta, commitId: `c${String(at)}` }));
  return made;
};
const deltasOf = ({ own: movements }: Journal): readonly number[] => (movements.get(KEY) ?? []).map(({ delta }) => delta);

describe('a figure', () => {
  it('contains what the ERP had posted by then, and nothing before there is one', () => {
    expect(figureContains(undefined, -1)).toBe(false);
    expect(figureContains(journal(), -1)).toBe(false);
    expect([4, 5, 6].map((time) => figureContains(journal({ lastAsOf: 5 }), time))).toEqual([true, true, false]);
  });
});

describe('dated movements', () => {
  it('lie by time, those of one time together, whatever order they come in', () => {
    const made = journal();
    for (const [time, delta] of [
      [5, 1],
      [3, 2],
      [9, 4],
      [5, 8],
      [-1, 16],
      [4, 32],
    ] as const)
      addDated(made, time, delta);
    expect(made.dated).toEqual([
      { time: -1, delta: 16 },
      { time: 3, delta: 2 },
      { time: 4, delta: 32 },
      { time: 5, delta: 9 },
      { time: 9, delta: 4 },
    ]);
  });

  it('fold into the figure beyond the limit, oldest first, and no figure older than these is taken from then on', () => {
    const made = journal({ figure: 100 });
    for (let time = 1; time <= DATED_MOVEMENTS_KEPT; time += 1) addDated(made, time, 1);
    expect(made).toMatchObject({ figure: 100, reachesBackTo: null });
    addDated(made, DATED_MOVEMENTS_KEPT + 1, 1);
    expect(made).toMatchObject({ figure: 101, reachesBackTo: 1 });
    addDated(made, DATED_MOVEMENTS_KEPT + 2, 1);
    expect(made).toMatchObject({ figure: 102, reachesBackTo: 2 });
    addDated(made, 0, 7);
    expect(made).toMatchObject({ figure: 109, reachesBackTo: 2 });
    expect(made.dated).toHaveLength(DATED_MOVEMENTS_KEPT);
  });
});

describe('own movements', () => {
  it('are kept apart by order and document', () => {
    expect(orderKey('1')).not.toBe(orderKey('2'));
    expect(documentKey('1')).not.toBe(documentKey('2'));
    expect(orderKey('1')).not.toBe(documentKey('1'));
  });

  it('count by direction and by commit', () => {
    const made = own(-3, 5, -4);
    expect([unpostedUnits(made, KEY, -1), unpostedUnits(made, KEY, 1)]).toEqual([7, 5]);
    expect([unpostedUnits(made, 'none', -1), unpostedUnits(undefined, KEY, -1)]).toEqual([0, 0]);
    expect([unpostedUnitsOfCommit(made, KEY, 'c0'), unpostedUnitsOfCommit(made, KEY, 'c2')]).toEqual([3, 4]);
    expect([unpostedUnitsOfCommit(made, 'none', 'c0'), unpostedUnitsOfCommit(undefined, KEY, 'c0')]).toEqual([0, 0]);
  });

  it.each<[what: string, deltas: number[], direction: 1 | -1, units: number, commitId: string | undefined, left: number[]]>([
    ['the oldest first', [-3, -4], -1, 5, undefined, [-2]],
    ['no more than asked', [-3, -4], -1, 2, undefined, [-1, -4]],
    ['exactly one', [-3, -4], -1, 3, undefined, [-4]],
    ['only what went out', [5, -3], -1, 9, undefined, [5]],
    ['only what came in', [-3, 5], 1, 2, undefined, [-3, 3]],
    ['only those of the commit', [-3, -4, -5], -1, 9, 'c1', [-3, -5]],
    ['nothing', [-3], -1, 0, undefined, [-3]],
  ])('strike out %s', (_, deltas, direction, units, commitId, left) => {
    const made = own(...deltas);
    strikeOwn(made, KEY, direction, units, commitId);
    expect(deltasOf(made)).toEqual(left);
    expect(made.ownCount).toBe(left.length);
  });

  it('leave nothing behind once all are struck out', () => {
    const made = own(-3, -4);
    strikeOwn(made, KEY, -1, 7);
    expect(made).toMatchObject({ ownCount: 0, own: new LateMap() });
    strikeOwn(made, KEY, -1, 1);
    expect(made.ownCount).toBe(0);
  });

  it.each([
    ['few where no ERP was heard from', false, OWN_MOVEMENTS_KEPT_WITHOUT_ERP],
    ['many where one was', true, OWN_MOVEMENTS_KEPT],
  ])('are kept as %s; the oldest are carried as one', (_, heardFromErp, kept) => {
    const made = journal({ heardFromErp });
    const times = [7, 3, ...Array.from({ length: kept - 2 }, (__, index) => 10 + index)];
    times.forEach((at, index) => addOwn(made, orderKey(String(index % 3)), { at, delta: -1 }));
    expect(made).toMatchObject({ ownCount: kept, carried: 0, carriedUntil: 0 });
    addOwn(made, KEY, { at: 99_999, delta: -1 });
    expect(made).toMatchObject({ ownCount: kept, carried: -1, carriedUntil: 7 });
    expect([...made.own.values()].flat()).toHaveLength(kept);
  });

  it('are carried up to the newest time of all that are', () => {
    const made = journal();
    for (const at of [9, 4]) addOwn(made, KEY, { at, delta: -2 });
    for (let index = 0; index < OWN_MOVEMENTS_KEPT_WITHOUT_ERP; index += 1)
      addOwn(made, orderKey(`later ${String(index)}`), { at: 20, delta: -1 });
    expect(made).toMatchObject({ carried: -4, carriedUntil: 9, ownCount: OWN_MOVEMENTS_KEPT_WITHOUT_ERP });
    expect(made.own.has(KEY)).toBe(false);
  });
});
