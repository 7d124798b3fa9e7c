import { systemTimers, type Timers } from '@holdfast/kit';
import type { Accounts } from '../accounts/open-account.js';
import type { WriterTools } from './channel-writer.js';
import { Dispatcher } from './dispatcher.js';
import type { DeliveryStore } from './store/delivery-store.js';
import type { DeliveryTimings } from './timings.js';

export interface DeliveryOptions {
  /** Of this process alone. */
  readonly store: DeliveryStore;
  readonly timings: DeliveryTimings;
  readonly accounts: Pick<Accounts, 'open'>;
  readonly observe: WriterTools['observe'];
  readonly onFault: (error: unknown) => void;
  /** Those of the system unless given. */
  readonly timers?: Timers;
  /** From 0 up to 1. */
  readonly random?: () => number;
}

export interface Delivery {
  nudge(): void;
  /** Once is enough; again it waits for the same end. */
  stop(): Promise<void>;
}

/** Starts telling channels what they should show. Any number of processes may do so on the same store. */
export function startDelivery({ store, onFault, timers = systemTimers, random = Math.random, ...rest }: DeliveryOptions): Delivery {
  const dispatcher = new Dispatcher({ ...store, ...rest, timers, random }, onFault);
  dispatcher.start();
  let stopped: Promise<void> | undefined;
  return { nudge: () => dispatcher.nudge(), stop: () => (stopped ??= dispatcher.stop()) };
}
