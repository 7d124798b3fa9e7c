import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { TOPICS } from '@holdfast/contracts';
import { Api } from '@holdfast/testing';
import type { Bench, BenchOptions } from '../bench.js';
import { Durations } from '../measure/durations.js';
import { figuresOf, medianFigures, type Figures } from '../measure/figures.js';
import { steadily } from '../measure/steadily.js';
import { atMost, exactly, figure, type BenchReport } from '../report.js';
import { openEngines, type Engines } from '../surroundings/engines.js';
import { ERP_CONNECTION, ERP_WAREHOUSE, levelMessage } from '../surroundings/erp-messages.js';
import { HTTP_TENANT, startOn } from '../surroundings/servers.js';

const SKUS = 3_800;
const LEAST_SECONDS = 5;
const SEEN_WITHIN_MS = 20_000;
const RATES = [
  { perSecond: 500, mostP99Ms: 250 },
  { perSecond: 1_000, mostP99Ms: 50 },
] as const;

export const atpLag: Bench = { name: 'atp-lag', about: 'ERP message to ATP message at 500 and 1,000 messages/s', run };

interface Lag extends Figures {
  readonly offeredPerSecond: number;
  readonly unseen: number;
}

async function run({ rounds, seconds, say }: BenchOptions): Promise<BenchReport> {
  const lasting = Math.max(seconds, LEAST_SECONDS);
  const engines = await openEngines();
  const holdfast = await startOn(engines.connectionString);
  try {
    const connection = { name: 'bench', system: 'custom', mappings: [{ warehouseId: ERP_WAREHOUSE, locationId: 'MAIN' }] };
    const made = await new Api(holdfast.url, holdfast.key).put(`/v1/erp/connections/${ERP_CONNECTION}`, connection);
    if (made.status >= 300) throw new Error(`the ERP connection was refused: ${JSON.stringify(made.body)}`);
    // Every SKU has been heard of before anything is counted.
    await measure(engines, 1_000, SKUS / 1_000);
    const measured: Lag[] = [];
    for (let round = 1; round <= rounds; round += 1) {
      for (const { perSecond } of RATES) {
        const lag = await measure(engines, perSecond, lasting);
        measured.push(lag);
        say(
          `atp-lag ${String(round)}/${String(rounds)} at ${figure(perSecond)}/s: p50 ${figure(lag.p50Ms)} ms, p99 ${figure(lag.p99Ms)} ms`,
        );
      }
    }
    const at = (perSecond: number): Figures => medianFigures(measured.filter(({ offeredPerSecond }) => offeredPerSecond === perSecond));
    return {
      name: 'atp-lag',
      baseline: null,
      holdfast: { name: 'message on erp.stock.v1 to message of inventory.atp.v1 read, 1,000/s', ...at(1_000) },
      ratio: null,
      rounds: measured,
      targets: [
        ...RATES.map(({ perSecond, mostP99Ms }) => atMost(`p99 at ${String(perSecond)}/s`, at(perSecond).p99Ms, mostP99Ms, ' ms')),
        exactly(
          'messages without an ATP message',
          measured.reduce((sum, { unseen }) => sum + unseen, 0),
          0,
        ),
      ],
      notes: [
        `Levels of ${String(SKUS)} SKUs that differ from the last, published every 10 ms; from the time at which a message was due to its reading.`,
        `p50 at 500/s: ${figure(at(500).p50Ms)} ms. Publisher and reader are a process of their own on the same machine.`,
      ],
    };
  } finally {
    await holdfast.stop();
    await engines.stop();
  }
}

let figures = 0;

async function measure({ runtime: { bus } }: Engines, perSecond: number, seconds: number): Promise<Lag> {
  const run = randomBytes(4).toString('hex');
  const dueAt = new Map<string, number>();
  const lags = new Durations();
  const tail = await bus.tail({
    topics: [TOPICS.atp.name],
    from: 'latest',
    onMessages: (messages) => {
      const now = performance.now();
      for (const { value } of messages) {
        for (const cause of causesOf(value)) {
          const due = dueAt.get(cause);
          if (due === undefined) continue;
          dueAt.delete(cause);
          lags.add(now - due);
        }
      }
      return Promise.resolve();
    },
  });
  const began = performance.now();
  await steadily(perSecond, seconds, async (items) => {
    const messages = items.map((item) => {
      const messageId = `${run}-${String(item.index)}`;
      dueAt.set(messageId, item.dueAt);
      figures += 1;
      return levelMessage(HTTP_TENANT, messageId, `LAG-${String(figures % SKUS)}`, 1_000 + Math.floor(figures / SKUS), Date.now());
    });
    await bus.publish(TOPICS.erpStock.name, messages);
  });
  const until = performance.now() + SEEN_WITHIN_MS;
  while (dueAt.size > 0 && performance.now() < until) await sleep(20);
  const took = (performance.now() - began) / 1_000;
  await tail.stop();
  return { offeredPerSecond: perSecond, unseen: dueAt.size, ...figuresOf(lags, took) };
}

const causesOf = (value: string | null): readonly string[] =>
  value === null ? [] : ((JSON.parse(value) as { data: { causes?: readonly string[] } }).data.causes ?? []);
