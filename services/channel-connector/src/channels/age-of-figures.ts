import type { ChannelNow } from '../mappings/listing-status.js';
import type { ChannelEntity } from './channel.entity.js';

/** Of channels that are compared every hour: two comparisons failed in a row, or did not reach the listing. */
const DEFAULT_STALE_AFTER_S = 10_800;

type Bound = Pick<ChannelEntity, 'staleAfterSeconds' | 'isRead' | 'gone'>;

/** How old a channel's figures may be, in seconds; null for a channel that nobody reads, where no bound was set: what it was told is all that is known. */
export const staleAfterSeconds = ({ staleAfterSeconds: set, isRead }: Bound): number | null =>
  set ?? (isRead ? DEFAULT_STALE_AFTER_S : null);

/** @param at epoch milliseconds */
export function channelAt(channel: Bound, at: number): ChannelNow {
  const bound = staleAfterSeconds(channel);
  return { gone: channel.gone, staleBefore: bound === null ? null : new Date(at - bound * 1_000) };
}
