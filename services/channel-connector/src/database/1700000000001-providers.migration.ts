import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Channels of several kinds: settings, sealed credentials, mapped places, what listings show, tokens and spent limits. */
export class Providers1700000000001 implements MigrationInterface {
  readonly name = 'Providers1700000000001';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of UP) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const statement of DOWN) await runner.query(statement);
  }
}

const UP = [
  `ALTER TABLE channels.channel
    ADD COLUMN settings jsonb NOT NULL DEFAULT '{}',
    ADD COLUMN credentials text NOT NULL DEFAULT '',
    ADD COLUMN credential_names text[] NOT NULL DEFAULT '{secret}',
    ADD COLUMN locations jsonb NOT NULL DEFAULT '[]',
    ADD COLUMN low_threshold bigint NOT NULL DEFAULT 10,
    ADD COLUMN revision bigint NOT NULL DEFAULT 1`,
  // SQL has no key; the service seals these at its start.
  `UPDATE channels.channel
      SET settings = jsonb_build_object('url', webhook_url, 'callsPerSecond', calls_per_second),
          credentials = 'unsealed.' || json_build_object('secret', webhook_secret)`,
  `ALTER TABLE channels.channel DROP COLUMN webhook_url, DROP COLUMN webhook_secret, DROP COLUMN calls_per_second`,
  `ALTER TABLE channels.listing
    ADD COLUMN urgent boolean NOT NULL DEFAULT false,
    ADD COLUMN parts jsonb,
    ADD COLUMN shown_quantity bigint,
    ADD COLUMN shown_parts jsonb,
    ADD COLUMN shown_at timestamptz,
    ADD COLUMN unsure boolean NOT NULL DEFAULT false,
    ADD COLUMN pending_reference text,
    ADD COLUMN pending_version bigint,
    ADD COLUMN pending_quantity bigint,
    ADD COLUMN pending_parts jsonb,
    ADD COLUMN pending_exclusive boolean NOT NULL DEFAULT false,
    ADD COLUMN pending_check_at timestamptz,
    ADD COLUMN memo jsonb`,
  // What a channel was told before counts as shown: a webhook channel shows what it was told.
  `UPDATE channels.listing SET shown_quantity = sent_quantity, shown_at = sent_at WHERE sent_quantity IS NOT NULL`,
  `DROP INDEX channels.listing_due`,
  `CREATE INDEX listing_due ON channels.listing (tenant, channel_id, urgent DESC, due_at) WHERE due_at IS NOT NULL`,
  `CREATE INDEX listing_waiting ON channels.listing (tenant, channel_id, due_at) WHERE due_at IS NOT NULL`,
  `CREATE INDEX listing_pending ON channels.listing (tenant, channel_id, pending_check_at) WHERE pending_reference IS NOT NULL`,
  `CREATE TABLE channels.token (
    tenant text NOT NULL,
    channel_id text NOT NULL,
    access text,
    valid_until timestamptz,
    refresh text,
    renewing_until timestamptz,
    PRIMARY KEY (tenant, channel_id)
  )`,
  `CREATE TABLE channels.spending (
    tenant text NOT NULL,
    channel_id text NOT NULL,
    name text NOT NULL,
    level float8 NOT NULL,
    at float8 NOT NULL,
    not_before float8 NOT NULL,
    per_second float8,
    burst float8,
    PRIMARY KEY (tenant, channel_id, name)
  )`,
];

/** Sealed credentials cannot be given back by SQL: a channel needs its secret again after this. */
const DOWN = [
  `DROP TABLE channels.spending`,
  `DROP TABLE channels.token`,
  `DROP INDEX channels.listing_pending`,
  `DROP INDEX channels.listing_waiting`,
  `DROP INDEX channels.listing_due`,
  `CREATE INDEX listing_due ON channels.listing (tenant, channel_id, due_at) WHERE due_at IS NOT NULL`,
  `ALTER TABLE channels.listing
    DROP COLUMN urgent, DROP COLUMN parts, DROP COLUMN shown_quantity, DROP COLUMN shown_parts, DROP COLUMN shown_at, DROP COLUMN unsure,
    DROP COLUMN pending_reference, DROP COLUMN pending_version, DROP COLUMN pending_quantity, DROP COLUMN pending_parts, DROP COLUMN pending_exclusive, DROP COLUMN pending_check_at, DROP COLUMN memo`,
  `DELETE FROM channels.channel WHERE provider <> 'webhook'`,
  `ALTER TABLE channels.channel
    ADD COLUMN webhook_url text NOT NULL DEFAULT '', ADD COLUMN webhook_secret text NOT NULL DEFAULT '', ADD COLUMN calls_per_second integer NOT NULL DEFAULT 20`,
  `UPDATE channels.channel SET webhook_url = settings ->> 'url', calls_per_second = coalesce((settings ->> 'callsPerSecond')::int, 20)`,
  `ALTER TABLE channels.channel
    DROP COLUMN settings, DROP COLUMN credentials, DROP COLUMN credential_names, DROP COLUMN locations, DROP COLUMN low_threshold, DROP COLUMN revision`,
];
