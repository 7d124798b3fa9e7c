import { clean, readRows } from '@holdfast/replay';
import type { RebalancingPolicy } from '@holdfast/warehouse';
import type { Bench, BenchOptions } from '../bench.js';
import { askedUnits, SHARES } from '../rebalancing/asked.js';
import { mostSold } from '../rebalancing/clairvoyant.js';
import { ShopYear, type Supply, type YearResult } from '../rebalancing/shop-year.js';
import { atMost, figure, type BenchReport } from '../report.js';

const LOCATIONS = SHARES.map(([locationId]) => locationId);

const LANE_DAYS = 2;

/** The defaults that the guide names. */
const POLICY: RebalancingPolicy = {
  policyId: 'year',
  mode: 'auto',
  locationIds: LOCATIONS,
  lowCoverDays: 3,
  targetCoverDays: 14,
  maxUnitsPerDay: 5_000,
  quietDays: 7,
  minUnits: 1,
  lanes: LOCATIONS.flatMap((fromLocationId) =>
    LOCATIONS.filter((toLocationId) => toLocationId !== fromLocationId).map((toLocationId) => ({
      fromLocationId,
      toLocationId,
      days: LANE_DAYS,
      costPerUnitMinor: 10,
      costPerMoveMinor: 300,
    })),
  ),
};

/** Weekly as in the replay, which is the case of the target; every four weeks shows what it rests on. */
const SUPPLIES: readonly Supply[] = [{ everyDays: 7 }, { everyDays: 28 }];

export const rebalancing: Bench = {
  name: 'rebalancing',
  about: "units lost in the shop's year over four locations, with and without rebalancing, with --data FILE",
  run,
};

async function run({ data, lines, say }: BenchOptions): Promise<BenchReport> {
  if (data === undefined) throw new Error('rebalancing wants the online-retail file: --data FILE');
  const asked = askedUnits(await clean(readRows(data, lines ?? Number.POSITIVE_INFINITY)));
  say(`rebalancing: ${figure(asked.length)} lines of sales over ${String(LOCATIONS.length)} locations`);
  const began = performance.now();
  const rounds = SUPPLIES.map((supply) => {
    const plain = new ShopYear(supply, undefined);
    const without = plain.play(asked);
    const leastLost = without.asked - mostSold(asked, plain.delivered, LANE_DAYS);
    const withIt = new ShopYear(supply, POLICY).play(asked);
    say(`rebalancing, supply every ${String(supply.everyDays)} days: ${sentence(without, withIt, leastLost)}`);
    return { everyDays: supply.everyDays, without, with: withIt, leastLost, lostRatio: withIt.lost / without.lost };
  });
  const seconds = (performance.now() - began) / 1_000;
  return {
    name: 'rebalancing',
    baseline: null,
    holdfast: {
      name: 'lines of sales played a second, four years',
      perSecond: (asked.length * 2 * SUPPLIES.length) / seconds,
      p50Ms: 0,
      p99Ms: 0,
    },
    ratio: null,
    rounds,
    targets: [atMost('units lost with rebalancing, of those lost without', (rounds[0]?.lostRatio ?? 1) * 100, 100 * (2 / 3), ' %')],
    notes: rounds.map(
      ({ everyDays, ...both }) => `Supply every ${String(everyDays)} days: ${sentence(both.without, both.with, both.leastLost)}.`,
    ),
  };
}

const sentence = (without: YearResult, withIt: YearResult, leastLost: number): string =>
  `lost ${figure(without.lost)} of ${figure(without.asked)} units without, ${figure(withIt.lost)} with rebalancing ` +
  `(${((1 - withIt.lost / without.lost) * 100).toFixed(1)} % fewer), ${figure(withIt.moves)} moves of ${figure(withIt.movedUnits)} units ` +
  `for ${figure(withIt.costMinor / 100)}; delivered ${figure(without.deliveredUnits)} and ${figure(withIt.deliveredUnits)}; ` +
  `who knows all sales beforehand loses ${figure(leastLost)} (${((1 - leastLost / without.lost) * 100).toFixed(1)} % fewer)`;
