import { setTimeout as sleep } from 'node:timers/promises';
import type { Runtime } from '@holdfast/runtime';
import { Api, unique } from '@holdfast/testing';
import { LONGEST_LIFE } from '../audit/lives.js';
import { Buyers, TTL_MS, type Acknowledged } from '../load/buyers.js';
import { Erp } from '../load/erp.js';
import { stock } from '../load/stock.js';
import { TalliedApi, type Tally } from '../load/tallied-api.js';
import { audit } from './audit.js';
import type { Cluster } from './cluster.js';
import { recovery, type Recovery } from './recovery.js';
import { describeCut, type Planned } from './schedule.js';

export interface Round {
  readonly cut: string;
  readonly seconds: number;
  readonly recoveredMs: number;
  readonly answers: Tally;
  readonly faults: readonly string[];
}

export interface Rounds {
  readonly rounds: readonly Round[];
  readonly acknowledged: number;
  readonly unanswered: number;
}

const SKUS = 6;
const UNITS = 20;
const BUYERS = 16;
/** Load after everything is healthy again. */
const AFTERWARDS_MS = 1_000;
/** Acknowledged reservations that are checked again after each round, newest first. */
const ASKED_AGAIN = 60;

interface Surroundings {
  readonly cluster: Cluster;
  readonly runtime: Runtime;
  readonly random: () => number;
  /** Ends the rounds early. */
  readonly signal: AbortSignal;
  readonly say: (line: string) => void;
}

/** Cuts the network as planned while buyers and an ERP send requests, and checks after each round that every answer is still true. */
export async function runRounds(plan: readonly Planned[], surroundings: Surroundings): Promise<Rounds> {
  const { cluster, random, say } = surroundings;
  const api = new Api(cluster.url, cluster.key);
  const stocked = await stock(api, { skus: SKUS, units: UNITS });
  const running = new RunningRounds(surroundings, api, stocked.skus, new Erp(stocked, random, UNITS));
  const done: Round[] = [];
  for (const [index, planned] of plan.entries()) {
    const isLast = index === plan.length - 1;
    const round = await running.run(planned, isLast);
    done.push(round);
    const took = `${(round.recoveredMs / 1_000).toFixed(1)} s until all was healthy, ${String(round.faults.length)} faults`;
    say(`  round ${String(index + 1)}/${String(plan.length)}: ${round.cut} for ${String(round.seconds)} s, ${took}`);
    for (const fault of round.faults) say(`  FAULT ${fault}`);
  }
  return { rounds: done, acknowledged: running.acknowledged.length, unanswered: running.unanswered.length };
}

class RunningRounds {
  readonly acknowledged: Acknowledged[] = [];
  readonly unanswered: Acknowledged[] = [];
  private longestOutageMs = 0;

  constructor(
    private readonly surroundings: Surroundings,
    private readonly api: Api,
    private readonly skus: readonly string[],
    private readonly erp: Erp,
  ) {}

  async run(planned: Planned, isLast: boolean): Promise<Round> {
    const { signal, runtime } = this.surroundings;
    const answers: Tally = {};
    const { recovered, wrong } = await this.underLoad(planned, answers);
    this.longestOutageMs = Math.max(this.longestOutageMs, planned.seconds * 1_000 + recovered.ms);
    await sleep(LONGEST_LIFE * TTL_MS, undefined, { signal });
    const { acknowledged, unanswered, erp } = this;
    const askedAgain = isLast ? acknowledged : acknowledged.slice(-ASKED_AGAIN);
    const found = await audit(this.api, runtime, { acknowledged, unanswered, erp, askedAgain }, this.longestOutageMs);
    return {
      cut: describeCut(planned.cut),
      seconds: planned.seconds,
      recoveredMs: recovered.ms,
      answers,
      faults: [...recovered.faults, ...wrong, ...found],
    };
  }

  private async underLoad(planned: Planned, answers: Tally): Promise<{ recovered: Recovery; wrong: readonly string[] }> {
    const { cluster, random, signal } = this.surroundings;
    const loaded = new TalliedApi(cluster.url, cluster.key, answers);
    const buyers = new Buyers(loaded, this.skus, unique('buyer'), random, BUYERS);
    this.erp.start(loaded);
    try {
      const recovered = await this.cutAndHeal(planned);
      await sleep(AFTERWARDS_MS, undefined, { signal });
      await Promise.all([buyers.stop(), this.erp.stop()]);
      this.acknowledged.push(...buyers.acknowledged);
      this.unanswered.push(...buyers.unanswered);
      return { recovered, wrong: [...buyers.wrong, ...this.erp.wrong.splice(0)] };
    } catch (error) {
      // Without a network their requests fail, so they end.
      void Promise.all([buyers.stop(0), this.erp.stop(0)]);
      throw error;
    }
  }

  private async cutAndHeal({ cut, seconds, afterMs }: Planned): Promise<Recovery> {
    const { cluster, runtime, signal } = this.surroundings;
    await sleep(afterMs, undefined, { signal });
    await cluster.apply(cut);
    try {
      await sleep(seconds * 1_000, undefined, { signal });
    } finally {
      await cluster.heal();
    }
    return recovery(this.api, runtime, cluster.services, this.skus);
  }
}
