import type { SkuLedger, Timing } from '@holdfast/ledger';
import { createLogger, Metrics } from '@holdfast/platform';
import { reservationParts } from '@holdfast/reservation';
import type { Life } from '@holdfast/simulation';
import { SimulatedEventStore, simulatedSnapshots } from '@holdfast/simulation';
import { startIngestion } from './ingestion/start-ingestion.js';
import { startPolling } from './ingestion/start-polling.js';
import { simulatedCheckpoint } from './memory-checkpoint.js';
import { openLedger } from './open-ledger.js';
import type { Handlers } from './plants/plant.js';
import { LOCATIONS, type World } from './world.js';

/** Small limits, so that snapshots are written and read, states are dropped, and queues and appends reach their bounds. */
const LIMITS = { snapshotEvery: 6, snapshotPauseMs: 0, cacheWeight: 3, eventsPerAppend: 8 } as const;

const metrics = new Metrics();
const logger = createLogger({ logLevel: 'fatal' }, 'simulation');

/** One life of the reservation service: its real code over simulated engines. */
export interface RunningProcess {
  readonly life: Life;
  readonly ledger: SkuLedger;
  readonly handlers: Handlers;
}

/** @throws the error of an engine; the process is then started again */
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
  startPolling(world, life);
  return { life, ledger, handlers: plant?.handlers?.(reservations) ?? reservations };
}
