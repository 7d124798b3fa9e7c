import type { Pool } from 'pg';
import type { ChannelRef } from '../../accounts/channel-ref.js';
import { ACCOUNT_COLUMNS } from '../../accounts/stored-account.js';
import type { HeldChannel, WriterLeases } from './delivery-store.js';
import { MAY_BE_WRITTEN } from './postgres-due-listings.js';

const HELD_COLUMNS = `${ACCOUNT_COLUMNS}, sync_inventory AS "syncInventory", failures`;

const WAITING = `
  SELECT tenant, channel_id AS "channelId"
    FROM (SELECT c.tenant, c.channel_id,
                 least(
                   CASE WHEN c.sync_inventory
                     THEN (SELECT min(l.due_at) FROM channels.listing l
                            WHERE l.tenant = c.tenant AND l.channel_id = c.channel_id AND l.due_at <= now() AND ${MAY_BE_WRITTEN})
                     ELSE (SELECT min(l.due_at) FROM channels.listing l
                            WHERE l.tenant = c.tenant AND l.channel_id = c.channel_id AND l.due_at <= now() AND l.forced AND ${MAY_BE_WRITTEN})
                   END,
                   (SELECT min(l.pending_check_at) FROM channels.listing l
                     WHERE l.tenant = c.tenant AND l.channel_id = c.channel_id AND l.pending_reference IS NOT NULL AND l.pending_check_at <= now())
                 ) AS due_at
            FROM channels.channel c
           WHERE NOT c.gone
             AND (c.retry_at IS NULL OR c.retry_at <= now())
             AND (c.lease_until IS NULL OR c.lease_until < now() OR c.owner = $2)
             AND (c.tenant, c.channel_id) NOT IN (SELECT * FROM unnest($3::text[], $4::text[]))) waiting
   WHERE due_at IS NOT NULL
   ORDER BY due_at
   LIMIT $1`;

const TAKE = `
  UPDATE channels.channel
     SET owner = $3, lease_until = now() + $4 * interval '1 millisecond'
   WHERE tenant = $1 AND channel_id = $2 AND NOT gone
     AND (retry_at IS NULL OR retry_at <= now())
     AND (owner = $3 OR lease_until IS NULL OR lease_until < now())
  RETURNING ${HELD_COLUMNS}`;

/** While most of the lease is left, reading the settings is enough. */
const HELD = `
  SELECT ${HELD_COLUMNS}
    FROM channels.channel
   WHERE tenant = $1 AND channel_id = $2 AND owner = $3 AND NOT gone AND (retry_at IS NULL OR retry_at <= now())
     AND lease_until > now() + $4 * interval '0.6 millisecond'`;

const RELEASE = `UPDATE channels.channel SET owner = NULL, lease_until = NULL WHERE owner = $1`;

export class PostgresLeases implements WriterLeases {
  constructor(
    private readonly pool: Pool,
    private readonly owner: string,
    private readonly leaseMs: number,
  ) {}

  async waiting(limit: number, written: readonly ChannelRef[] = []): Promise<readonly ChannelRef[]> {
    const values = [limit, this.owner, written.map(({ tenant }) => tenant), written.map(({ channelId }) => channelId)];
    return (await this.pool.query<ChannelRef>(WAITING, values)).rows;
  }

  async take({ tenant, channelId }: ChannelRef): Promise<HeldChannel | undefined> {
    const values = [tenant, channelId, this.owner, this.leaseMs];
    const held = (await this.pool.query<HeldChannel>({ name: 'held-channel', text: HELD, values })).rows[0];
    if (held !== undefined) return held;
    return (await this.pool.query<HeldChannel>({ name: 'take-channel', text: TAKE, values })).rows[0];
  }

  async releaseAll(): Promise<void> {
    await this.pool.query(RELEASE, [this.owner]);
  }
}
