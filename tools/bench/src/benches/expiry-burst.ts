import { setTimeout as sleep } from 'node:timers/promises';
import { STREAMS, TOPICS } from '@holdfast/contracts';
import { START } from '@holdfast/event-store';
import { Api } from '@holdfast/testing';
import type { Bench, BenchOptions } from '../bench.js';
import { Durations } from '../measure/durations.js';
import { figuresOf } from '../measure/figures.js';
import { atMost, exactly, figure, type BenchReport } from '../report.js';
import { openEngines, type Engines } from '../surroundings/engines.js';
import { LOCATION, receiveLots, UNITS_THAT_STAY, type BurstSku } from '../surroundings/lots.js';
import { HTTP_TENANT, startOn } from '../surroundings/servers.js';
import { mustPut } from '../surroundings/vendors.js';
import { placing } from '../surroundings/stock.js';

const CHANNEL = 'web';
const CASES = [
  { lots: 100, skus: 100, leadMs: 20_000, mostP99Ms: 1_000 },
  { lots: 10_000, skus: 1_000, leadMs: 90_000, mostP99Ms: 60_000 },
  { lots: 10_000, skus: 10, leadMs: 60_000, mostP99Ms: 60_000 },
] as const;
/** SKUs that somebody wants too many of as soon as the instant has come. */
const ASKED = 100;
const SEEN_WITHIN_MS = 90_000;
const PAGE = 5_000;

export const expiryBurst: Bench = {
  name: 'expiry-burst',
  about: 'lots of one time zone that expire at one instant: decisions, events and channel messages; takes 5 minutes',
  run,
};

interface Burst {
  readonly lots: number;
  readonly skus: number;
  /** From the instant to the stored event, and to the reading of the first message that shows it. */
  readonly events: Durations;
  readonly messages: Durations;
  readonly channelMessages: Durations;
  readonly decisions: Durations;
  readonly early: number;
  readonly soldExpired: number;
}

/** Rounds do not apply: an instant comes once. */
async function run({ say }: BenchOptions): Promise<BenchReport> {
  const engines = await openEngines();
  const holdfast = await startOn(engines.connectionString);
  try {
    await mustPut(new Api(holdfast.url, holdfast.key), `/sales-channel/channels/${CHANNEL}`, {
      name: 'Web',
      syncInventory: false,
      webhook: { url: 'http://127.0.0.1:9/' },
    });
    const bursts: Burst[] = [];
    for (const one of CASES) {
      const burst = await measure(engines, one, say);
      bursts.push(burst);
      say(`expiry-burst ${wordsOf(burst)}`);
    }
    const largest = bursts[1] ?? bursts[0];
    if (largest === undefined) throw new Error('nothing was measured');
    const sum = (of: (burst: Burst) => number): number => bursts.reduce((total, burst) => total + of(burst), 0);
    return {
      name: 'expiry-burst',
      baseline: null,
      holdfast: { name: '10,000 lots of 1,000 SKUs: instant to channel message read', ...figuresOf(largest.channelMessages, 1) },
      ratio: null,
      rounds: bursts.map(({ lots, skus, events, messages, channelMessages, decisions }) => ({
        ...{ lots, skus, eventsP99Ms: events.percentile(0.99), messagesP99Ms: messages.percentile(0.99) },
        ...{ channelMessagesP99Ms: channelMessages.percentile(0.99), decisionsP99Ms: decisions.percentile(0.99) },
      })),
      targets: [
        ...CASES.flatMap(({ mostP99Ms }, index) => {
          const burst = bursts[index] ?? largest;
          const what = `${figure(burst.lots)} lots of ${figure(burst.skus)} SKUs`;
          return [
            atMost(`p99 of events, ${what}`, burst.events.percentile(0.99), mostP99Ms, ' ms'),
            atMost(`p99 of channel messages, ${what}`, burst.channelMessages.percentile(0.99), mostP99Ms, ' ms'),
          ];
        }),
        exactly(
          'lots without an event or a message',
          sum(
            ({ lots, skus, events, messages, channelMessages }) => lots - events.count + 2 * skus - messages.count - channelMessages.count,
          ),
          0,
        ),
        exactly(
          'events before the instant',
          sum(({ early }) => early),
          0,
        ),
        exactly(
          'expired units promised at the instant',
          sum(({ soldExpired }) => soldExpired),
          0,
        ),
      ],
      notes: bursts.map(wordsOf),
    };
  } finally {
    await holdfast.stop();
    await engines.stop();
  }
}

const wordsOf = ({ lots, skus, events, messages, channelMessages, decisions }: Burst): string => {
  const both = (durations: Durations): string => `${figure(durations.percentile(0.5))} and ${figure(durations.percentile(0.99))} ms`;
  return `${figure(lots)} lots of ${figure(skus)} SKUs, p50 and p99: events ${both(events)}; ATP messages ${both(messages)}; channel messages ${both(channelMessages)}; decisions at the instant ${both(decisions)}`;
};

async function measure(engines: Engines, { lots, skus, leadMs }: (typeof CASES)[number], say: BenchOptions['say']): Promise<Burst> {
  const instant = Date.now() + leadMs;
  const perSku = lots / skus;
  const ids = Array.from({ length: skus }, (_none, index) => `BURST-${String(lots)}-${String(perSku)}-${String(index)}`);
  const seen = new Seen(ids);
  const tail = await engines.runtime.bus.tail({
    topics: [TOPICS.atp.name, TOPICS.channelAtp.name],
    from: 'latest',
    onMessages: (read) => {
      for (const { value } of read) seen.take(value, instant);
      return Promise.resolve();
    },
  });
  try {
    const goods = ids.map((sku): BurstSku => ({ sku, lots: perSku, expiresAt: instant }));
    await receiveLots(engines.runtime.ledger, goods);
    if (Date.now() > instant) throw new Error('receiving the lots took longer than the first of them lived');
    say(
      `expiry-burst: ${figure(lots)} lots of ${figure(skus)} SKUs received, ${String(Math.round((instant - Date.now()) / 1_000))} s before they expire`,
    );
    await sleep(instant - Date.now() + 1);
    const decided = await askTooMuch(engines, ids);
    const events = await recorded(engines, lots, instant);
    while (!seen.isComplete && Date.now() < instant + SEEN_WITHIN_MS) await sleep(20);
    return { lots, skus, ...events, ...decided, messages: seen.messages, channelMessages: seen.channelMessages };
  } finally {
    await tail.stop();
  }
}

/** Asks for a unit more than does not expire. */
async function askTooMuch({ runtime }: Engines, ids: readonly string[]): Promise<Pick<Burst, 'decisions' | 'soldExpired'>> {
  const decisions = new Durations();
  let soldExpired = 0;
  for (const sku of ids.slice(0, ASKED)) {
    const began = performance.now();
    const command = placing(UNITS_THAT_STAY + 1, [{ locationId: LOCATION, priority: 1 }]);
    const outcome = await runtime.ledger.execute({ tenant: HTTP_TENANT, sku }, command);
    decisions.add(performance.now() - began);
    if (outcome.kind !== 'refused') soldExpired += 1;
  }
  return { decisions, soldExpired };
}

/** Waits for the events of so many lots. */
async function recorded({ runtime }: Engines, lots: number, instant: number): Promise<Pick<Burst, 'events' | 'early'>> {
  const events = new Durations();
  let early = 0;
  let after = START;
  while (events.count < lots && Date.now() < instant + SEEN_WITHIN_MS) {
    const filter = { types: STREAMS.stock.storedTypes(['LotExpired']) };
    const page = await runtime.eventStore.readAll({ after, limit: PAGE, filter });
    for (const { recordedAt, metadata } of page.events) {
      // Lots of the bursts before have an instant of their own.
      if (metadata.at < instant - 1_000) continue;
      if (metadata.at < instant) early += 1;
      events.add(recordedAt - instant);
    }
    after = page.position;
    if (page.atEnd) await sleep(200);
  }
  return { events, early };
}

interface Told {
  readonly data: { readonly sku: string; readonly available?: number; readonly atp?: number; readonly channelId?: string };
}

/** The first message of each SKU and topic that shows what is left. */
class Seen {
  readonly messages = new Durations();
  readonly channelMessages = new Durations();
  readonly #stock: Set<string>;
  readonly #channel: Set<string>;

  constructor(skus: readonly string[]) {
    this.#stock = new Set(skus);
    this.#channel = new Set(skus);
  }

  get isComplete(): boolean {
    return this.#stock.size + this.#channel.size === 0;
  }

  take(value: string | null, instant: number): void {
    if (value === null || Date.now() < instant) return;
    const { sku, available, atp } = (JSON.parse(value) as Told).data;
    if (available === UNITS_THAT_STAY && this.#stock.delete(sku)) this.messages.add(Date.now() - instant);
    if (atp === UNITS_THAT_STAY && this.#channel.delete(sku)) this.channelMessages.add(Date.now() - instant);
  }
}
