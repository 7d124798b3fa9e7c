import type { EventStore } from '@holdfast/event-store';
import { MemorySnapshots, stockStream, type SkuLedger } from '@holdfast/ledger';
import { digestOf, Faults, Life, Random, SimulatedEventStore, SimulatedLog, VirtualTime } from '@holdfast/simulation';
import { during } from '../during.js';
import { openLedger } from '../open-ledger.js';
import { aroundStore } from '../plants/around.js';
import type { Plant } from '../plants/plant.js';
import { auditRace, type RaceAudit } from './audit-race.js';
import { race } from './race.js';
import { endWhatIsOpen, open, REF, run } from './running.js';

const STARTS_AT = 1_700_000_000_000;
/** No call fails here; only the order varies. One call in seven is slow, so that whole decisions of other processes happen during it. */
const ORDER_ONLY = { fails: 0, losesAnswer: 0, takesEffectLate: 0, slow: 0.15 };

export interface Interleaving extends RaceAudit {
  readonly seed: number;
  /** Digest of the order in which the calls of all processes were answered; another value is another interleaving. */
  readonly order: string;
}

/**
 * Runs one interleaving of a race: two to four processes, each with its own queue and cache, on one log in memory. The seed determines when
 * each command arrives, when each call of the store takes effect and when its answer arrives.
 */
export async function interleave(seed: number, plant?: Plant): Promise<Interleaving> {
  const random = new Random(seed);
  const time = new VirtualTime(STARTS_AT);
  const log = new SimulatedLog(time);
  const faults = new Faults(random.fork(), ORDER_ONLY, () => time.now());
  const snapshots = new MemorySnapshots();
  const limits = {
    snapshotEvery: random.pick([3, 500]),
    snapshotPauseMs: 0,
    cacheWeight: random.pick([0.5, 1_000]),
    eventsPerAppend: random.pick([1, 256]),
  };
  const order: string[] = [];
  const start = (name: string): Promise<SkuLedger> => {
    const life = new Life(time);
    const simulated = told(new SimulatedEventStore(log, life, faults, random.fork()), (answer) => order.push(`${name} ${answer}`));
    const timing = { now: () => time.now(), sleep: (ms: number) => time.sleep(ms), random: () => random.next() };
    return openLedger(plant, { eventStore: plant?.store?.(simulated, life) ?? simulated, snapshots, timing, limits });
  };
  const processes = await Promise.all(Array.from({ length: random.between(2, 4) }, (_, index) => start(`process ${String(index)}`)));
  const commands = race(random, processes.length);
  const answers = [
    ...(await during(
      time,
      open(commands, processes, time, () => random.chance(0.7)),
    )),
  ];
  faults.storm();
  answers.push(...(await during(time, run(commands, processes, time))));
  faults.calm();
  answers.push(...(await during(time, endWhatIsOpen(await start('later'), time))));
  const events = await log.store.readStream(stockStream(REF));
  return { seed, order: digestOf(order), ...auditRace(events, answers) };
}

const told = (store: EventStore, tell: (answer: string) => void): EventStore =>
  aroundStore(store, {
    async append(stream, expected, events) {
      const result = await store.append(stream, expected, events);
      tell(`${result.kind} ${events.map(({ type }) => type).join(' ')} at ${String(expected)}`);
      return result;
    },
    async readStream(stream, options) {
      const events = await store.readStream(stream, options);
      tell(`read ${String(events.length)} from ${String(options?.from ?? 0)}`);
      return events;
    },
  });
