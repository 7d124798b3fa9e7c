import type { Pool } from 'pg';
import type { DeliveryTimings } from '../timings.js';
import type { DeliveryStore } from './delivery-store.js';
import { PostgresDueListings } from './postgres-due-listings.js';
import { PostgresLeases } from './postgres-leases.js';
import { PostgresSettlement } from './postgres-settlement.js';

/** @param owner names the process among all that deliver: a UUID of its own */
export const postgresStore = (
  pool: Pool,
  owner: string,
  { leaseMs, backOff }: Pick<DeliveryTimings, 'leaseMs' | 'backOff'>,
): DeliveryStore => ({
  leases: new PostgresLeases(pool, owner, leaseMs),
  listings: new PostgresDueListings(pool),
  settlement: new PostgresSettlement(pool, owner, backOff),
});
