import type { Pool, PoolClient } from 'pg';
import type { DataSource } from 'typeorm';
import { inTransaction } from '@holdfast/kit';
import type { ChannelRef } from '../delivery/writer-lease.js';
import { DEFAULT_CALLS_PER_SECOND } from '../limits.js';
import { ChannelEntity } from './channel.entity.js';
import type { ConflictStrategy, Provider } from './channel-settings.js';

/** What to change of how a channel is delivered to; undefined stays as it is. */
export interface DeliveryChanges {
  readonly provider: Provider | undefined;
  readonly syncInventory: boolean | undefined;
  readonly conflictStrategy: ConflictStrategy | undefined;
  /** Needed for a channel that is new. */
  readonly webhookUrl: string | undefined;
  readonly callsPerSecond: number | undefined;
}

/** A channel that had given up, or was pausing, begins afresh. What is left out is taken from the row as it is when it is locked. */
const PUT = `
  INSERT INTO channels.channel AS c
         (tenant, channel_id, provider, sync_inventory, conflict_strategy, webhook_url, webhook_secret, calls_per_second)
  VALUES ($1, $2, coalesce($3, 'webhook'), coalesce($4, true), coalesce($5, 'master_wins'), coalesce($6, $10), coalesce($7, $8),
          coalesce($9, ${DEFAULT_CALLS_PER_SECOND}))
  ON CONFLICT (tenant, channel_id) DO UPDATE SET
    provider = coalesce($3, c.provider), sync_inventory = coalesce($4, c.sync_inventory),
    conflict_strategy = coalesce($5, c.conflict_strategy), webhook_url = coalesce($6, c.webhook_url),
    webhook_secret = coalesce($7, c.webhook_secret), calls_per_second = coalesce($9, c.calls_per_second),
    gone = false, failures = 0, retry_at = NULL, fault = NULL, updated_at = now()
  RETURNING webhook_secret = $8 AS made`;

/** Another receiver, or one set up anew with another secret, knows nothing yet. Versions grow, so that a call under way to the old one settles nothing. */
const TELL_ALL = `
  WITH locked AS MATERIALIZED (
    SELECT sku FROM channels.listing
     WHERE tenant = $1 AND channel_id = $2 AND listing_id IS NOT NULL AND quantity IS NOT NULL ORDER BY sku FOR UPDATE
  )
  UPDATE channels.listing l
     SET version = nextval('channels.listing_version'), due_at = now(), fault = NULL, attempts = 0,
         sent_quantity = NULL, sent_version = NULL, sent_at = NULL
    FROM locked WHERE l.tenant = $1 AND l.channel_id = $2 AND l.sku = locked.sku`;

const REMOVE = `
  WITH removed AS (DELETE FROM channels.channel WHERE tenant = $1 AND channel_id = $2)
  DELETE FROM channels.listing WHERE tenant = $1 AND channel_id = $2`;

const OLD = `SELECT webhook_url AS url, webhook_secret AS secret FROM channels.channel WHERE tenant = $1 AND channel_id = $2 FOR UPDATE`;

export class ChannelTable {
  constructor(
    private readonly source: DataSource,
    private readonly pool: Pool,
  ) {}

  async find(channel: ChannelRef): Promise<ChannelEntity | null> {
    const { tenant, channelId } = channel;
    return this.source.getRepository(ChannelEntity).findOneBy({ tenant, channelId });
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

  /**
   * Stores the changes. @param given the caller's secret @param spare secret for a channel that has none
   * @returns whether the spare one is in use now
   */
  put(channel: ChannelRef, changes: DeliveryChanges, given: string | undefined, spare: string): Promise<boolean> {
    return inTransaction(this.pool, (client) => put(client, channel, changes, given, spare));
  }

  /** Removes the channel and its listings. */
  async remove({ tenant, channelId }: ChannelRef): Promise<void> {
    await this.pool.query(REMOVE, [tenant, channelId]);
  }
}

async function put(
  client: PoolClient,
  channel: ChannelRef,
  changes: DeliveryChanges,
  given: string | undefined,
  spare: string,
): Promise<boolean> {
  const of = [channel.tenant, channel.channelId];
  const { provider, syncInventory, conflictStrategy, webhookUrl, callsPerSecond } = changes;
  const old = (await client.query<{ url: string; secret: string }>(OLD, of)).rows[0];
  const values = [...of, provider, syncInventory, conflictStrategy, webhookUrl, given ?? null, spare, callsPerSecond, old?.url];
  const { rows } = await client.query<{ made: boolean }>(PUT, values);
  const isAnother =
    old !== undefined && ((webhookUrl !== undefined && old.url !== webhookUrl) || (given !== undefined && old.secret !== given));
  if (isAnother) await client.query(TELL_ALL, of);
  return rows[0]?.made ?? false;
}
