import { STREAMS } from '@holdfast/contracts';
import type { EventStore } from '@holdfast/event-store';
import { decideSku, evolveSku, initialSkuState, skuSnapshot } from '@holdfast/inventory';
import type { SkuCommand, SkuEvent, SkuState } from '@holdfast/inventory';
import type { Pool } from 'pg';
import { LedgerBusy, stockStream } from './port.js';
import type { CommandContext, Freshness, KnownState, Outcome, SkuLedger, SkuRef } from './port.js';
import type { StreamDefinition } from './processor/definition.js';
import type { ProcessorLimits } from './processor/limits.js';
import type { ProcessorObserver } from './processor/observer.js';
import { StreamBusy } from './processor/outcome.js';
import { StreamProcessor } from './processor/stream-processor.js';
import type { Timing } from './processor/timing.js';
import { openPostgresSnapshots } from './snapshots/postgres-snapshots.js';
import type { SnapshotStore } from './snapshots/snapshot-store.js';

export const skuStreams: StreamDefinition<SkuState, SkuCommand, SkuEvent> = {
  initial: initialSkuState,
  decide: decideSku,
  evolve: evolveSku,
  codec: STREAMS.stock,
  snapshot: skuSnapshot,
  size: sizeOf,
};

function sizeOf(state: SkuState): number {
  let size =
    state.reservations.size +
    state.ended.size +
    state.balances.size +
    state.inTransit.size +
    (state.recentCommands.size + state.recentMessages.size) / 4;
  for (const journal of state.journals.values()) size += journal.own.size;
  return size;
}

export interface SkuLedgerOptions {
  readonly eventStore: EventStore;
  /**
   * Where snapshots are stored: a Postgres pool (schema `ledger`) or another store. Without either, every SKU is folded from its beginning.
   */
  readonly pool?: Pool;
  readonly snapshots?: SnapshotStore;
  readonly observer?: ProcessorObserver;
  readonly limits?: Partial<ProcessorLimits>;
  readonly timing?: Timing;
}

/** Opens the ledger. @throws when the table of snapshots cannot be made */
export async function openSkuLedger({ pool, ...options }: SkuLedgerOptions): Promise<SkuLedger> {
  const snapshots = options.snapshots ?? (pool ? await openPostgresSnapshots(pool) : undefined);
  return new EventSourcedSkuLedger(new StreamProcessor(skuStreams, { ...options, ...(snapshots ? { snapshots } : {}) }));
}

class EventSourcedSkuLedger implements SkuLedger {
  constructor(private readonly processor: StreamProcessor<SkuState, SkuCommand, SkuEvent>) {}

  execute(ref: SkuRef, command: SkuCommand, context?: CommandContext): Promise<Outcome> {
    return naming(ref, this.processor.execute(stockStream(ref), ref.tenant, command, context));
  }

  read(ref: SkuRef, freshness?: Freshness): Promise<KnownState<SkuState>> {
    return naming(ref, this.processor.read(stockStream(ref), freshness));
  }

  drain(): Promise<void> {
    return this.processor.drain();
  }
}

const naming = <T>(ref: SkuRef, work: Promise<T>): Promise<T> =>
  work.catch((error: unknown) => {
    throw error instanceof StreamBusy ? new LedgerBusy(ref, error.retryAfterMs) : error;
  });
