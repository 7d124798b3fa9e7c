import { setTimeout as sleep } from 'node:timers/promises';
import { openPostgresEventStore } from '@holdfast/event-store';
import { Api, unique } from '@holdfast/testing';
import { inspectLog } from '../audit/inspect-log.js';
import { LONGEST_LIFE, readLives, type Lives } from '../audit/lives.js';
import { answeredAgain } from '../load/answered-again.js';
import { Buyers, disagreements, TTL_MS } from '../load/buyers.js';
import { stock } from '../load/stock.js';
import type { Subject, Victim } from './subject.js';

export interface Round {
  readonly victim: Victim;
  /** From the kill until every SKU was answered again. */
  readonly recoveredMs: number;
}

export interface Leg {
  readonly rounds: readonly Round[];
  readonly answers: number;
  readonly acknowledged: number;
  readonly lives: Lives;
  readonly faults: readonly string[];
}

const SKUS = 6;
const UNITS = 400;
const BUYERS = 8;
/** Acknowledged reservations that are checked again after each round, newest first. */
const ASKED_AGAIN = 40;

/** Kills one process after the other while buyers send requests, and checks after each that every answer is still true. */
export async function runLeg(subject: Subject, rounds: number, random: () => number, say: (line: string) => void): Promise<Leg> {
  const api = new Api(subject.url, subject.key);
  const { skus } = await stock(api, { skus: SKUS, units: UNITS });
  const buyers = new Buyers(api, skus, unique('buyer'), random, BUYERS);
  const done: Round[] = [];
  const faults: string[] = [];
  const note = (found: readonly string[]): void => {
    for (const fault of found) say(`  FAULT ${fault}`);
    faults.push(...found);
  };
  try {
    for (let round = 0; round < rounds; round += 1) {
      const victim = subject.victims[round % subject.victims.length] ?? 'standalone';
      await sleep(300 + random() * 1_200);
      const killed = performance.now();
      const [recoveredMs] = await Promise.all([
        // A killed process needs a moment to end.
        sleep(1).then(() => answeredAgain(api, skus, killed)),
        subject.kill(victim, random()),
      ]);
      done.push({ victim, recoveredMs });
      note(await disagreements(api, buyers.acknowledged.slice(-ASKED_AGAIN)));
      note(await inspect(subject, longestOutageMs(done), false));
      say(`  round ${String(round + 1)}/${String(rounds)}: ${victim} killed, answered again after ${recoveredMs.toFixed(0)} ms`);
    }
  } finally {
    await buyers.stop();
  }
  note(buyers.wrong);
  await sleep(LONGEST_LIFE * TTL_MS);
  note(await disagreements(api, buyers.acknowledged));
  note(await inspect(subject, longestOutageMs(done), true));
  const { answers, acknowledged } = buyers;
  return { rounds: done, answers, acknowledged: acknowledged.length, lives: await livesOf(subject), faults };
}

const longestOutageMs = (rounds: readonly Round[]): number => Math.max(0, ...rounds.map(({ recoveredMs }) => recoveredMs));

const inspect = (subject: Subject, outageMs: number, settled: boolean): Promise<readonly string[]> =>
  withStore(subject, (store) => inspectLog(store, { outageMs, settled }));

const livesOf = (subject: Subject): Promise<Lives> => withStore(subject, (store) => readLives(store, Date.now()));

type Store = Awaited<ReturnType<typeof openPostgresEventStore>>;

async function withStore<Result>(subject: Subject, use: (store: Store) => Promise<Result>): Promise<Result> {
  const connectionString = subject.database();
  if (connectionString === undefined) throw new Error('the database cannot be found');
  const store = await openPostgresEventStore({ connectionString });
  try {
    return await use(store);
  } finally {
    await store.close();
  }
}
