import type { SkuCommand, SkuEvent, SkuState } from '@holdfast/inventory';
import type { Position } from '@holdfast/event-store';

export interface SkuRef {
  readonly tenant: string;
  readonly sku: string;
}

/** Who asks; goes into the metadata of the events. */
export interface CommandContext {
  readonly actor?: string;
  readonly correlationId?: string;
}

export type Outcome =
  | {
      readonly kind: 'accepted';
      /** Empty where all was as wished already. */
      readonly events: readonly SkuEvent[];
      readonly revision: number;
      /** Position of the newest event known of the SKU; what a reader waits for to see this write. */
      readonly position: Position;
      /** State right after this command. Read only; do not keep it. */
      readonly state: SkuState;
    }
  | {
      readonly kind: 'refused';
      readonly code: string;
      readonly details: Readonly<Record<string, unknown>>;
      readonly position: Position;
      readonly state: SkuState;
    };

/** The one way to change stock: a bounded queue per SKU over the event store. */
export interface SkuLedger {
  /**
   * @throws LedgerBusy when the SKU's queue is full (nothing happened; try again after `retryAfterMs`)
   * @throws EventStoreUnavailable when the store does not answer in time: the outcome is unknown; send the same command again
   */
  execute(ref: SkuRef, command: SkuCommand, context?: CommandContext): Promise<Outcome>;
  /** State as of the newest event in the store. */
  read(ref: SkuRef): Promise<{ readonly state: SkuState; readonly revision: number; readonly position: Position }>;
  /** Resolves when all queues are empty. */
  drain(): Promise<void>;
}

export class LedgerBusy extends Error {
  readonly code = 'sku_busy';
  constructor(
    readonly ref: SkuRef,
    readonly retryAfterMs: number,
  ) {
    super(`too many commands wait for SKU ${ref.sku}`);
    this.name = 'LedgerBusy';
  }
}

export const stockStream = (ref: SkuRef): string => `stock-${ref.tenant}.${ref.sku}`;
