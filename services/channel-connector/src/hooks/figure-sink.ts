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

interface Row {
  readonly shownQuantity: number | null;
  readonly shownParts: readonly Part[] | null;
}

const LOCK = `
  SELECT shown_quantity::float8 AS "shownQuantity", shown_parts AS "shownParts" FROM channels.listing
   WHERE tenant = $1 AND channel_id = $2 AND listing_id = $3 AND (shown_at IS NULL OR shown_at < to_timestamp($4::float8 / 1000)) FOR UPDATE`;

const STORE = `
  UPDATE channels.listing SET shown_quantity = $4, shown_parts = $5, shown_at = to_timestamp($6::float8 / 1000)
   WHERE tenant = $1 AND channel_id = $2 AND listing_id = $3`;

/** Writes newer figures down as what the listing shows, and decides nothing. */
export class ShownFigures implements FigureSink {
  constructor(private readonly pool: Pool) {}

  async onFigure(channel: ChannelRef, figure: ShownFigure): Promise<void> {
    await inTransaction(this.pool, (client) => store(client, channel, figure));
  }
}

async function store(
  client: PoolClient,
  { tenant, channelId }: ChannelRef,
  { listingId, at, figure, partial }: ShownFigure,
): Promise<void> {
  const of = [tenant, channelId, listingId];
  const known = (await client.query<Row>(LOCK, [...of, at])).rows[0];
  if (known === undefined) return;
  const shown = partial ? withParts(known.shownParts ?? [], figure) : figure;
  await client.query(STORE, [...of, shown.quantity, JSON.stringify(shown.parts), at]);
}

/** The figure of all places, of which some are new. */
function withParts(known: readonly Part[], { parts }: Figure): Figure {
  const all = new Map([...known, ...parts].map((part) => [part.remoteId, part]));
  const together = [...all.values()];
  return { quantity: together.reduce((units, { quantity }) => units + quantity, 0), parts: together };
}
