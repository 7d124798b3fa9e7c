import { randomUUID } from 'node:crypto';
import { inTransaction, isUuid } from '@holdfast/kit';
import type { Pool, PoolClient } from 'pg';
import type { ChannelRef } from '../accounts/channel-ref.js';
import type { Figure } from '../providers/figures.js';

export interface FoundConflict {
  readonly sku: string;
  readonly listingId: string;
  readonly ours: number;
  readonly theirs: Figure;
}

export interface Conflict extends FoundConflict, ChannelRef {
  readonly conflictId: string;
  readonly resolvedAt: Date | null;
  readonly used: string | null;
}

/** One open conflict of a listing; seen again with another figure, the newest counts. */
const OPEN = `
  INSERT INTO channels.conflict AS c (tenant, conflict_id, channel_id, sku, listing_id, ours, theirs)
  SELECT $1, s."conflictId", $2, s.sku, s."listingId", s.ours, s.theirs
    FROM jsonb_to_recordset($3::jsonb) AS s ("conflictId" uuid, sku text, "listingId" text, ours bigint, theirs jsonb)
  ON CONFLICT (tenant, channel_id, listing_id) WHERE resolved_at IS NULL DO UPDATE SET ours = excluded.ours, theirs = excluded.theirs
  RETURNING c.conflict_id AS "conflictId", c.sku, c.listing_id AS "listingId", c.ours::float8 AS ours, c.theirs, xmax = 0 AS "isNew"`;

/** While it is open, nothing is told to the listing. */
const HOLD = `
  UPDATE channels.listing l
     SET conflict_id = s."conflictId", shown_quantity = (s.theirs ->> 'quantity')::bigint, shown_parts = s.theirs -> 'parts', shown_at = now()
    FROM jsonb_to_recordset($3::jsonb) AS s ("conflictId" uuid, "listingId" text, theirs jsonb)
   WHERE l.tenant = $1 AND l.channel_id = $2 AND l.listing_id = s."listingId"`;

const NOTE = `
  INSERT INTO channels.history (tenant, operation, outcome, channel_id, sku, listing_id, quantity, observed, conflict_id, detail, actor)
  SELECT $1, 'inventory_conflict', $4, $2, s.sku, s."listingId", s.ours, (s.theirs ->> 'quantity')::bigint, s."conflictId", $5, $6
    FROM jsonb_to_recordset($3::jsonb) AS s ("conflictId" uuid, sku text, "listingId" text, ours bigint, theirs jsonb)`;

const FIND = `
  SELECT tenant, channel_id AS "channelId", conflict_id AS "conflictId", sku, listing_id AS "listingId", ours::float8 AS ours, theirs,
         resolved_at AS "resolvedAt", used
    FROM channels.conflict WHERE tenant = $1 AND conflict_id = $2`;

/** The first to decide decides: until the decision is done only the same one may go on with it. */
const CLAIM = `
  UPDATE channels.conflict SET used = $3 WHERE tenant = $1 AND conflict_id = $2 AND resolved_at IS NULL AND coalesce(used, $3) = $3`;

const GIVE_UP = `UPDATE channels.conflict SET used = NULL WHERE tenant = $1 AND conflict_id = $2 AND resolved_at IS NULL`;

const DECIDE = `
  UPDATE channels.conflict SET resolved_at = now(), used = $3, resolved_by = $4
   WHERE tenant = $1 AND conflict_id = $2 AND resolved_at IS NULL`;

/** Conflicts of listings that are of another SKU, another account, or no channel any more. */
const END = `
  WITH ended AS (
    UPDATE channels.conflict c SET resolved_at = now(), used = 'nobody'
     WHERE c.tenant = $1 AND c.channel_id = $2 AND c.resolved_at IS NULL AND NOT EXISTS (
       SELECT FROM channels.listing l
        WHERE l.tenant = $1 AND l.channel_id = $2 AND l.listing_id = c.listing_id AND l.conflict_id = c.conflict_id)
    RETURNING c.sku, c.listing_id, c.ours, (c.theirs ->> 'quantity')::bigint AS observed, c.conflict_id
  )
  INSERT INTO channels.history (tenant, operation, outcome, channel_id, sku, listing_id, quantity, observed, conflict_id, detail)
  SELECT $1, 'inventory_conflict', 'ok', $2, sku, listing_id, ours, observed, conflict_id, 'ended: the listing is mapped no more'
    FROM ended ORDER BY sku`;

/** Ends conflicts that hold no listing, within the caller's transaction: nobody has to decide them, and nothing may be booked for them. */
export async function endUnheldConflicts(client: PoolClient, { tenant, channelId }: ChannelRef): Promise<void> {
  await client.query(END, [tenant, channelId]);
}

const RELEASE = `UPDATE channels.listing SET conflict_id = NULL WHERE tenant = $1 AND channel_id = $2 AND conflict_id = $3`;

export class ConflictTable {
  constructor(private readonly pool: Pool) {}

  /** Opens conflicts that wait for a person. */
  async open({ tenant, channelId }: ChannelRef, found: readonly FoundConflict[]): Promise<void> {
    if (found.length === 0) return;
    await inTransaction(this.pool, async (client) => {
      const entries = JSON.stringify(found.map((one) => ({ ...one, conflictId: randomUUID() })));
      const opened = (await client.query<Conflict & { readonly isNew: boolean }>(OPEN, [tenant, channelId, entries])).rows;
      await client.query(HOLD, [tenant, channelId, JSON.stringify(opened)]);
      const fresh = opened.filter(({ isNew }) => isNew);
      await client.query(NOTE, [tenant, channelId, JSON.stringify(fresh), 'skipped', 'waits for a decision', null]);
    });
  }

  async find(tenant: string, conflictId: string): Promise<Conflict | undefined> {
    if (!isUuid(conflictId)) return undefined;
    return (await this.pool.query<Conflict>(FIND, [tenant, conflictId])).rows[0];
  }

  /** @returns false where somebody decides otherwise, or decided before */
  async claim({ tenant, conflictId }: Conflict, used: string): Promise<boolean> {
    return (await this.pool.query(CLAIM, [tenant, conflictId, used])).rowCount === 1;
  }

  /** What was decided cannot be done: it may be decided otherwise. */
  async giveUp({ tenant, conflictId }: Conflict): Promise<void> {
    await this.pool.query(GIVE_UP, [tenant, conflictId]);
  }

  /** Keeps what was decided and lets the listing be told again. @returns false where somebody decided it before */
  async decide(conflict: Conflict, used: string, by: string): Promise<boolean> {
    const { tenant, channelId, conflictId } = conflict;
    return inTransaction(this.pool, async (client) => {
      const decided = await client.query(DECIDE, [tenant, conflictId, used, by]);
      if (decided.rowCount === 0) return false;
      await client.query(RELEASE, [tenant, channelId, conflictId]);
      await client.query(NOTE, [tenant, channelId, JSON.stringify([conflict]), 'ok', `resolved: ${used}`, by]);
      return true;
    });
  }
}
