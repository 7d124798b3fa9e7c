import { randomUUID } from 'node:crypto';
import type { Pool } from 'pg';
import type { WriterTools } from './channel-writer.js';
import { Dispatcher } from './dispatcher.js';
import { Settlement } from './settlement.js';
import type { TargetPolicy } from '../calls/target.js';
import type { DeliveryTimings } from './timings.js';
import { WebhookClient } from './webhook-client.js';
import { WriterLeases } from './writer-lease.js';

export interface DeliveryOptions {
  readonly pool: Pool;
  readonly timings: DeliveryTimings;
  readonly targets: TargetPolicy;
  readonly now: () => number;
  readonly observe: WriterTools['observe'];
  readonly onFault: (error: unknown) => void;
}

export interface Delivery {
  nudge(): void;
  /** Once is enough; again it waits for the same end. */
  stop(): Promise<void>;
}

/** Starts telling channels what they should show. Any number of processes may do so on the same database. */
export function startDelivery({ pool, timings, targets, now, observe, onFault }: DeliveryOptions): Delivery {
  const owner = randomUUID();
  const client = new WebhookClient(targets, timings.callTimeoutMs);
  const leases = new WriterLeases(pool, owner, timings.leaseMs);
  const settlement = new Settlement(pool, owner);
  const dispatcher = new Dispatcher({ pool, leases, settlement, client, timings, now, random: Math.random, observe }, onFault);
  dispatcher.start();
  let stopped: Promise<void> | undefined;
  return {
    nudge: () => dispatcher.nudge(),
    stop: () => (stopped ??= dispatcher.stop().then(() => client.close())),
  };
}
