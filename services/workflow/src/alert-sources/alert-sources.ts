import type { KnownLocations, SkuLedger } from '@holdfast/ledger';
import type { AbcClasses } from '../counts/planning/abc.js';
import type { AlertSource } from './alert-source.js';
import { countOverdue } from './count-overdue.js';
import { expiredStock } from './expired-stock.js';
import { expiringSoon } from './expiring-soon.js';
import { lotDiscrepancy } from './lot-discrepancy.js';
import { putAwayOverdue } from './put-away-overdue.js';
import { replenishmentFailed } from './replenishment-failed.js';
import { requestReservationLost } from './request-reservation-lost.js';
import { requestWaiting } from './request-waiting.js';

/** What is looked for. */
export const alertSources = (
  abc: Pick<AbcClasses, 'of'>,
  ledger: Pick<SkuLedger, 'read'>,
  places: Pick<KnownLocations, 'find'>,
): readonly AlertSource[] => [
  requestWaiting,
  requestReservationLost,
  replenishmentFailed,
  putAwayOverdue,
  countOverdue(abc),
  expiringSoon(ledger),
  expiredStock(ledger, places),
  lotDiscrepancy(ledger),
];
