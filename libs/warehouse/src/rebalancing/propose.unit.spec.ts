import fc from 'fast-check';
import { proposeMoves, type PastMove, type PlaceFigures, type ProposedMove, type SkuPicture } from './propose.js';
import { policyFault, type RebalancingPolicy } from './policy.js';

const DAY = 86_400_000;
const at = Date.UTC(2026, 6, 1);
const lanes = ['BER', 'HAM', 'LEJ'].flatMap((fromLocationId) =>
  ['BER', 'HAM', 'LEJ']
    .filter((toLocationId) => toLocationId !== fromLocationId)
    .map((toLocationId) => ({ fromLocationId, toLocationId, days: 2, costPerUnitMinor: 10, costPerMoveMinor: 500 })),
);
const policy: RebalancingPolicy = {
  policyId: 'p1',
  mode: 'approve',
  locationIds: ['BER', 'HAM', 'LEJ'],
  lowCoverDays: 7,
  targetCoverDays: 14,
  maxUnitsPerDay: 1_000,
  quietDays: 14,
  minUnits: 1,
  lanes,
};
const place = (locationId: string, available: number, mean: number, more: Partial<PlaceFigures> = {}): PlaceFigures => ({
  locationId,
  available,
  inbound: 0,
  use: { mean, deviation: 0, days: 90 },
  reorderPoint: 0,
  ...more,
});
const propose = (
  places: readonly PlaceFigures[],
  { moves = [], unitsLeft = 1_000, ...changes }: Partial<RebalancingPolicy> & { moves?: readonly PastMove[]; unitsLeft?: number } = {},
): readonly ProposedMove[] => proposeMoves({ ...policy, ...changes }, [{ sku: 'CUP', places }], { at, moves, unitsLeft, most: 100 });
const brief = (moves: readonly ProposedMove[]) =>
  moves.map(({ fromLocationId, toLocationId, quantity }) => `${fromLocationId} ${toLocationId} ${quantity}`);

describe('proposing moves', () => {
  it('fills a location that runs out from one that has more than its share, and says why', () => {
    const [move] = propose([place('BER', 100, 2), place('HAM', 4, 4)]);
    expect(move).toEqual({
      sku: 'CUP',
      fromLocationId: 'BER',
      toLocationId: 'HAM',
      quantity: 52,
      because: {
        code: 'low_cover',
        source: { dailyUse: 2, coverBefore: 50, coverAfter: 24, reorderPoint: 0, availableBefore: 100, availableAfter: 48 },
        destination: { dailyUse: 4, coverBefore: 1, coverAfter: 14, positionBefore: 4, positionAfter: 56 },
        networkCoverDays: 17.33,
        need: 52,
        spare: 72,
        laneDays: 2,
        costMinor: 1_020,
      },
    });
  });

  it('shares what there is where all together have less than the target', () => {
    // 30 units for 6 a day: five days for each.
    expect(brief(propose([place('BER', 30, 2), place('HAM', 0, 4)]))).toEqual(['BER HAM 20']);
  });

  it('proposes nothing where the cover is enough, the units are on their way, or use is not known', () => {
    expect(propose([place('BER', 100, 2), place('HAM', 28, 4)])).toEqual([]);
    expect(propose([place('BER', 100, 2), place('HAM', 0, 4, { inbound: 28 })])).toEqual([]);
    expect(propose([place('BER', 100, 2), place('HAM', 0, 4, { use: { mean: 4, deviation: 0, days: 13 } })])).toEqual([]);
    expect(propose([place('BER', 100, 2), place('HAM', 0, 0)])).toEqual([]);
  });

  it('protects a location whose use varies as replenishment does at 95 %, at the source as well', () => {
    const varying = (mean: number, deviation: number) => ({ use: { mean, deviation, days: 90 } });
    // 4 a day for 7 days with safety is 28 + 1.65 * 4 * sqrt 7 = 45.5; for 14 days 56 + 24.7 = 80.7.
    expect(propose([place('BER', 200, 2), place('HAM', 46, 4, varying(4, 4))])).toEqual([]);
    expect(brief(propose([place('BER', 200, 2), place('HAM', 45, 4, varying(4, 4))]))).toEqual(['BER HAM 35']);
    // Together they have 90 of 2 * (28 + 24.7) units: each gets 45.
    expect(brief(propose([place('BER', 60, 2, varying(2, 4)), place('HAM', 30, 2, varying(2, 4))]))).toEqual(['BER HAM 15']);
  });

  it('never takes a source below its own reorder point', () => {
    expect(brief(propose([place('BER', 100, 2, { reorderPoint: 90 }), place('HAM', 4, 4)]))).toEqual(['BER HAM 10']);
    expect(propose([place('BER', 100, 2, { reorderPoint: 100 }), place('HAM', 4, 4)])).toEqual([]);
  });

  it('takes the cheapest lane, several sources where one is not enough, and goes by lanes only', () => {
    const dear = lanes.map((lane) => (lane.fromLocationId === 'BER' ? { ...lane, costPerUnitMinor: 50 } : lane));
    const places = [place('BER', 100, 1), place('HAM', 0, 4), place('LEJ', 20, 0)];
    expect(brief(propose(places, { lanes: dear }))).toEqual(['LEJ HAM 20', 'BER HAM 36']);
    expect(brief(propose(places, { lanes: lanes.filter(({ fromLocationId }) => fromLocationId === 'LEJ') }))).toEqual(['LEJ HAM 20']);
    expect(propose(places, { lanes: [] })).toEqual([]);
  });

  it('stays within the units of the day, those that run out soonest first, and leaves out what is not worth a move', () => {
    const places = [place('BER', 200, 1), place('HAM', 8, 4), place('LEJ', 0, 4)];
    expect(brief(propose(places, { unitsLeft: 60 }))).toEqual(['BER LEJ 56', 'BER HAM 4']);
    expect(brief(propose(places, { unitsLeft: 60, minUnits: 5 }))).toEqual(['BER LEJ 56']);
  });

  it('sends nothing back within the quiet days', () => {
    const moved = (days: number): readonly PastMove[] => [{ sku: 'CUP', fromLocationId: 'HAM', toLocationId: 'BER', at: at - days * DAY }];
    const places = [place('BER', 100, 2), place('HAM', 4, 4)];
    expect(propose(places, { moves: moved(13) })).toEqual([]);
    expect(brief(propose(places, { moves: moved(14) }))).toEqual(['BER HAM 52']);
    const other = moved(1).map((move) => ({ ...move, sku: 'POT' }));
    expect(brief(propose(places, { moves: other }))).toEqual(['BER HAM 52']);
  });
});

describe('whatever the figures', () => {
  const figures = fc.record({
    available: fc.integer({ min: 0, max: 500 }),
    inbound: fc.integer({ min: 0, max: 50 }),
    mean: fc.double({ min: 0, max: 20, noNaN: true }),
    deviation: fc.double({ min: 0, max: 40, noNaN: true }),
    reorderPoint: fc.integer({ min: 0, max: 100 }),
  });
  const picture = fc.tuple(figures, figures, figures).map((each): SkuPicture => ({
    sku: 'CUP',
    places: each.map(({ mean, deviation, ...rest }, index) => ({
      locationId: policy.locationIds[index] ?? '',
      use: { mean, deviation, days: 90 },
      ...rest,
    })),
  }));

  it('no source falls below its reorder point, nobody gives and gets, and the second run finds nothing more', () => {
    fc.assert(
      fc.property(picture, fc.integer({ min: 1, max: 400 }), (one, unitsLeft) => {
        const moves = proposeMoves(policy, [one], { at, moves: [], unitsLeft, most: 100 });
        expect(moves.reduce((sum, { quantity }) => sum + quantity, 0)).toBeLessThanOrEqual(unitsLeft);
        const givers = new Set(moves.map(({ fromLocationId }) => fromLocationId));
        expect(moves.filter(({ toLocationId }) => givers.has(toLocationId))).toEqual([]);
        for (const { fromLocationId, because } of moves) {
          const { reorderPoint = 0 } = one.places.find(({ locationId }) => locationId === fromLocationId) ?? {};
          expect(because.source.availableAfter).toBeGreaterThanOrEqual(reorderPoint);
        }
        const after = one.places.map((each) => ({
          ...each,
          available: each.available - unitsBy(moves, ({ fromLocationId }) => fromLocationId === each.locationId),
          inbound: each.inbound + unitsBy(moves, ({ toLocationId }) => toLocationId === each.locationId),
        }));
        const past = moves.map((move) => ({ ...move, at }));
        const left = unitsLeft - unitsBy(moves, () => true);
        expect(proposeMoves(policy, [{ ...one, places: after }], { at, moves: past, unitsLeft: left, most: 100 })).toEqual([]);
      }),
    );
  });
});

const unitsBy = (moves: readonly ProposedMove[], which: (move: ProposedMove) => boolean): number =>
  moves.filter(which).reduce((sum, { quantity }) => sum + quantity, 0);

describe('a policy', () => {
  it('names locations once, a target above the low cover, and lanes between its locations', () => {
    expect(policyFault(policy)).toBeUndefined();
    expect(policyFault({ ...policy, locationIds: ['BER'] })).toMatchObject({ field: 'locationIds' });
    expect(policyFault({ ...policy, locationIds: ['BER', 'BER'] })).toMatchObject({ field: 'locationIds' });
    expect(policyFault({ ...policy, targetCoverDays: 6 })).toMatchObject({ field: 'targetCoverDays' });
    const [lane] = lanes;
    if (lane === undefined) throw new Error('no lane');
    expect(policyFault({ ...policy, lanes: [...lanes, lane] })).toMatchObject({ field: 'lanes' });
    expect(policyFault({ ...policy, lanes: [{ ...lane, toLocationId: 'MUC' }] })).toMatchObject({ field: 'lanes' });
  });
});
