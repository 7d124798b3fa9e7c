import type { Place, Source, SourceRule } from '@holdfast/inventory';
import type { CommandContext, SkuLedger } from '@holdfast/ledger';
import type { Clock, Timers } from '@holdfast/kit';
import type { HoldHistory } from './hold-history.js';
import type { OrderRef } from './order-ref.js';
import type { OrderStreams } from './order-streams.js';

/** Everything outside the process of an order, so that tests and simulators can put theirs in. */
export interface OrderEnvironment {
  readonly ledger: SkuLedger;
  readonly streams: OrderStreams;
  readonly history: HoldHistory;
  readonly clock: Clock;
  readonly timers: Timers;
  /** From 0 (inclusive) to 1 (exclusive). */
  readonly random: () => number;
  /** A new UUID. */
  readonly newId: () => string;
  /** Locations that may serve an order of the tenant. */
  readonly sources: (tenant: string) => readonly Source[];
}

/** The order that a caller requests. */
export interface OrderRequest {
  readonly tenant: string;
  readonly orderId: string;
  /** One line a SKU. */
  readonly lines: readonly { readonly sku: string; readonly quantity: number }[];
  readonly ttlMs: number;
  readonly partial: boolean;
  readonly channelId?: string;
  readonly locationId?: string;
  /** What is missing may wait for supply; orders of one SKU only. */
  readonly backorder?: boolean;
  /** Customer or session; only the SKUs keep it. */
  readonly holderId?: string;
  /** When the units were sold, epoch milliseconds; only the SKUs keep it. */
  readonly soldAt?: number;
  /** Of the channel. */
  readonly sourceRule?: SourceRule;
  /** Where the order is shipped. Not stored, because it is an address of a person. */
  readonly destination?: Place;
  readonly requestHash: string;
  readonly commandId: string;
  readonly context: CommandContext;
}

/** A request to commit, release or extend an existing reservation. */
export interface OrderWish {
  readonly ref: OrderRef;
  readonly commandId: string;
  readonly context: CommandContext;
}
