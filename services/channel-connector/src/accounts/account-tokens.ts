import { pauseOn, type Sealer, type Timers } from '@holdfast/kit';
import type { GivenToken, RenewResult, TokenAnswer, TokenSource } from '../providers/tools.js';
import type { ChannelRef } from './channel-ref.js';
import type { TokenTable } from './token-table.js';

/** A token counts as expired so long before its end: a call that uses it may take a while. */
const SPARE_MS = 30_000;
/** Longer than a renewal takes; a process that dies in one is waited for no longer. */
const RENEWAL_MS = 20_000;
const LOOK_AGAIN_MS = 100;

export interface Renewal {
  readonly renew: (refreshToken: string | undefined) => Promise<RenewResult>;
}

const placeOf = ({ tenant, channelId }: ChannelRef): string => `channel token ${JSON.stringify([tenant, channelId])}`;

/**
 * The access token of one account, sealed where it is stored. One process renews at a time; the others wait for what it gets. A refresh token that
 * the vendor replaces is stored before anything uses the new pair.
 */
export class AccountTokens implements TokenSource {
  constructor(
    private readonly table: TokenTable,
    private readonly sealer: Sealer,
    private readonly channel: ChannelRef,
    private readonly renewal: Renewal,
    private readonly timers: Timers,
    private readonly stopped: AbortSignal,
  ) {}

  async current(): Promise<TokenAnswer> {
    for (let waitedMs = 0; !this.stopped.aborted && waitedMs < 2 * RENEWAL_MS; waitedMs += LOOK_AGAIN_MS) {
      const known = await this.table.valid(SPARE_MS);
      if (known !== undefined) return { token: this.unsealed(known) };
      const claimed = await this.table.claim(SPARE_MS, RENEWAL_MS);
      if (claimed !== undefined) return this.renew(claimed.refresh);
      await pauseOn(this.timers, LOOK_AGAIN_MS, this.stopped);
    }
    return { account: { kind: 'failed', says: 'another process renews the token and has not finished', retryAfterMs: 1_000 } };
  }

  async refused(token: string): Promise<void> {
    const stored = await this.table.stored();
    if (stored !== undefined && this.unsealed(stored) === token) await this.table.refuse(stored);
  }

  private async renew(refresh: string | null): Promise<TokenAnswer> {
    let renewed: RenewResult;
    try {
      renewed = await this.renewal.renew(refresh === null ? undefined : this.unsealed(refresh));
    } catch (error) {
      await this.table.free();
      throw error;
    }
    if ('account' in renewed) {
      await this.table.free();
      return renewed;
    }
    await this.store(renewed.given);
    return { token: renewed.given.accessToken };
  }

  private async store({ accessToken, expiresInMs, refreshToken }: GivenToken): Promise<void> {
    await this.table.store(this.sealed(accessToken), expiresInMs, refreshToken === undefined ? undefined : this.sealed(refreshToken));
  }

  private sealed(text: string): string {
    return this.sealer.seal(text, placeOf(this.channel));
  }

  private unsealed(text: string): string {
    return this.sealer.unseal(text, placeOf(this.channel));
  }
}
