import { setTimeout as sleep } from 'node:timers/promises';
import { openPostgresEventStore } from '@holdfast/event-store';
import { Api, eventually, unique } from '@holdfast/testing';
import { ORDER_SETTLES_MS, walk } from '../walk.js';
import { Buyers, disagreements, GIVEN_UP_MS, persist, TTL_MS } from './buyers.js';
import { LONGEST_LIFE, readLives, type Lives } from './lives.js';
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
  const skus = await stock(api);
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

/** Registers a location with an ERP connection and receives units of a few SKUs there. */
async function stock(api: Api): Promise<readonly string[]> {
  const [locationId, connectionId] = [unique('SHELF'), unique('erp')];
  const skus = Array.from({ length: SKUS }, () => unique('SKU'));
  const expectOk = async (answer: ReturnType<Api['post']>): Promise<void> => {
    const { status, body } = await answer;
    if (status >= 300) throw new Error(`${String(status)} ${JSON.stringify(body)}`);
  };
  await expectOk(api.post('/api/locations', { locationId, name: 'Shelf', kind: 'warehouse', priority: 1 }));
  const mappings = [{ warehouseId: 'W', locationId }];
  await expectOk(api.put(`/v1/erp/connections/${connectionId}`, { name: 'Crash ERP', system: 'test', mappings }));
  const asOf = new Date().toISOString();
  const messages = skus.map((sku) => ({
    ...{ type: 'level', messageId: unique('m'), connectionId, warehouseId: 'W' },
    ...{ sku, quantity: UNITS, asOf },
  }));
  await expectOk(api.post('/v1/erp/messages', { messages }));
  for (const sku of skus)
    await eventually(
      () => api.get(`/api/inventory?productMasterId=${encodeURIComponent(sku)}`),
      ({ body }) => (body as { items?: unknown[] }).items?.length === 1,
    );
  return skus;
}

async function answeredAgain(api: Api, skus: readonly string[], since: number): Promise<number> {
  const ask = async (sku: string): Promise<void> => {
    const key = unique('probe');
    const body = { items: [{ sku, quantity: 1 }], orderId: key, ttl: 1 };
    const answer = await persist(api, '/sales-channel/inventory/reserve', body, key, () => performance.now() > since + GIVEN_UP_MS);
    if (answer === undefined) throw new Error(`${sku} was not answered within ${String(GIVEN_UP_MS)} ms of the kill`);
  };
  await Promise.all(skus.map(ask));
  return performance.now() - since;
}

const longestOutageMs = (rounds: readonly Round[]): number => Math.max(0, ...rounds.map(({ recoveredMs }) => recoveredMs));

/**
 * Returns the rules that the log breaks.
 * @param outageMs the time of the longest outage, in which no process could store the expiry of a hold
 * @param settled whether no reservation may be open any more
 */
async function inspect(subject: Subject, outageMs: number, settled: boolean): Promise<readonly string[]> {
  return withStore(subject, async (store) => {
    const settledBefore = settled ? Number.POSITIVE_INFINITY : Date.now() - ORDER_SETTLES_MS - outageMs;
    const { violations } = await walk(store, settledBefore, () => undefined);
    const { longest, overrunMs, openHolds, openOrders } = await readLives(store, Date.now());
    const faults = violations.map(({ stream, rule, message }) => `${stream}: ${rule}: ${message}`);
    if (overrunMs > outageMs) faults.push(`a hold lived ${longest.toFixed(2)} times its time to live`);
    if (settled && openHolds > 0) faults.push(`${String(openHolds)} holds are open after the end`);
    if (settled && openOrders > 0) faults.push(`${String(openOrders)} orders have not ended`);
    return faults;
  });
}

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
