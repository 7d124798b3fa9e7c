import { setTimeout as sleep } from 'node:timers/promises';
import { STREAMS } from '@holdfast/contracts';
import { START, type RecordedEvent } from '@holdfast/event-store';
import type { SkuLedger } from '@holdfast/ledger';
import { reservationService } from '@holdfast/reservation';
import type { Runtime } from '@holdfast/runtime';
import type { Bench, BenchOptions } from '../bench.js';
import { Durations } from '../measure/durations.js';
import { figuresOf } from '../measure/figures.js';
import { atMost, exactly, type BenchReport } from '../report.js';
import { openEngines } from '../surroundings/engines.js';
import { locationsOf, placing, stockUp, TENANT } from '../surroundings/stock.js';

const HOLDS = 10_000;
const SKUS = 500;
const WITHIN_MS = 60_000;
/** Until the first expires: long enough to place them all. */
const LEAD_MS = 15_000;
const PLACED_AT_ONCE = 64;
const GRACE_MS = 20_000;
const PAGE = 5_000;

export const expiry: Bench = { name: 'expiry', about: 'how late 10,000 holds that run out within a minute end; takes 80 s', run };

/** Rounds do not apply: one minute tells it. */
async function run({ say }: BenchOptions): Promise<BenchReport> {
  const engines = await openEngines();
  const service = await reservationService.start(engines.runtime);
  try {
    const { runtime } = engines;
    await stockUp(
      runtime.ledger,
      Array.from({ length: SKUS }, (_none, index) => nameOf(index)),
      locationsOf(1),
      HOLDS,
    );
    const first = Date.now() + LEAD_MS;
    await placeAll(runtime.ledger, first);
    say(`expiry: ${String(HOLDS)} holds placed, the first ends in ${String(Math.round((first - Date.now()) / 1_000))} s`);
    if (Date.now() > first) throw new Error('placing the holds took longer than the first of them lived');
    const events = await endings(runtime, first + WITHIN_MS + GRACE_MS, (count) => say(`expiry: ${String(count)}/${String(HOLDS)} ended`));
    const written = new Durations();
    let early = 0;
    for (const event of events) {
      const expired = STREAMS.stock.decode(event);
      if (expired.type !== 'ReservationExpired') continue;
      const lateMs = event.recordedAt - expired.expiresAt;
      if (lateMs < 0) early += 1;
      written.add(lateMs);
    }
    const figures = figuresOf(written, WITHIN_MS / 1_000);
    return {
      name: 'expiry',
      baseline: null,
      holdfast: { name: 'expiresAt to the event that says so, in the store', ...figures },
      ratio: null,
      rounds: [{ holds: HOLDS, ended: events.length, early, ...figures, mostMs: written.percentile(1) }],
      targets: [
        atMost('p99 lateness', figures.p99Ms, 1_000, ' ms'),
        exactly('holds ended', events.length, HOLDS),
        exactly('ended early', early, 0),
      ],
      notes: [
        `${String(HOLDS)} holds of ${String(SKUS)} SKUs, running out evenly over 60 s; at most ${String(written.percentile(1))} ms late.`,
      ],
    };
  } finally {
    await service.stop();
    await engines.stop();
  }
}

const nameOf = (index: number): string => `LATE-${String(index)}`;

async function placeAll(ledger: SkuLedger, first: number): Promise<void> {
  let next = 0;
  const placeNext = async (): Promise<void> => {
    while (next < HOLDS) {
      const index = next++;
      const command = placing(1, locationsOf(1));
      const ttlMs = Math.round(first + (index / HOLDS) * WITHIN_MS) - command.at;
      const outcome = await ledger.execute({ tenant: TENANT, sku: nameOf(index % SKUS) }, { ...command, ttlMs });
      if (outcome.kind === 'refused') throw new Error(`a hold was refused: ${outcome.code}`);
    }
  };
  await Promise.all(Array.from({ length: PLACED_AT_ONCE }, placeNext));
}

/** Waits for the ends of all holds, or so long. */
async function endings({ eventStore }: Runtime, until: number, onProgress: (count: number) => void): Promise<readonly RecordedEvent[]> {
  const found: RecordedEvent[] = [];
  let after = START;
  let shownAt = Date.now();
  while (found.length < HOLDS && Date.now() < until) {
    const page = await eventStore.readAll({ after, limit: PAGE, filter: { types: STREAMS.stock.storedTypes(['ReservationExpired']) } });
    found.push(...page.events);
    after = page.position;
    if (page.atEnd) await sleep(500);
    if (Date.now() - shownAt < 10_000) continue;
    shownAt = Date.now();
    onProgress(found.length);
  }
  return found;
}
