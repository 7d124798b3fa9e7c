import { setTimeout as pause } from 'node:timers/promises';
import type { Sealer } from '@holdfast/kit';
import type { Pool } from 'pg';
import type { GivenToken, RenewResult, TokenAnswer, TokenSource } from '../providers/tools.js';
import type { ChannelRef } from './channel-ref.js';

/** A token counts as expired so long before its end: a call that uses it may take a while. */
const SPARE_MS = 30_000;
/** Longer than a renewal takes; a process that dies in one is waited for no longer. */
const RENEWAL_MS = 20_000;
const LOOK_AGAIN_MS = 100;

const CURRENT = `
  SELECT access FROM channels.token
   WHERE tenant = $1 AND channel_id = $2 AND access IS NOT NULL AND valid_until > now() + ${String(SPARE_MS)} * interval '1 millisecond'`;

/** One process renews at a time; the others wait for what it gets. */
const CLAIM = `
  INSERT INTO channels.token AS t (tenant, channel_id, renewing_until)
  VALUES ($1, $2, now() + ${String(RENEWAL_MS)} * interval '1 millisecond')
  ON CONFLICT (tenant, channel_id) DO UPDATE SET renewing_until = excluded.renewing_until
  WHERE (t.renewing_until IS NULL OR t.renewing_until < now())
    AND (t.access IS NULL OR t.valid_until <= now() + ${String(SPARE_MS)} * interval '1 millisecond')
  RETURNING refresh`;

const STORE = `
  UPDATE channels.token
     SET access = $3, valid_until = now() + $4::float8 * interval '1 millisecond', refresh = coalesce($5, refresh), renewing_until = NULL
   WHERE tenant = $1 AND channel_id = $2`;

const FREE = `UPDATE channels.token SET renewing_until = NULL WHERE tenant = $1 AND channel_id = $2`;
const SELECT_ACCESS = `SELECT access FROM channels.token WHERE tenant = $1 AND channel_id = $2 AND access IS NOT NULL`;
const REFUSED = `UPDATE channels.token SET access = NULL WHERE tenant = $1 AND channel_id = $2 AND access = $3`;

export interface Renewal {
  readonly renew: (refreshToken: string | undefined) => Promise<RenewResult>;
}

const placeOf = ({ tenant, channelId }: ChannelRef): string => `channel token ${JSON.stringify([tenant, channelId])}`;

/** The access token of one account, in the database, sealed. A refresh token that the vendor replaces is stored before anything uses the new pair. */
export class StoredTokens implements TokenSource {
  private readonly of: readonly [string, string];

  constructor(
    private readonly pool: Pool,
    private readonly sealer: Sealer,
    private readonly channel: ChannelRef,
    private readonly renewal: Renewal,
    private readonly stopped: AbortSignal,
  ) {
    this.of = [channel.tenant, channel.channelId];
  }

  async current(): Promise<TokenAnswer> {
    const deadline = performance.now() + 2 * RENEWAL_MS;
    while (!this.stopped.aborted && performance.now() < deadline) {
      const known = (await this.pool.query<{ access: string }>(CURRENT, [...this.of])).rows[0];
      if (known !== undefined) return { token: this.sealer.unseal(known.access, placeOf(this.channel)) };
      const claimed = (await this.pool.query<{ refresh: string | null }>(CLAIM, [...this.of])).rows[0];
      if (claimed !== undefined) return this.renew(claimed.refresh);
      await pause(LOOK_AGAIN_MS, undefined, { signal: this.stopped }).catch(() => undefined);
    }
    return { account: { kind: 'failed', says: 'another process renews the token and has not finished', retryAfterMs: 1_000 } };
  }

  async refused(token: string): Promise<void> {
    const stored = (await this.pool.query<{ access: string }>(SELECT_ACCESS, [...this.of])).rows[0];
    if (stored === undefined || this.sealer.unseal(stored.access, placeOf(this.channel)) !== token) return;
    await this.pool.query(REFUSED, [...this.of, stored.access]);
  }

  private async renew(refresh: string | null): Promise<TokenAnswer> {
    let renewed: RenewResult;
    try {
      renewed = await this.renewal.renew(refresh === null ? undefined : this.sealer.unseal(refresh, placeOf(this.channel)));
    } catch (error) {
      await this.pool.query(FREE, [...this.of]);
      throw error;
    }
    if ('account' in renewed) {
      await this.pool.query(FREE, [...this.of]);
      return renewed;
    }
    await this.store(renewed.given);
    return { token: renewed.given.accessToken };
  }

  private async store({ accessToken, expiresInMs, refreshToken }: GivenToken): Promise<void> {
    const seal = (text: string): string => this.sealer.seal(text, placeOf(this.channel));
    await this.pool.query(STORE, [...this.of, seal(accessToken), expiresInMs, refreshToken === undefined ? null : seal(refreshToken)]);
  }
}
