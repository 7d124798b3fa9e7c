import { inTransaction } from '@holdfast/kit';
import type { Pool } from 'pg';
import type { ChannelRef } from '../accounts/channel-ref.js';
import type { Figure, Part } from '../providers/figures.js';
import type { ChannelEvent } from '../providers/inbound.js';

export type ShownFigure = Extract<ChannelEvent, { readonly kind: 'figure' }>;

/** Takes what a channel says that it shows: the echo of our own writes, or an edit made there. */
export interface FigureSink {
  /** The same figure may come again, and late: `at` decides what is newest. */
  onFigures(channel: ChannelRef, figures: readonly ShownFigure[]): Promise<void>;
}

/** Clocks differ, and some vendors tell whole seconds: a figure that is older by so little may still be an edit after our write. */
const CLOCKS_DIFFER_MS = 2_000;
/** A lower figure is a sale most of the time: so long its order has to arrive, before the figure is looked at. */
const ORDER_ARRIVES_MS = 30_000;

interface Row {
  readonly listingId: string;
  readonly wanted: number | null;
  readonly told: number | null;
  readonly pending: number | null;
  readonly shownQuantity: number | null;
  readonly shownParts: readonly Part[] | null;
  /** Epoch milliseconds. */
  readonly shownAt: number | null;
}

/** In one sequence for all, so that two transactions do not wait for each other. */
const LOCK = `
  SELECT listing_id AS "listingId", coalesce(figure, quantity)::float8 AS wanted, sent_quantity::float8 AS told, shown_quantity::float8 AS "shownQuantity",
         shown_parts AS "shownParts", round(extract(epoch FROM shown_at) * 1000)::float8 AS "shownAt",
         CASE WHEN pending_reference IS NOT NULL THEN pending_quantity::float8 END AS pending
    FROM channels.listing WHERE tenant = $1 AND channel_id = $2 AND listing_id = ANY ($3) ORDER BY sku FOR UPDATE`;

const STORE = `
  UPDATE channels.listing l
     SET shown_quantity = CASE WHEN t.at IS NULL THEN l.shown_quantity ELSE t.quantity END,
         shown_parts = CASE WHEN t.at IS NULL THEN l.shown_parts ELSE t.parts END,
         shown_at = coalesce(to_timestamp(t.at / 1000), l.shown_at),
         compare_at = CASE WHEN t."compareMs" IS NULL THEN l.compare_at
                           ELSE least(l.compare_at, now() + t."compareMs" * interval '1 millisecond') END
    FROM jsonb_to_recordset($3) AS t ("listingId" text, quantity bigint, parts jsonb, at float8, "compareMs" float8)
   WHERE l.tenant = $1 AND l.channel_id = $2 AND l.listing_id = t."listingId"`;

/**
 * Writes newer figures down as what listings show. A figure that we did not write makes its listing due to be compared; it decides nothing by
 * itself, since it may be older than what the channel shows by now.
 */
export class ShownFigures implements FigureSink {
  /** @param settlesMs so long a lower figure may be a sale whose order is still to come */
  constructor(
    private readonly pool: Pool,
    private readonly settlesMs: number,
    private readonly wakeComparing: () => void,
  ) {}

  async onFigures({ tenant, channelId }: ChannelRef, figures: readonly ShownFigure[]): Promise<void> {
    if (figures.length === 0) return;
    const waits = Math.min(this.settlesMs, ORDER_ARRIVES_MS);
    const isForeign = await inTransaction(this.pool, async (client) => {
      const told = byListing(figures);
      const { rows } = await client.query<Row>({ name: 'lock-shown-figures', text: LOCK, values: [tenant, channelId, [...told.keys()]] });
      const changes = rows.flatMap((row) => changeOf(row, told.get(row.listingId) ?? [], waits));
      if (changes.length > 0) await client.query(STORE, [tenant, channelId, JSON.stringify(changes)]);
      return changes.some(({ compareMs }) => compareMs !== null);
    });
    if (isForeign) this.wakeComparing();
  }
}

function byListing(figures: readonly ShownFigure[]): ReadonlyMap<string, readonly ShownFigure[]> {
  const told = new Map<string, ShownFigure[]>();
  for (const figure of figures) {
    const ofListing = told.get(figure.listingId);
    if (ofListing === undefined) told.set(figure.listingId, [figure]);
    else ofListing.push(figure);
  }
  return told;
}

interface Change {
  readonly listingId: string;
  readonly quantity: number | null;
  readonly parts: readonly Part[] | null;
  /** Of the newest figure, epoch milliseconds; null where none is newer than what is known. */
  readonly at: number | null;
  /** How long the comparison may wait; null where every figure is ours. */
  readonly compareMs: number | null;
}

/** What follows from figures of one listing, in the sequence in which they were told. */
function changeOf({ listingId, ...row }: Row, figures: readonly ShownFigure[], lowerWaitsMs: number): readonly Change[] {
  const { wanted, told, pending } = row;
  let { shownQuantity: quantity, shownParts: parts, shownAt } = row;
  let at: number | null = null;
  let compareMs: number | null = null;
  for (const figure of figures) {
    if (shownAt !== null && shownAt >= figure.at + CLOCKS_DIFFER_MS) continue;
    const shown = figure.partial ? withParts(parts ?? [], figure.figure) : figure.figure;
    if (shownAt === null || shownAt < figure.at) {
      ({ quantity, parts } = shown);
      shownAt = at = figure.at;
    }
    if (wanted === null || [wanted, told, pending].includes(shown.quantity)) continue;
    compareMs = Math.min(compareMs ?? Number.POSITIVE_INFINITY, shown.quantity < wanted ? lowerWaitsMs : 0);
  }
  return at === null && compareMs === null ? [] : [{ listingId, quantity, parts, at, compareMs }];
}

/** The figure of all places, of which some are new. */
function withParts(known: readonly Part[], { parts }: Figure): Figure {
  const all = new Map([...known, ...parts].map((part) => [part.remoteId, part]));
  const together = [...all.values()];
  return { quantity: together.reduce((units, { quantity }) => units + quantity, 0), parts: together };
}
