import { DEFAULT_TIMINGS } from '../delivery/timings.js';
import type { ChannelNow } from '../mappings/listing-status.js';
import type { ChannelEntity } from './channel.entity.js';

/** Comparisons after which a figure is stale that none of them confirmed: two failed in a row, or did not reach the listing. */
const STALE_AFTER_COMPARISONS = 3;

type Bound = Pick<ChannelEntity, 'staleAfterSeconds' | 'reconcileEverySeconds' | 'isRead' | 'gone'>;

/** How old a channel's figures may be, in seconds; null for a channel that nobody reads, where no bound was set: what it was told is all that is known. */
export const staleAfterSeconds = ({ staleAfterSeconds: set, reconcileEverySeconds: every, isRead }: Bound): number | null =>
  set ?? (isRead ? STALE_AFTER_COMPARISONS * (every ?? DEFAULT_TIMINGS.reconcileEveryMs / 1_000) : null);

/** @param at epoch milliseconds */
export function channelAt(channel: Bound, at: number): ChannelNow {
  const bound = staleAfterSeconds(channel);
  return { gone: channel.gone, staleBefore: bound === null ? null : new Date(at - bound * 1_000) };
}
