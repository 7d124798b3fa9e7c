import type { Pool } from 'pg';
import type { ChannelRef } from '../accounts/channel-ref.js';
import { CONFLICT_COMPARED_MS } from '../delivery/settled.js';

/** A difference that is open, and what is known of orders since. */
export interface OpenDrift {
  readonly observed: number | null;
  /** Since it was found, and since the listing was told its last figure: the same units seen before that were others. */
  readonly ageMs: number;
  /** A poll that began a minute after it or later told all orders that the vendor lists, and they have taken effect. */
  readonly isPolled: boolean;
  /** The same of a vendor that says in what time it lists an order, after that time. */
  readonly isSure: boolean;
}

export interface OrderWaitTimes {
  /** So long an order may come after its sale, where the channel says nothing else. */
  readonly settlesMs: number;
  /** How often channels are polled. */
  readonly pollMs: number;
}

/** How long a lower figure of a channel may be a sale whose order is still to come. */
export interface OrderWait {
  readonly settlesMs: number;
  /** When the figure is looked at again: once polling should have told, or once the wait is over. */
  readonly againMs: number;
  /** A higher figure of ours waits so long, unless a comparison lets it go sooner: past the end of the wait, so that the comparison comes first. */
  readonly heldMs: number;
}

/** Polling that last told more than an hour ago tells nothing of the next minutes. */
const WAIT = `
  SELECT coalesce(c.order_within_seconds * 1000.0, $3)::float8 AS "settlesMs",
         coalesce(p.orders_sure_until > now() - interval '1 hour', false) AS "isPolled"
    FROM channels.channel c LEFT JOIN channels.polling p USING (tenant, channel_id) WHERE c.tenant = $1 AND c.channel_id = $2`;

/** A figure is this much older, when it is looked at again. */
const SPARE_MS = 1_000;
/** Longest time in which a vendor that says so lists an order. By hand every vendor is given as much. */
export const LISTED_MS = 60_000;

/** @returns what holds for the channel now */
export async function orderWait(
  pool: Pool,
  { tenant, channelId }: ChannelRef,
  { settlesMs: usual, pollMs }: OrderWaitTimes,
): Promise<OrderWait> {
  const { rows } = await pool.query<{ settlesMs: number; isPolled: boolean }>(WAIT, [tenant, channelId, usual]);
  const { settlesMs, isPolled } = rows[0] ?? { settlesMs: usual, isPolled: false };
  const pollsMs = isPolled ? LISTED_MS + pollMs : Number.POSITIVE_INFINITY;
  const overMs = settlesMs + SPARE_MS;
  return { settlesMs, againMs: Math.min(overMs, pollsMs + SPARE_MS), heldMs: overMs + CONFLICT_COMPARED_MS };
}

/**
 * Whether a lower figure is an edit: the same figure was seen before, and since then either the wait is over, or all orders were polled, so that one would
 * explain it. A person who asks for it vouches that the vendor lists its orders within a minute, where the vendor itself says nothing of it.
 */
export function isSettled(open: OpenDrift | undefined, theirs: number, settlesMs: number, isByHand: boolean): boolean {
  if (settlesMs === 0) return true;
  if (open?.observed !== theirs) return false;
  return open.ageMs >= settlesMs || open.isSure || (isByHand && open.isPolled);
}
