import { inTransaction } from '@holdfast/kit';
import type { Pool, PoolClient } from 'pg';
import type { ChannelRef } from '../accounts/channel-ref.js';
import type { Figure, Part } from '../providers/figures.js';
import type { ChannelEvent } from '../providers/inbound.js';

export type ShownFigure = Extract<ChannelEvent, { readonly kind: 'figure' }>;

/** Takes what a channel says that it shows: the echo of our own writes, or an edit made there. */
export interface FigureSink {
  /** The same figure may come again, and late: `at` decides what is newest. */
  onFigure(channel: ChannelRef, figure: ShownFigure): Promise<void>;
}

/** Clocks differ, and some vendors tell whole seconds: a figure that is older by so little may still be an edit after our write. */
const CLOCKS_DIFFER_MS = 2_000;
/** A lower figure is a sale most of the time: so long its order has to arrive, before the figure is looked at. */
const ORDER_ARRIVES_MS = 30_000;

interface Row {
  readonly wanted: number | null;
  readonly told: number | null;
  readonly pending: number | null;
  readonly shownQuantity: number | null;
  readonly shownParts: readonly Part[] | null;
  readonly isNewer: boolean;
}

const LOCK = `
  SELECT quantity::float8 AS wanted, sent_quantity::float8 AS told, shown_quantity::float8 AS "shownQuantity", shown_parts AS "shownParts",
         CASE WHEN pending_reference IS NOT NULL THEN pending_quantity::float8 END AS pending,
         shown_at IS NULL OR shown_at < to_timestamp($4::float8 / 1000) AS "isNewer"
    FROM channels.listing
   WHERE tenant = $1 AND channel_id = $2 AND listing_id = $3
     AND (shown_at IS NULL OR shown_at < to_timestamp(($4::float8 + ${String(CLOCKS_DIFFER_MS)}) / 1000)) FOR UPDATE`;

const STORE = `
  UPDATE channels.listing SET shown_quantity = $4, shown_parts = $5, shown_at = to_timestamp($6::float8 / 1000)
   WHERE tenant = $1 AND channel_id = $2 AND listing_id = $3`;

const COMPARE = `
  UPDATE channels.listing SET compare_at = least(compare_at, now() + $4::float8 * interval '1 millisecond')
   WHERE tenant = $1 AND channel_id = $2 AND listing_id = $3`;

/**
 * Writes newer figures down as what the listing shows. A figure that we did not write makes the listing due to be compared; it decides nothing
 * by itself, since it may be older than what the channel shows by now.
 */
export class ShownFigures implements FigureSink {
  /** @param settlesMs so long a lower figure may be a sale whose order is still to come */
  constructor(
    private readonly pool: Pool,
    private readonly settlesMs: number,
    private readonly wakeComparing: () => void,
  ) {}

  async onFigure(channel: ChannelRef, figure: ShownFigure): Promise<void> {
    const waits = Math.min(this.settlesMs, ORDER_ARRIVES_MS);
    const isForeign = await inTransaction(this.pool, (client) => take(client, channel, figure, waits));
    if (isForeign) this.wakeComparing();
  }
}

/** @returns whether the figure is none of ours */
async function take(
  client: PoolClient,
  { tenant, channelId }: ChannelRef,
  { listingId, at, figure, partial }: ShownFigure,
  lowerWaitsMs: number,
): Promise<boolean> {
  const of = [tenant, channelId, listingId];
  const known = (await client.query<Row>(LOCK, [...of, at])).rows[0];
  if (known === undefined) return false;
  const shown = partial ? withParts(known.shownParts ?? [], figure) : figure;
  if (known.isNewer) await client.query(STORE, [...of, shown.quantity, JSON.stringify(shown.parts), at]);
  const { wanted, told, pending } = known;
  if (wanted === null || [wanted, told, pending].includes(shown.quantity)) return false;
  await client.query(COMPARE, [...of, shown.quantity < wanted ? lowerWaitsMs : 0]);
  return true;
}

/** The figure of all places, of which some are new. */
function withParts(known: readonly Part[], { parts }: Figure): Figure {
  const all = new Map([...known, ...parts].map((part) => [part.remoteId, part]));
  const together = [...all.values()];
  return { quantity: together.reduce((units, { quantity }) => units + quantity, 0), parts: together };
}
