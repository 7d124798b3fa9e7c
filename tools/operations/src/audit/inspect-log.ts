import type { EventStore } from '@holdfast/event-store';
import { ORDER_SETTLES_MS, walk } from '../walk.js';
import { readLives } from './lives.js';

export interface Inspecting {
  /** The time of the longest outage, in which no process could store the expiry of a hold. */
  readonly outageMs: number;
  /** Whether no reservation may be open any more. */
  readonly settled: boolean;
}

/** Returns the rules that the log breaks, and the holds and orders that outlived their time. */
export async function inspectLog(store: EventStore, { outageMs, settled }: Inspecting): Promise<readonly string[]> {
  const settledBefore = settled ? Number.POSITIVE_INFINITY : Date.now() - ORDER_SETTLES_MS - outageMs;
  const { violations } = await walk(store, settledBefore, () => undefined);
  const { longest, overrunMs, openHolds, openOrders } = await readLives(store, Date.now());
  const faults = violations.map(({ stream, rule, message }) => `${stream}: ${rule}: ${message}`);
  if (overrunMs > outageMs) faults.push(`a hold lived ${longest.toFixed(2)} times its time to live`);
  if (settled && openHolds > 0) faults.push(`${String(openHolds)} holds are open after the end`);
  if (settled && openOrders > 0) faults.push(`${String(openOrders)} orders have not ended`);
  return faults;
}
