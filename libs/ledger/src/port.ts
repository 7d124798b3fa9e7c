import { STREAMS } from '@holdfast/contracts';
import type { Position } from '@holdfast/event-store';
import type { SkuCommand, SkuEvent, SkuState } from '@holdfast/inventory';
import { StreamBusy } from './processor/outcome.js';
import type { Freshness, KnownState, ProcessOutcome } from './processor/outcome.js';

export interface SkuRef {
  readonly tenant: string;
  readonly sku: string;
}

/** The caller; stored in the metadata of the events. */
export interface CommandContext {
  readonly actor?: string;
  readonly correlationId?: string;
}

export type Outcome = ProcessOutcome<SkuState, SkuEvent>;

/** The one way to change stock: a bounded queue per SKU over the event store. */
export interface SkuLedger {
  /**
   * @throws LedgerBusy when the SKU's queue is full (nothing happened; try again after `retryAfterMs`)
   * @throws EventStoreUnavailable when the store does not answer in time: the outcome is unknown; send the same command again
   */
  execute(ref: SkuRef, command: SkuCommand, context?: CommandContext): Promise<Outcome>;
  /**
   * State as of the newest event in the store, or with `known` as of the newest event this process knows. Use it before the next await; do
   * not keep it.
   */
  read(ref: SkuRef, freshness?: Freshness): Promise<{ readonly state: SkuState; readonly revision: number; readonly position: Position }>;
  /** Resolves when all queues are empty. */
  drain(): Promise<void>;
}

export class LedgerBusy extends StreamBusy {
  override readonly code = 'sku_busy';
  constructor(
    readonly ref: SkuRef,
    retryAfterMs: number,
  ) {
    super(stockStream(ref), retryAfterMs, `too many commands wait for SKU ${ref.sku}`);
    this.name = 'LedgerBusy';
  }
}

export const stockStream = ({ tenant, sku }: SkuRef): string => STREAMS.stock.streamOf(tenant, sku);

export type { Freshness, KnownState };
