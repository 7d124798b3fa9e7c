import type { Position } from '@holdfast/event-store';
import type { KnownLocations } from '@holdfast/ledger';
import type { Runtime } from '@holdfast/runtime';
import { followEvents } from '../following/follow-events.js';
import { AnalyticsService } from './analytics.service.js';
import { AnalyticsTable } from './analytics-table.js';
import { closingFollower } from './closing-follower.js';
import { deliveryFollower } from '../movements/delivery-rows.js';
import { lotMovementFollower } from './lot-movement-follower.js';
import { movementFollower } from '../movements/movement-follower.js';

/** What the service starts for analytics. */
export interface OpenedAnalytics {
  readonly analytics: AnalyticsService;
  stop(): Promise<void>;
}

export async function openAnalytics(
  { database: { pool }, eventStore, clock }: Runtime,
  locations: KnownLocations,
  warn: (what: string) => (error: unknown) => void,
): Promise<OpenedAnalytics> {
  const now = (): number => clock.now();
  const fault = warn('closing figures of days could not be followed for a moment');
  const following = await followEvents(pool, eventStore, closingFollower, now, fault);
  const lots = await followEvents(pool, eventStore, lotMovementFollower, now, warn('movements of lots could not be followed for a moment'));
  const movements = await followEvents(pool, eventStore, movementFollower, now, warn('movements could not be followed for a moment'));
  const deliveries = await followEvents(pool, eventStore, deliveryFollower, now, warn('deliveries could not be followed for a moment'));
  const table = new AnalyticsTable(pool);
  return {
    analytics: new AnalyticsService({ table, locations, reached: () => earlier(following.position(), lots.position()), now }),
    stop: async () => {
      await Promise.all([following.stop(), lots.stop(), movements.stop(), deliveries.stop()]);
    },
  };
}

const earlier = (one: Position, other: Position): Position => (one < other ? one : other);
