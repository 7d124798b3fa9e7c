import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { Bench, BenchOptions } from '../bench.js';
import { fillsLimit, LEAST_USED, MOST_REFUSED, SYNC_CASES, usedOf, type SyncCase } from '../full-sync/cases.js';
import { VirtualDelivery, type Storm } from '../full-sync/virtual-delivery.js';
import { atLeast, atMost, figure, type BenchReport, type Target } from '../report.js';

const LISTINGS = 10_000;
const MB = 1_048_576;
/** Of the heap from the middle of the second sync to the end of the third. The delivery keeps nothing; Shopify's simulator keeps the answer to each idempotency key. */
const MOST_GROWTH_MB = 16;

export const fullSync: Bench = {
  name: 'full-sync',
  about: '10,000 listings of each vendor against its own limit, in virtual time',
  run,
};

interface Memory {
  readonly rssMb: number;
  /** After a collection. */
  readonly heapMb: number;
}

interface Measured {
  readonly one: SyncCase;
  readonly storms: readonly { readonly when: 'first' | 'again'; readonly storm: Storm }[];
  readonly memory: Readonly<Record<'start' | 'middle' | 'end', Memory>>;
  readonly tookMs: number;
  readonly violations: readonly string[];
}

async function run({ say }: BenchOptions): Promise<BenchReport> {
  const collect = collector();
  const measured: Measured[] = [];
  const began = performance.now();
  for (const one of SYNC_CASES) {
    const found = await measure(one, collect);
    measured.push(found);
    say(`full-sync ${lineOf(found)}`);
    for (const violation of found.violations.slice(0, 5)) say(`  ${violation}`);
  }
  const seconds = (performance.now() - began) / 1_000;
  const listings = measured.length * 3 * LISTINGS;
  return {
    name: 'full-sync',
    baseline: null,
    holdfast: { name: 'listings told, in time of this machine', perSecond: listings / seconds, p50Ms: Number.NaN, p99Ms: Number.NaN },
    ratio: null,
    rounds: measured.map(({ one, storms, memory }) => ({
      vendor: one.vendor,
      how: one.how,
      memory,
      syncs: storms.map(({ when, storm }) => ({
        when,
        ...storm,
        spent: Object.fromEntries(storm.spent),
        used: usedOf(one, storm) ?? null,
      })),
    })),
    targets: measured.flatMap(targetsOf),
    notes: [
      `The delivery with one channel of ${String(LISTINGS)} listings at a simulated vendor with its default limits; the time stands still while a call is under way.`,
      'First: nothing is known of the listings. Again, twice: all of them change. Memory is of the one process that is delivery and simulator: before the first, in the middle of the second, after the third.',
      ...measured.map(lineOf),
    ],
  };
}

async function measure(one: SyncCase, collect: () => void): Promise<Measured> {
  const began = performance.now();
  const memory = (): Memory => {
    collect();
    const { rss, heapUsed } = process.memoryUsage();
    return { rssMb: rss / MB, heapMb: heapUsed / MB };
  };
  const rig = await VirtualDelivery.start({ ...one, listings: LISTINGS });
  try {
    const start = memory();
    let middle = start;
    const first = await rig.tellAll((index) => 10 + (index % 7));
    const second = await rig.tellAll(
      (index) => 30 + (index % 7),
      () => {
        middle = memory();
      },
    );
    const third = await rig.tellAll((index) => 50 + (index % 7));
    const storms = [
      { when: 'first', storm: first },
      { when: 'again', storm: second },
      { when: 'again', storm: third },
    ] as const;
    const { violations } = rig.vendor.log;
    return { one, storms, memory: { start, middle, end: memory() }, tookMs: performance.now() - began, violations };
  } finally {
    await rig.stop();
  }
}

function targetsOf({ one, storms, memory, violations }: Measured): readonly Target[] {
  const name = `${one.vendor}, ${one.how}`;
  const used = storms.filter(({ when }) => fillsLimit(one, when)).map(({ storm }) => usedOf(one, storm) ?? 0);
  const calls = storms.reduce((sum, { storm }) => sum + storm.calls, 0);
  const refused = storms.reduce((sum, { storm }) => sum + storm.throttled, 0);
  return [
    ...(used.length === 0 ? [] : [atLeast(`${name}: of its limit`, Math.min(...used) * 100, LEAST_USED * 100, ' %')]),
    atMost(`${name}: refused calls`, (refused / calls) * 100, MOST_REFUSED * 100, ' %'),
    atMost(`${name}: growth of the heap`, memory.end.heapMb - memory.middle.heapMb, MOST_GROWTH_MB, ' MB'),
    atMost(`${name}: breaches of the vendor's rules`, violations.length, 0, ''),
  ];
}

function lineOf({ one, storms, memory, tookMs }: Measured): string {
  const syncs = storms.map(({ storm }) => {
    const used = usedOf(one, storm);
    return `${storm.seconds.toFixed(0)} s, ${String(storm.calls)} calls${used === undefined ? '' : `, ${(used * 100).toFixed(1)} %`}`;
  });
  const { start, middle, end } = memory;
  const megabytes = (of: (memory: Memory) => number): string => [start, middle, end].map((one) => of(one).toFixed(0)).join(', ');
  const refused = storms.reduce((sum, { storm }) => sum + storm.throttled, 0);
  return `${one.vendor}, ${one.how}: ${syncs.join('; ')}; ${String(refused)} refused; heap ${megabytes(({ heapMb }) => heapMb)} MB, RSS ${megabytes(({ rssMb }) => rssMb)} MB; took ${figure(tookMs / 1_000)} s`;
}

/** Node hides its collector from programs that were not started with a flag. */
function collector(): () => void {
  setFlagsFromString('--expose-gc');
  return runInNewContext('gc') as () => void;
}
