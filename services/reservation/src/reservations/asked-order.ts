import type { ReserveCommand } from '@holdfast/contracts';
import type { CommandContext } from '@holdfast/ledger';
import { destinationOf } from './destination.js';
import type { AskedOrder } from './reservations.js';

/** Who asks for an order, and what tells a repeat from another request. */
export interface Asking {
  readonly tenant: string;
  readonly commandId: string;
  readonly requestHash: string;
  readonly context: CommandContext;
}

/** Translates a request to reserve, from HTTP or the topic, into an order. @throws Problem 400 `validation_failed` for a place that cannot be */
export function askedOrder({ items, ttl, partial, destination, ...order }: ReserveCommand, asking: Asking): AskedOrder {
  return {
    ...order,
    ...asking,
    lines: items,
    partial: partial ?? false,
    ...(ttl === undefined ? {} : { ttlMs: ttl * 1_000 }),
    ...(destination === undefined ? {} : { destination: destinationOf(destination) }),
  };
}
