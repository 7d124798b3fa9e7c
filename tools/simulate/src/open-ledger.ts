import type { EventStore } from '@holdfast/event-store';
import { LedgerBusy, openSkuLedger, skuStreams, StreamProcessor, stockStream } from '@holdfast/ledger';
import type { ProcessorLimits, SkuLedger, SnapshotStore, Timing } from '@holdfast/ledger';
import type { Plant } from './plants/plant.js';

export interface LedgerParts {
  readonly eventStore: EventStore;
  readonly snapshots: SnapshotStore;
  readonly timing: Timing;
  readonly limits: Partial<ProcessorLimits>;
}

/** The ledger of one process. A planted decider or codec replaces only that part; the queue is the real one. */
export async function openLedger(plant: Plant | undefined, parts: LedgerParts): Promise<SkuLedger> {
  if (plant?.streams === undefined) return openSkuLedger(parts);
  const processor = new StreamProcessor(plant.streams(skuStreams), parts);
  return {
    execute: (ref, command, context) =>
      processor.execute(stockStream(ref), ref.tenant, command, context).catch((error: unknown) => {
        throw error instanceof Error && error.name === 'StreamBusy' ? new LedgerBusy(ref, 250) : error;
      }),
    read: (ref) => processor.read(stockStream(ref)),
    drain: () => processor.drain(),
  };
}
