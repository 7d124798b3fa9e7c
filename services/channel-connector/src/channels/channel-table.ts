import type { Pool, PoolClient } from 'pg';
import type { DataSource } from 'typeorm';
import { inTransaction } from '@holdfast/kit';
import { keyOf, type ChannelRef } from '../accounts/channel-ref.js';
import { ACCOUNT_COLUMNS, type StoredAccount } from '../accounts/stored-account.js';
import { endUnheldConflicts } from '../conflicts/conflict-table.js';
import { figureAtPlaces } from '../mappings/figure-at-places.js';
import { endUnmappedDrift } from '../reconcile/unmapped-drift.js';
import type { AccountChange } from './account-change.js';
import { ChannelEntity } from './channel.entity.js';
import type { ConflictStrategy } from './channel-settings.js';

/** How a channel is delivered to, as it is stored. */
export interface ChannelRow extends AccountChange {
  readonly provider: string;
  readonly settings: Readonly<Record<string, unknown>>;
  /** Sealed. */
  readonly credentials: string;
  readonly credentialNames: readonly string[];
  readonly locations: StoredAccount['locations'];
  /** Undefined stays as it is. */
  readonly syncInventory: boolean | undefined;
  readonly conflictStrategy: ConflictStrategy | undefined;
  readonly lowThreshold: number;
  /** Undefined stays as it is. */
  readonly staleAfterSeconds: number | undefined;
  /** Undefined stays as it is. */
  readonly reconcileEverySeconds: number | undefined;
  /** Undefined stays as it is. */
  readonly orderWithinSeconds: number | undefined;
  readonly hasOtherCredentials: boolean;
}

/** So that two requests for a channel that is new come one after the other, too. */
const LOCK = `SELECT pg_advisory_xact_lock(hashtextextended('channel ' || $1, 0))`;
const OLD = `SELECT ${ACCOUNT_COLUMNS} FROM channels.channel WHERE tenant = $1 AND channel_id = $2 FOR UPDATE`;

/** A channel that had given up, or was pausing, begins afresh. A revision never comes again, also where a channel is removed and set up anew. */
const PUT = `
  INSERT INTO channels.channel AS c
         (tenant, channel_id, provider, settings, credentials, credential_names, locations, sync_inventory, conflict_strategy, low_threshold,
          stale_after_seconds, reconcile_every_seconds, order_within_seconds, revision)
  VALUES ($1, $2, $3, $4, $5, $6, $7, coalesce($8, true), coalesce($9, 'master_wins'), $10, $11, $12, $13, nextval('channels.listing_version'))
  ON CONFLICT (tenant, channel_id) DO UPDATE SET
    provider = $3, settings = $4, credentials = $5, credential_names = $6, locations = $7, sync_inventory = coalesce($8, c.sync_inventory),
    conflict_strategy = coalesce($9, c.conflict_strategy), low_threshold = $10, stale_after_seconds = coalesce($11, c.stale_after_seconds),
    reconcile_every_seconds = coalesce($12, c.reconcile_every_seconds), order_within_seconds = coalesce($13, c.order_within_seconds),
    reconcile_at = CASE WHEN $12 IS DISTINCT FROM c.reconcile_every_seconds AND $12 IS NOT NULL THEN NULL ELSE c.reconcile_at END,
    revision = greatest(excluded.revision, c.revision + 1),
    gone = false, failures = 0, retry_at = NULL, fault = NULL, updated_at = now()`;

/** Another receiver, or one set up anew, knows nothing yet. Answers to older versions are of the old one, and settle nothing. */
const TELL_ALL = `
  WITH locked AS MATERIALIZED (
    SELECT sku, nextval('channels.listing_version') AS version FROM channels.listing
     WHERE tenant = $1 AND channel_id = $2 AND listing_id IS NOT NULL AND quantity IS NOT NULL ORDER BY sku FOR UPDATE
  )
  UPDATE channels.listing l
     SET version = locked.version, least_version = locked.version, due_at = now(), urgent = false, figure = ${figureAtPlaces('l', 'c')}, fault = NULL, attempts = 0,
         sent_quantity = NULL, sent_version = NULL, sent_at = NULL, shown_quantity = NULL, shown_parts = NULL, shown_at = NULL,
         confirmed_position = NULL, former_versions = NULL,
         unsure = false, memo = NULL, pending_reference = NULL, pending_check_at = NULL, pending_exclusive = false, conflict_id = NULL
    FROM locked, channels.channel c
   WHERE l.tenant = $1 AND l.channel_id = $2 AND l.sku = locked.sku AND c.tenant = $1 AND c.channel_id = $2`;

const FORGET_TOKEN = `DELETE FROM channels.token WHERE tenant = $1 AND channel_id = $2`;

/** Where polling goes on is of the account. What it sold since the last poll is asked for under other places and settings too. */
const FORGET_CURSOR = `DELETE FROM channels.polling WHERE tenant = $1 AND channel_id = $2`;

/** Listings that were found are those of the former account. One that is under way ends. */
const FORGET_DISCOVERIES = `DELETE FROM channels.discovery WHERE tenant = $1 AND channel_id = $2`;

/** What is spent is of the vendor: another one has other limits, some under the same names. */
const FORGET_SPENDING = `DELETE FROM channels.spending WHERE tenant = $1 AND channel_id = $2`;

const REMOVE = `
  WITH removed AS (DELETE FROM channels.channel WHERE tenant = $1 AND channel_id = $2),
       tokens AS (DELETE FROM channels.token WHERE tenant = $1 AND channel_id = $2),
       pollings AS (DELETE FROM channels.polling WHERE tenant = $1 AND channel_id = $2),
       spendings AS (DELETE FROM channels.spending WHERE tenant = $1 AND channel_id = $2)
  DELETE FROM channels.listing WHERE tenant = $1 AND channel_id = $2`;

const RESUME = `UPDATE channels.channel SET failures = 0, retry_at = NULL, fault = NULL WHERE tenant = $1 AND channel_id = $2 AND NOT gone`;

export class ChannelTable {
  constructor(
    private readonly source: DataSource,
    private readonly pool: Pool,
  ) {}

  async find(channel: ChannelRef): Promise<ChannelEntity | null> {
    const { tenant, channelId } = channel;
    return this.source.getRepository(ChannelEntity).findOneBy({ tenant, channelId });
  }

  /** With sealed credentials, for who calls the channel. */
  async account({ tenant, channelId }: ChannelRef): Promise<StoredAccount | undefined> {
    const sql = `SELECT ${ACCOUNT_COLUMNS} FROM channels.channel WHERE tenant = $1 AND channel_id = $2`;
    return (await this.pool.query<StoredAccount>(sql, [tenant, channelId])).rows[0];
  }

  async all(tenant: string): Promise<readonly ChannelEntity[]> {
    return this.source.getRepository(ChannelEntity).find({ where: { tenant }, order: { channelId: 'ASC' } });
  }

  /** Number of due listings of each channel. */
  async dueCounts(tenant: string): Promise<ReadonlyMap<string, number>> {
    const { rows } = await this.pool.query<{ channelId: string; due: number }>(
      `SELECT channel_id AS "channelId", count(*)::int AS due FROM channels.listing WHERE tenant = $1 AND due_at IS NOT NULL GROUP BY channel_id`,
      [tenant],
    );
    return new Map(rows.map(({ channelId, due }) => [channelId, due]));
  }

  /** Stores the channel as `change` makes it of the row as it is when it is locked, so that two changes at once both count. */
  put(channel: ChannelRef, change: (known: StoredAccount | undefined) => ChannelRow): Promise<void> {
    return inTransaction(this.pool, (client) => put(client, channel, change));
  }

  /** Ends a pause after failures: somebody saw that the channel can be called again. */
  async resume({ tenant, channelId }: ChannelRef): Promise<void> {
    await this.pool.query(RESUME, [tenant, channelId]);
  }

  /** Removes the channel and its listings. @param by who asked, as the drift ledger names it */
  remove(channel: ChannelRef, by: string): Promise<void> {
    const of = [channel.tenant, channel.channelId];
    return inTransaction(this.pool, async (client) => {
      // The channel is locked before its listings, as everywhere.
      await client.query(OLD, of);
      await client.query(REMOVE, of);
      await endUnheldConflicts(client, channel);
      await endUnmappedDrift(client, channel, by);
    });
  }
}

async function put(client: PoolClient, channel: ChannelRef, change: (known: StoredAccount | undefined) => ChannelRow): Promise<void> {
  const of = [channel.tenant, channel.channelId];
  await client.query(LOCK, [keyOf(channel)]);
  const old = (await client.query<StoredAccount>(OLD, of)).rows[0];
  const row = change(old);
  await client.query(PUT, [
    ...of,
    row.provider,
    JSON.stringify(row.settings),
    row.credentials,
    row.credentialNames,
    JSON.stringify(row.locations),
    row.syncInventory,
    row.conflictStrategy,
    row.lowThreshold,
    row.staleAfterSeconds ?? null,
    row.reconcileEverySeconds ?? null,
    row.orderWithinSeconds ?? null,
  ]);
  if (row.hasOtherCredentials) await client.query(FORGET_TOKEN, of);
  if (old === undefined || !row.isAnother) return;
  await client.query(TELL_ALL, of);
  await endUnheldConflicts(client, channel);
  if (!row.isOtherAccount) return;
  await client.query(FORGET_CURSOR, of);
  await client.query(FORGET_DISCOVERIES, of);
  if (old.provider !== row.provider) await client.query(FORGET_SPENDING, of);
}
