import { randomUUID } from 'node:crypto';
import type { Pool } from 'pg';
import type { Accounts } from '../accounts/open-account.js';
import type { WriterTools } from './channel-writer.js';
import { Dispatcher } from './dispatcher.js';
import { Settlement } from './settlement.js';
import type { DeliveryTimings } from './timings.js';
import { WriterLeases } from './writer-lease.js';

export interface DeliveryOptions {
  readonly pool: Pool;
  readonly timings: DeliveryTimings;
  readonly accounts: Accounts;
  readonly observe: WriterTools['observe'];
  readonly onFault: (error: unknown) => void;
}

export interface Delivery {
  nudge(): void;
  /** Once is enough; again it waits for the same end. */
  stop(): Promise<void>;
}

/** Starts telling channels what they should show. Any number of processes may do so on the same database. */
export function startDelivery({ pool, timings, accounts, observe, onFault }: DeliveryOptions): Delivery {
  const owner = randomUUID();
  const leases = new WriterLeases(pool, owner, timings.leaseMs);
  const settlement = new Settlement(pool, owner, timings.backOff);
  const dispatcher = new Dispatcher({ pool, leases, settlement, accounts, timings, random: Math.random, observe }, onFault);
  dispatcher.start();
  let stopped: Promise<void> | undefined;
  return { nudge: () => dispatcher.nudge(), stop: () => (stopped ??= dispatcher.stop()) };
}
