import { STREAMS } from '@holdfast/contracts';
import type { EventStore } from '@holdfast/event-store';
import { decideSku, evolveSku, initialSkuState, skuSnapshot } from '@holdfast/inventory';
import type { SkuCommand, SkuEvent, SkuState } from '@holdfast/inventory';
import type { Pool } from 'pg';
import type { ClosedLocations } from './locations/closed-locations.js';
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
  decide: (state, command) => decideSku(state, command),
  evolve: evolveSku,
  codec: STREAMS.stock,
  snapshot: skuSnapshot,
  size: sizeOf,
};

const skuStreamsWith = (closed: ClosedLocations): StreamDefinition<SkuState, SkuCommand, SkuEvent> => ({
  ...skuStreams,
  decide: (state, command, tenant = '') => decideSku(state, command, closed.of(tenant)),
});

function sizeOf(state: SkuState): number {
  let size =
    state.reservations.size +
    state.ended.size +
    state.balances.size +
    state.inTransit.size +
    (state.recentCommands.size + state.recentMessages.size) / 4;
  for (const journal of state.journals.values()) size += journal.own.size;
  return size + detailSize(state.detail);
}

/** Holds, lots with the places that their dates name, and positions. */
function detailSize(detail: SkuState['detail']): number {
  if (detail === undefined) return 0;
  const { holds, endedHolds, lots } = detail;
  if (lots === undefined) return holds.size + endedHolds.size;
  let instants = 0;
  for (const lot of lots.lots.values()) instants += lot.expiresAt.size;
  return holds.size + endedHolds.size + lots.lots.size + instants + lots.positionCount;
}

export interface SkuLedgerOptions {
  readonly eventStore: EventStore;
  /**
   * Where snapshots are stored: a Postgres pool (schema `ledger`) or another store. Without either, every SKU is folded from its beginning.
   */
  readonly pool?: Pool;
  readonly snapshots?: SnapshotStore;
  /** Locations of the tenant of which nothing may leave; none without it. */
  readonly closedLocations?: ClosedLocations;
  readonly observer?: ProcessorObserver;
  readonly limits?: Partial<ProcessorLimits>;
  readonly timing?: Timing;
}

/** Opens the ledger. @throws when the table of snapshots cannot be made */
export async function openSkuLedger({ pool, closedLocations, ...options }: SkuLedgerOptions): Promise<SkuLedger> {
  const snapshots = options.snapshots ?? (pool ? await openPostgresSnapshots(pool) : undefined);
  const definition = closedLocations === undefined ? skuStreams : skuStreamsWith(closedLocations);
  const processor = new StreamProcessor(definition, { ...options, ...(snapshots ? { snapshots } : {}) });
  return new EventSourcedSkuLedger(processor, closedLocations);
}

class EventSourcedSkuLedger implements SkuLedger {
  constructor(
    private readonly processor: StreamProcessor<SkuState, SkuCommand, SkuEvent>,
    private readonly closed: ClosedLocations | undefined,
  ) {}

  execute(ref: SkuRef, command: SkuCommand, context?: CommandContext): Promise<Outcome> {
    const { closed } = this;
    if (closed === undefined || closed.isKnown) return this.send(ref, command, context);
    return closed.known().then(() => this.send(ref, command, context));
  }

  private send(ref: SkuRef, command: SkuCommand, context?: CommandContext): Promise<Outcome> {
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
