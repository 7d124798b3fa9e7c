import { setTimeout as sleep } from 'node:timers/promises';
import type { Connectors } from './connectors.js';
import type { ShopUnderAudit } from './shops.js';

export interface Round {
  readonly what: 'kill' | 'pause';
  /** From the fault until every shop showed every newest figure. */
  readonly settledMs: number;
  /** Calls that came with an older figure after a newer one. */
  readonly older: number;
  readonly faults: readonly string[];
}

const LOOK_MS = 200;
/** A look takes at most one of so many parts of the time. */
const LOOKS = 20;
const SETTLED_WITHIN_MS = 600_000;
/** A late write of a process that was stopped comes within this time, if it comes. */
const LATE_MS = 1_000;

/** Changes the figures of all listings, kills or stops a process in the middle, and checks that every shop comes to show the newest. */
export async function runRounds({ connectors, shops, skus, random, say }: RoundTools, rounds: number): Promise<readonly Round[]> {
  const channelIds = shops.map(({ simulator }) => simulator.vendor);
  const done: Round[] = [];
  let figure = 0;
  const change = async (): Promise<ReadonlyMap<string, number>> => {
    figure += 1;
    const figures = new Map(skus.map((sku) => [sku, figure]));
    await connectors.tell(channelIds, figures);
    return figures;
  };
  const syncMs = await settled(shops, await change(), performance.now());
  if (syncMs === undefined) throw new Error('the first sync did not end');
  say(`  synced ${String(skus.length)} listings of ${String(shops.length)} shops in ${String(Math.round(syncMs))} ms`);
  for (let round = 0; round < rounds; round += 1) {
    const what = round % 2 === 0 ? 'kill' : 'pause';
    const before = olderOf(shops);
    let wanted = await change();
    // Somewhere in the sync.
    await sleep(random() * syncMs);
    const began = performance.now();
    if (what === 'kill') {
      const killed = connectors.kill(random());
      wanted = await change();
      await killed;
    } else {
      await connectors.pause(random(), async () => {
        wanted = await change();
        await sleep(random() * syncMs);
      });
      await sleep(LATE_MS);
    }
    const settledMs = await settled(shops, wanted, began);
    const older = olderOf(shops) - before;
    const violations = shops.flatMap(({ simulator }) => simulator.log.violations.slice(0, 5));
    const faults = [
      ...violations,
      ...(settledMs === undefined ? shops.flatMap((shop) => shop.differing(wanted)).slice(0, 10) : []),
      // The dead send nothing: whatever is older came from a second writer.
      ...(what === 'kill' && older > 0 ? [`${String(older)} older figures were sent after newer ones`] : []),
    ];
    done.push({ what, settledMs: settledMs ?? SETTLED_WITHIN_MS, older, faults });
    say(
      `  round ${String(round + 1)}/${String(rounds)}: ${what}, settled after ${String(Math.round(settledMs ?? -1))} ms, ${String(older)} older figures sent`,
    );
    for (const fault of faults) say(`  FAULT ${fault}`);
    if (settledMs === undefined) return done;
  }
  return done;
}

export interface RoundTools {
  readonly connectors: Connectors;
  readonly shops: readonly ShopUnderAudit[];
  readonly skus: readonly string[];
  readonly random: () => number;
  readonly say: (line: string) => void;
}

const olderOf = (shops: readonly ShopUnderAudit[]): number => shops.reduce((sum, { older }) => sum + older, 0);

/** @returns milliseconds since it began; undefined where the shops do not come to show the figures */
async function settled(shops: readonly ShopUnderAudit[], wanted: ReadonlyMap<string, number>, began: number): Promise<number | undefined> {
  for (;;) {
    const looked = performance.now();
    if (!shops.some((shop) => shop.differing(wanted).length > 0)) break;
    if (looked - began > SETTLED_WITHIN_MS) return undefined;
    // The simulators answer in this process: looking at many listings must not take their time.
    await sleep(Math.max(LOOK_MS, LOOKS * (performance.now() - looked)));
  }
  return performance.now() - began;
}
