import type { Pool } from 'pg';
import type { ListingUpdate } from './webhook-message.js';
import type { ChannelRef } from './writer-lease.js';

/**
 * Rows of the call, locked in one order everywhere, and only while the caller still is the channel's writer.
 * The disk is not waited for: what a crash of the database forgets of a call is that it was made, and it is made again.
 */
const SENT = `
  sent AS (
    SELECT s.* FROM unnest($4::text[], $5::text[], $6::bigint[], $7::bigint[]) AS s (sku, listing_id, quantity, version)
     CROSS JOIN (SELECT set_config('synchronous_commit', 'off', true)) AS unhurried
     WHERE EXISTS (SELECT 1 FROM channels.channel WHERE tenant = $1 AND channel_id = $2 AND owner = $3)
  ),
  locked AS MATERIALIZED (
    SELECT sku FROM channels.listing
     WHERE tenant = $1 AND channel_id = $2 AND sku = ANY (ARRAY (SELECT sku FROM sent))
     ORDER BY sku FOR UPDATE
  )`;

/** A listing that changed while its figure was being sent stays due. */
const DELIVERED = `
  WITH ${SENT},
  told AS (
    UPDATE channels.listing l
       SET sent_quantity = s.quantity, sent_version = s.version, sent_at = now(), fault = NULL, attempts = 0,
           forced = l.forced AND l.version > s.version,
           due_at = CASE WHEN l.version > s.version THEN now() END
      FROM sent s JOIN locked USING (sku)
     WHERE l.tenant = $1 AND l.channel_id = $2 AND l.sku = s.sku AND l.listing_id = s.listing_id
       AND (l.sent_version IS NULL OR l.sent_version <= s.version)
    RETURNING l.sku, s.listing_id, s.quantity, s.version
  ),
  healthy AS (
    UPDATE channels.channel SET failures = 0, retry_at = NULL, fault = NULL, last_success_at = now()
     WHERE tenant = $1 AND channel_id = $2 AND owner = $3
  )
  INSERT INTO channels.history (tenant, operation, outcome, channel_id, sku, listing_id, quantity, version)
  SELECT $1, 'inventory_push', 'ok', $2, sku, listing_id, quantity, version FROM told ORDER BY sku`;

/** With a pause of their own the listings step aside; without one they stay due and the channel pauses instead. */
const FAULTY = `
  WITH ${SENT},
  marked AS (
    UPDATE channels.listing l
       SET fault = $8, attempts = l.attempts + 1,
           due_at = CASE WHEN $9::float8 IS NULL THEN l.due_at ELSE now() + $9::float8 * interval '1 millisecond' END
      FROM sent s JOIN locked USING (sku)
     WHERE l.tenant = $1 AND l.channel_id = $2 AND l.sku = s.sku AND l.listing_id = s.listing_id
    RETURNING l.sku, l.listing_id, s.quantity, s.version
  )
  INSERT INTO channels.history (tenant, operation, outcome, channel_id, sku, listing_id, quantity, version, detail, occurrences)
  SELECT $1, 'inventory_push', 'error', $2,
         CASE WHEN count(*) = 1 THEN min(sku) END, CASE WHEN count(*) = 1 THEN min(listing_id) END,
         CASE WHEN count(*) = 1 THEN min(quantity) END, CASE WHEN count(*) = 1 THEN min(version) END, $8, count(*)
    FROM marked HAVING count(*) > 0`;

const PAUSED = `
  UPDATE channels.channel
     SET failures = failures + 1, fault = $4, gone = $6, retry_at = CASE WHEN $6 THEN NULL ELSE now() + $5::float8 * interval '1 millisecond' END,
         owner = NULL, lease_until = NULL
   WHERE tenant = $1 AND channel_id = $2 AND owner = $3`;

/**
 * Writes down what became of a call. Each effect happens only while this process is the channel's writer.
 * The statements are planned anew each time: a plan kept from when the tables were small would visit every row for each listing.
 */
export class Settlement {
  constructor(
    private readonly pool: Pool,
    private readonly owner: string,
  ) {}

  async delivered(channel: ChannelRef, listings: readonly ListingUpdate[]): Promise<void> {
    await this.pool.query(DELIVERED, this.values(channel, listings));
  }

  /** Marks the listings; they are sent again when their channel's pause ends. */
  async failed(channel: ChannelRef, listings: readonly ListingUpdate[], fault: string): Promise<void> {
    await this.pool.query(FAULTY, [...this.values(channel, listings), fault, null]);
  }

  /** Marks the listings and lets them step aside for a while, so that the others of the channel go on. */
  async setAside(channel: ChannelRef, listings: readonly ListingUpdate[], fault: string, pauseMs: number): Promise<void> {
    await this.pool.query(FAULTY, [...this.values(channel, listings), fault, pauseMs]);
  }

  /** Counts a failure of the channel, pauses it and gives it back. */
  async pause(channel: ChannelRef, fault: string, pauseMs: number): Promise<void> {
    await this.pool.query(PAUSED, [channel.tenant, channel.channelId, this.owner, fault, pauseMs, false]);
  }

  /** Stops the channel until it is set up again. Nothing is lost: what is due stays due. */
  async gone(channel: ChannelRef, fault: string): Promise<void> {
    await this.pool.query(PAUSED, [channel.tenant, channel.channelId, this.owner, fault, 0, true]);
  }

  private values({ tenant, channelId }: ChannelRef, listings: readonly ListingUpdate[]): unknown[] {
    return [
      tenant,
      channelId,
      this.owner,
      listings.map(({ sku }) => sku),
      listings.map(({ listingId }) => listingId),
      listings.map(({ quantity }) => quantity),
      listings.map(({ version }) => version),
    ];
  }
}
