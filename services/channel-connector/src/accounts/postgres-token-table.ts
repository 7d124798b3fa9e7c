import type { Pool } from 'pg';
import type { ChannelRef } from './channel-ref.js';
import type { TokenTable } from './token-table.js';

const VALID = `
  SELECT access FROM channels.token
   WHERE tenant = $1 AND channel_id = $2 AND access IS NOT NULL AND valid_until > now() + $3::float8 * interval '1 millisecond'`;

const CLAIM = `
  INSERT INTO channels.token AS t (tenant, channel_id, renewing_until)
  VALUES ($1, $2, now() + $4::float8 * interval '1 millisecond')
  ON CONFLICT (tenant, channel_id) DO UPDATE SET renewing_until = excluded.renewing_until
  WHERE (t.renewing_until IS NULL OR t.renewing_until < now())
    AND (t.access IS NULL OR t.valid_until <= now() + $3::float8 * interval '1 millisecond')
  RETURNING refresh`;

const PROLONG = `
  UPDATE channels.token SET renewing_until = now() + $3::float8 * interval '1 millisecond'
   WHERE tenant = $1 AND channel_id = $2 AND renewing_until >= now()`;

const STORE = `
  UPDATE channels.token
     SET access = $3, valid_until = now() + $4::float8 * interval '1 millisecond', refresh = coalesce($5, refresh), renewing_until = NULL
   WHERE tenant = $1 AND channel_id = $2`;

const FREE = `UPDATE channels.token SET renewing_until = NULL WHERE tenant = $1 AND channel_id = $2`;
const STORED = `SELECT access FROM channels.token WHERE tenant = $1 AND channel_id = $2 AND access IS NOT NULL`;
const REFUSE = `UPDATE channels.token SET access = NULL WHERE tenant = $1 AND channel_id = $2 AND access = $3`;

export class PostgresTokenTable implements TokenTable {
  private readonly of: readonly [string, string];

  constructor(
    private readonly pool: Pool,
    { tenant, channelId }: ChannelRef,
  ) {
    this.of = [tenant, channelId];
  }

  async valid(spareMs: number): Promise<string | undefined> {
    return (await this.pool.query<{ access: string }>(VALID, [...this.of, spareMs])).rows[0]?.access;
  }

  async stored(): Promise<string | undefined> {
    return (await this.pool.query<{ access: string }>(STORED, [...this.of])).rows[0]?.access;
  }

  async claim(spareMs: number, renewalMs: number): Promise<{ readonly refresh: string | null } | undefined> {
    return (await this.pool.query<{ refresh: string | null }>(CLAIM, [...this.of, spareMs, renewalMs])).rows[0];
  }

  async prolong(renewalMs: number): Promise<void> {
    await this.pool.query(PROLONG, [...this.of, renewalMs]);
  }

  async store(access: string, validMs: number, refresh: string | undefined): Promise<void> {
    await this.pool.query(STORE, [...this.of, access, validMs, refresh ?? null]);
  }

  async free(): Promise<void> {
    await this.pool.query(FREE, [...this.of]);
  }

  async refuse(access: string): Promise<void> {
    await this.pool.query(REFUSE, [...this.of, access]);
  }
}
