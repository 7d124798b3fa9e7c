import { parseDay } from '@holdfast/platform';
import { fieldFault } from '../adjustments/subject.js';
import type { LotCorrectionRequest } from './correction.dto.js';

/**
 * Which date the lot has after a merge: that of one of the two, or the date sent, in either field.
 * @throws Problem 400 `validation_failed` for a date that is none, and for two that differ
 */
export function remainingExpiry({ expiry = 'earliest', expiryDate: date }: Pick<LotCorrectionRequest, 'expiry' | 'expiryDate'>): string {
  if (expiry === 'earliest' || expiry === 'latest') return date ?? expiry;
  if (parseDay(expiry) === undefined) throw fieldFault('expiry', 'must be earliest, latest or a calendar day, e.g. 2026-03-01');
  if (typeof date === 'string' && date !== expiry) throw fieldFault('expiryDate', 'must be the same as expiry; send one of them');
  return expiry;
}
