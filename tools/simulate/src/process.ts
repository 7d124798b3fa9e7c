import type { EventStore } from '@holdfast/event-store';
import { LedgerBusy, openSkuLedger, skuStreams, StreamProcessor, stockStream } from '@holdfast/ledger';
import type { SkuLedger, SnapshotStore, Timing } from '@holdfast/ledger';
import { createLogger, Metrics } from '@holdfast/platform';
import { reservationParts } from '@holdfast/reservation';
import type { Life } from '@holdfast/simulation';
import { SimulatedEventStore, simulatedSnapshots } from '@holdfast/simulation';
import { simulatedCheckpoint } from './memory-checkpoint.js';
import type { Door } from './plants/plant.js';
import { LOCATIONS, type World } from './world.js';

/** Small, so that snapshots are written and read, states are dropped, and queues and appends come to their bounds. */
const LIMITS = { snapshotEvery: 6, cacheWeight: 3, eventsPerAppend: 8 } as const;

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
  const opened = await openLedger(world, eventStore, snapshots, timing);
  const ledger = plant?.ledger?.(opened, life) ?? opened;

  const checkpoint = simulatedCheckpoint(world.checkpoint, life, faults);
  const { reservations, watch } = reservationParts(
    { clock: time, eventStore, ledger, logger, metrics },
    { list: () => LOCATIONS, exists: (_, id) => Promise.resolve(LOCATIONS.some(({ locationId }) => locationId === id)) },
    { timers: life, random: () => random.next(), newId: () => random.uuid() },
    { checkpoint: plant?.checkpoint?.(checkpoint) ?? checkpoint, table: () => Promise.resolve(undefined) },
  );
  if (plant?.watchless === undefined) await watch.start();
  return { life, ledger, door: plant?.door?.(reservations) ?? reservations };
}

/** With a planted decider or codec the queue is the same, only what it decides with is not. */
async function openLedger({ plant }: World, eventStore: EventStore, snapshots: SnapshotStore, timing: Timing): Promise<SkuLedger> {
  if (plant?.streams === undefined) return openSkuLedger({ eventStore, snapshots, timing, limits: LIMITS });
  const processor = new StreamProcessor(plant.streams(skuStreams), { eventStore, snapshots, timing, limits: LIMITS });
  return {
    execute: (ref, command, context) =>
      processor.execute(stockStream(ref), ref.tenant, command, context).catch((error: unknown) => {
        throw error instanceof Error && error.name === 'StreamBusy' ? new LedgerBusy(ref, 250) : error;
      }),
    read: (ref) => processor.read(stockStream(ref)),
    drain: () => processor.drain(),
  };
}
