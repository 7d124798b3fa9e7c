import type { Pool } from 'pg';
import type { Figure, Memo, Part } from '../../providers/figures.js';
import type { Backlog } from '../../providers/provider.js';
import { figureToSend } from '../figure-to-send.js';
import type { DueListing, DueListings, DueOf, PendingListing } from './delivery-store.js';

/** More due listings than this are not counted: what a provider does with so many, it does with more. */
const MOST_COUNTED = 5_000;

/** An accepted write that excludes others keeps its listing out until it is confirmed, an open conflict until a person decided it. */
export const MAY_BE_WRITTEN = `NOT (pending_reference IS NOT NULL AND pending_exclusive) AND conflict_id IS NULL`;

const IS_DUE = `
  tenant = $1 AND channel_id = $2 AND due_at <= now() AND listing_id IS NOT NULL AND quantity IS NOT NULL AND ($3 OR forced)
  AND ${MAY_BE_WRITTEN}`;

const COUNT = `
  SELECT count(*)::int AS due, (count(*) FILTER (WHERE urgent))::int AS urgent
    FROM (SELECT urgent FROM channels.listing WHERE ${IS_DUE} LIMIT ${String(MOST_COUNTED)}) AS found`;

const DUE = `
  SELECT listing_id AS "listingId", sku, quantity::float8 AS quantity, version::float8 AS version, urgent, parts, unsure, memo,
         shown_quantity::float8 AS "shownQuantity", shown_parts AS "shownParts"
    FROM channels.listing
   WHERE ${IS_DUE} AND EXISTS (SELECT FROM channels.channel WHERE tenant = $1 AND channel_id = $2 AND revision = $5)
   ORDER BY urgent DESC, (urgent AND coalesce(figure, quantity) = 0) DESC, due_at, sku
   LIMIT $4`;

const PENDING = `
  SELECT listing_id AS "listingId", sku, pending_version::float8 AS version, pending_reference AS reference, memo,
         pending_quantity::float8 AS quantity, coalesce(pending_parts, '[]') AS parts,
         ($4 OR forced) AND pending_version = version AND conflict_id IS NULL AS "mayBeSent"
    FROM channels.listing
   WHERE tenant = $1 AND channel_id = $2 AND pending_reference IS NOT NULL AND pending_check_at <= now() AND listing_id IS NOT NULL
   ORDER BY pending_check_at, sku
   LIMIT $3`;

interface Row {
  readonly listingId: string;
  readonly sku: string;
  readonly quantity: number;
  readonly version: number;
  readonly urgent: boolean;
  readonly unsure: boolean;
  readonly parts: Readonly<Record<string, number>> | null;
  readonly memo: Memo | null;
  readonly shownQuantity: number | null;
  readonly shownParts: readonly Part[] | null;
}

export class PostgresDueListings implements DueListings {
  constructor(private readonly pool: Pool) {}

  async backlog({ tenant, channelId, syncInventory }: DueOf): Promise<Backlog> {
    const { rows } = await this.pool.query<Backlog>(COUNT, [tenant, channelId, syncInventory]);
    return rows[0] ?? { due: 0, urgent: 0 };
  }

  async due(channel: DueOf, mostUnits: number, limit: number): Promise<readonly DueListing[]> {
    const { rows } = await this.pool.query<Row>(DUE, [channel.tenant, channel.channelId, channel.syncInventory, limit, channel.revision]);
    return rows.map(({ listingId, sku, version, urgent, unsure, memo, ...row }) => ({
      listingId,
      sku,
      version,
      urgent,
      unsure,
      memo,
      known: knownFigure(row.shownQuantity, row.shownParts),
      ...figureToSend(row.quantity, row.parts, channel.locations, mostUnits),
    }));
  }

  async pending(
    { tenant, channelId, syncInventory }: Pick<DueOf, 'tenant' | 'channelId' | 'syncInventory'>,
    limit: number,
  ): Promise<readonly PendingListing[]> {
    return (await this.pool.query<PendingListing>(PENDING, [tenant, channelId, limit, syncInventory])).rows;
  }
}

const knownFigure = (quantity: number | null, parts: readonly Part[] | null): Figure | null =>
  quantity === null ? null : { quantity, parts: parts ?? [] };
