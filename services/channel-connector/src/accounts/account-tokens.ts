import { pauseOn, type Sealer, type Timers } from '@holdfast/kit';
import type { GivenToken, RenewResult, TokenAnswer, TokenSource } from '../providers/tools.js';
import type { ChannelRef } from './channel-ref.js';
import type { TokenTable } from './token-table.js';

/** A token counts as expired so long before its end: a call that uses it may take a while. */
const SPARE_MS = 30_000;
/** The right to renew goes on while a renewal does; a process that dies in one is waited for no longer than this. */
const RENEWAL_MS = 5_000;
/** The others wait for a renewal so long. */
const MOST_WAITED_MS = 40_000;
const LOOK_AGAIN_MS = 100;

/** So long a token that the store showed is used without asking again: a call each costs the database as much as the vendor. Less than the time to spare. */
const KNOWN_MS = 1_000;

export interface TokenTools {
  readonly timers: Timers;
  /** Epoch milliseconds of this process. */
  readonly now: () => number;
  readonly stopped: AbortSignal;
}

export interface Renewal {
  readonly renew: (refreshToken: string | undefined) => Promise<RenewResult>;
}

const placeOf = ({ tenant, channelId }: ChannelRef): string => `channel token ${JSON.stringify([tenant, channelId])}`;

/**
 * The access token of one account, sealed where it is stored. One process renews at a time; the others wait for what it gets. A refresh token that
 * the vendor replaces is stored before anything uses the new pair.
 */
export class AccountTokens implements TokenSource {
  private known: { readonly token: string; readonly from: number } | undefined;
  private asked: Promise<TokenAnswer> | undefined;
  /** Another call may still read it from the store while that forgets it. */
  private lastRefused: string | undefined;

  constructor(
    private readonly table: TokenTable,
    private readonly sealer: Sealer,
    private readonly channel: ChannelRef,
    private readonly renewal: Renewal,
    private readonly tools: TokenTools,
  ) {}

  current(): Promise<TokenAnswer> {
    const known = this.knownNow();
    if (known !== undefined) return Promise.resolve({ token: known });
    // Calls that are made at once ask once.
    this.asked ??= this.ask().finally(() => {
      this.asked = undefined;
    });
    return this.asked;
  }

  async isValid(token: string): Promise<boolean> {
    const known = this.knownNow();
    if (known !== undefined) return known === token;
    const stored = await this.table.valid(SPARE_MS);
    return stored !== undefined && token !== this.lastRefused && this.unsealed(stored) === token;
  }

  private knownNow(): string | undefined {
    if (this.known === undefined) return undefined;
    const age = this.tools.now() - this.known.from;
    return age >= 0 && age < KNOWN_MS ? this.known.token : undefined;
  }

  private async ask(): Promise<TokenAnswer> {
    const { now, stopped, timers } = this.tools;
    for (let waitedMs = 0; !stopped.aborted && waitedMs < MOST_WAITED_MS; waitedMs += LOOK_AGAIN_MS) {
      const from = now();
      const stored = await this.table.valid(SPARE_MS);
      if (stored !== undefined) {
        const token = this.unsealed(stored);
        if (token !== this.lastRefused) {
          this.known = { token, from };
          return { token };
        }
        await this.table.refuse(stored);
      }
      const claimed = await this.table.claim(SPARE_MS, RENEWAL_MS);
      if (claimed !== undefined) return this.renew(claimed.refresh);
      await pauseOn(timers, LOOK_AGAIN_MS, stopped);
    }
    return { account: { kind: 'failed', says: 'another process renews the token and has not finished', retryAfterMs: 1_000 } };
  }

  async refused(token: string): Promise<void> {
    this.lastRefused = token;
    if (this.known?.token === token) this.known = undefined;
    const stored = await this.table.stored();
    if (stored !== undefined && this.unsealed(stored) === token) await this.table.refuse(stored);
  }

  private async renew(refresh: string | null): Promise<TokenAnswer> {
    let renewed: RenewResult;
    const letGo = this.keepRight();
    try {
      renewed = await this.renewal.renew(refresh === null ? undefined : this.unsealed(refresh));
    } catch (error) {
      await this.table.free();
      throw error;
    } finally {
      letGo();
    }
    if ('account' in renewed) {
      await this.table.free();
      return renewed;
    }
    await this.store(renewed.given);
    return { token: renewed.given.accessToken };
  }

  /** Keeps other processes from renewing until it is called off. */
  private keepRight(): () => void {
    const prolong = (): void => {
      cancel = this.tools.timers.after(RENEWAL_MS / 3, prolong);
      this.table.prolong(RENEWAL_MS).catch(() => undefined);
    };
    let cancel = this.tools.timers.after(RENEWAL_MS / 3, prolong);
    return () => cancel();
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
