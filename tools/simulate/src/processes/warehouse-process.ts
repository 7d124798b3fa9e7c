import { LotCalendar, openSkuLedger, type SkuLedger, type Timing } from '@holdfast/ledger';
import { SimulatedEventStore, simulatedSnapshots, type Life } from '@holdfast/simulation';
import { linesToHold, linesToRelease, type CountState } from '@holdfast/warehouse';
import { CountProcess, CountStreams, SkuCounts, SkuSteps, TransferProcess, TransferStreams } from '@holdfast/workflow';
import { LEASE_MS, simulatedLeases } from './leases.js';
import { TENANT, type WarehouseWorld } from './warehouse-world.js';

const LIMITS = { snapshotEvery: 6, snapshotPauseMs: 0, cacheWeight: 3, eventsPerAppend: 8 } as const;
const LOOK_MS = 350;
/** A phase that takes longer was interrupted, or is being worked on: then the lease says so. */
const PATIENCE_MS = 900;
/** Rate of steps before which a driver stands still for longer than its lease, after it was sure of it. */
const STANDS_STILL = 0.02;

const NOWHERE = { find: () => Promise.resolve(undefined) };

/** One life of the workflow service's processes: their real code over simulated engines. */
export interface WarehouseProcess {
  readonly ledger: SkuLedger;
  readonly transferStreams: TransferStreams;
  readonly transfers: TransferProcess;
  readonly countStreams: CountStreams;
  readonly counts: CountProcess;
  readonly skuCounts: SkuCounts;
}

export async function startWarehouse(world: WarehouseWorld, life: Life): Promise<WarehouseProcess> {
  const { time, faults, plant } = world;
  const random = world.random.fork();
  const eventStore = new SimulatedEventStore(world.log, life, faults, random.fork());
  const timing: Timing = { now: () => time.now(), sleep: (ms) => life.sleep(ms), random: () => random.next() };
  const snapshots = simulatedSnapshots(world.snapshots, life, faults);
  const opened = await openSkuLedger({ eventStore, snapshots, timing, limits: LIMITS });
  const ledger = plant?.ledger?.(opened, life) ?? opened;
  const driven: SkuLedger = {
    execute: async (ref, command, context) => {
      if (random.chance(STANDS_STILL)) await life.sleep(2 * LEASE_MS);
      return ledger.execute(ref, command, context);
    },
    read: (ref, freshness) => ledger.read(ref, freshness),
    drain: () => ledger.drain(),
  };
  const leases = (): ReturnType<typeof simulatedLeases> => simulatedLeases(world.leases, life, faults, random.fork());
  const now = (): number => time.now();
  const transferStreams = new TransferStreams(eventStore, timing);
  const transfers = new TransferProcess(transferStreams, new SkuSteps(driven, now, new LotCalendar(NOWHERE), NOWHERE), leases(), now);
  const countStreams = new CountStreams(eventStore, timing);
  const skuCounts = new SkuCounts(driven, eventStore, now);
  const counts = new CountProcess(countStreams, skuCounts, leases(), now);
  const process = { ledger, transferStreams, transfers, countStreams, counts, skuCounts };
  if (plant?.watchless === undefined) void watch(world, life, process);
  return process;
}

/** Goes on with what was interrupted, one after the other; one that fails is tried again after its pause. */
async function watch(world: WarehouseWorld, life: Life, process: WarehouseProcess): Promise<void> {
  const tell = world.undeclared;
  while (life.alive) {
    await life.sleep(LOOK_MS);
    for (const transferId of world.transferIds.filter((id) => world.leases.isDue(id))) {
      const ref = { tenant: TENANT, transferId };
      const state = await process.transferStreams.read(ref).catch(() => undefined);
      const isWaiting = state === undefined || !state.record.state.phase.endsWith('ing') || isFresh(world, state.record.state.phaseSince);
      if (!isWaiting) await process.transfers.resume(ref).catch(tell);
    }
    for (const batchId of world.batchIds.filter((id) => world.leases.isDue(id))) {
      const ref = { tenant: TENANT, batchId };
      const known = await process.countStreams.read(ref).catch(() => undefined);
      if (known !== undefined && hasSteps(known.record.state) && !isFresh(world, known.record.updatedAt))
        await process.counts.resume(ref).catch(tell);
    }
  }
}

const isFresh = ({ time }: WarehouseWorld, since: number): boolean => time.now() - since < PATIENCE_MS;

const hasSteps = (state: CountState): boolean =>
  linesToHold(state).length + linesToRelease(state).length > 0 || state.lines.some(({ status }) => status === 'accepting');
