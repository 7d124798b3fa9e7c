import type { SkuEvent } from '../events.js';

/** The time that the event itself names, if it names one: of a count, a posting, a figure, or the end of a hold. */
function ownTime(event: SkuEvent): number | undefined {
  if ('effectiveAt' in event) return event.effectiveAt;
  if ('asOf' in event) return event.asOf;
  return event.type === 'ReservationExpired' ? event.expiresAt : undefined;
}

/**
 * When what the event tells became so, in epoch milliseconds: at the time that it names, else when it was decided (`at`). Never later than
 * it was decided or recorded, because a fact told with a later time counts from when it was told.
 */
export const effectiveTime = (event: SkuEvent, at: number, recordedAt: number): number => Math.min(ownTime(event) ?? at, at, recordedAt);
