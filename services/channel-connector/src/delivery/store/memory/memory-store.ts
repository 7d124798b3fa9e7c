import type { DeliveryTimings } from '../../timings.js';
import type { DeliveryStore } from '../delivery-store.js';
import type { MemoryChannels } from './memory-channels.js';
import { MemoryDueListings } from './memory-due-listings.js';
import { MemoryLeases } from './memory-leases.js';
import { MemorySettlement } from './memory-settlement.js';

/** The twin of `postgresStore`, for simulations. @param owner names the process among all that deliver */
export const memoryStore = (
  channels: MemoryChannels,
  owner: string,
  { leaseMs, backOff }: Pick<DeliveryTimings, 'leaseMs' | 'backOff'>,
): DeliveryStore => ({
  leases: new MemoryLeases(channels, owner, leaseMs),
  listings: new MemoryDueListings(channels),
  settlement: new MemorySettlement(channels, owner, backOff),
});
