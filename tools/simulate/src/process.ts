import type { SkuLedger, Timing } from '@holdfast/ledger';
import { createLogger, Metrics } from '@holdfast/platform';
import { reservationParts } from '@holdfast/reservation';
import type { Life } from '@holdfast/simulation';
import { SimulatedEventStore, simulatedSnapshots } from '@holdfast/simulation';
import { startIngestion } from './ingestion/start-ingestion.js';
import { simulatedCheckpoint } from './memory-checkpoint.js';
import { openLedger } from './open-ledger.js';
import type { Door } from './plants/plant.js';
import { LOCATIONS, type World } from './world.js';

/** Small, so that snapshots are written and read, states are dropped, and queues and appends come to their bounds. */
const LIMITS = { snapshotEvery: 6, snapshotPauseMs: 0, cacheWeight: 3, eventsPerAppend: 8 } as const;

const metrics = new Metrics();
const logger = createLogger({ logLevel: 'fatal' }, 'simulation');

/** One life of the reservation service: its real code over simulated engines. */
export interface RunningProcess {
  readonly life: Life;
  readonly ledger: SkuLedger;
  readonly door: Door;
}

/** @throws what an engine failed with; the process then starts once more */
export async function startProcess(world: World, life: Life): Promise<RunningProcess> {
  const { plant, faults, time } = world;
  const random = world.random.fork();
  const simulated = new SimulatedEventStore(world.log, life, faults, random.fork());
  const eventStore = plant?.store?.(simulated, life) ?? simulated;
  const kept = simulatedSnapshots(world.snapshots, life, faults);
  const snapshots = plant?.snapshots?.(kept) ?? kept;
  const timing: Timing = { now: () => time.now(), sleep: (ms) => life.sleep(ms), random: () => random.next() };
  const opened = await openLedger(plant, { eventStore, snapshots, timing, limits: LIMITS });
  const ledger = plant?.ledger?.(opened, life) ?? opened;

  const checkpoint = simulatedCheckpoint(world.checkpoint, life, faults);
  const { reservations, watch } = reservationParts(
    { clock: time, eventStore, ledger, logger, metrics },
    { list: () => LOCATIONS, exists: (_, id) => Promise.resolve(LOCATIONS.some(({ locationId }) => locationId === id)) },
    { timers: life, random: () => random.next(), newId: () => random.uuid() },
    { checkpoint: plant?.checkpoint?.(checkpoint) ?? checkpoint, table: () => Promise.resolve(undefined) },
  );
  if (plant?.watchless === undefined) await watch.start();
  startIngestion(world, life, ledger);
  return { life, ledger, door: plant?.door?.(reservations) ?? reservations };
}
