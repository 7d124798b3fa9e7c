import type { Chore } from '@holdfast/kit';
import { type KnownLocations, LotCalendar } from '@holdfast/ledger';
import type { Runtime } from '@holdfast/runtime';
import { followEvents } from '../following/follow-events.js';
import type { WorkflowParts } from '../workflow.module.js';
import { LotCorrectionsService } from './corrections.service.js';
import { ExpiredLotsService } from './expired.service.js';
import { expiryFollower } from './expiry-follower.js';
import { expirySchedule } from './expiry-schedule.js';
import { lotSkuFollower } from './lot-sku-follower.js';
import { LotControlService } from './lot-control.service.js';
import { redatingChore } from './redating/redating-chore.js';

/** What the service starts for lots. */
export interface OpenedLots {
  readonly parts: Pick<WorkflowParts, 'lotCorrections' | 'expiredLots' | 'lotControl'>;
  readonly calendar: LotCalendar;
  readonly chores: readonly Chore[];
  stop(): Promise<void>;
}

export async function openLots(
  { database: { pool }, eventStore, ledger, clock }: Runtime,
  locations: KnownLocations,
  warn: (what: string) => (error: unknown) => void,
): Promise<OpenedLots> {
  const now = (): number => clock.now();
  const following = await followEvents(pool, eventStore, expiryFollower, now, warn('expiries of lots could not be followed for a moment'));
  const skus = await followEvents(pool, eventStore, lotSkuFollower, now, warn('SKUs with lots could not be followed for a moment'));
  const calendar = new LotCalendar(locations);
  return {
    parts: {
      lotCorrections: new LotCorrectionsService(ledger, locations, calendar),
      expiredLots: new ExpiredLotsService(ledger, locations),
      lotControl: new LotControlService(ledger, locations, calendar),
    },
    calendar,
    chores: [
      expirySchedule(pool, ledger, now, warn('lots could not be recorded as expired and are tried again')),
      redatingChore({ pool, ledger, locations, now, onFault: warn('lots could not get their dates anew and are tried again') }),
    ],
    stop: async () => {
      await Promise.all([following.stop(), skus.stop()]);
    },
  };
}
