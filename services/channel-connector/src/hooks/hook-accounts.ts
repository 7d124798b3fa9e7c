import { CannotUnseal } from '@holdfast/kit';
import type { Pool } from 'pg';
import type { Accounts, OpenAccount } from '../accounts/open-account.js';
import { ACCOUNT_COLUMNS, type StoredAccount } from '../accounts/stored-account.js';
import { keyOf } from '../accounts/channel-ref.js';
import { MAX_CHANNELS_PER_HOOK } from '../limits.js';

const CHANNELS = `
  SELECT ${ACCOUNT_COLUMNS} FROM channels.channel
   WHERE channel_id = $1 AND ($2::text IS NULL OR tenant = $2) ORDER BY created_at, tenant LIMIT ${String(MAX_CHANNELS_PER_HOOK)}`;

/** Accounts that are kept open between messages: some read a vendor's key once. */
const KEPT = 500;

export interface HookAccount {
  readonly stored: StoredAccount;
  /** Undefined where the key of its credentials is lost: then it can check nothing. */
  readonly open: OpenAccount | undefined;
}

/** Accounts that a message may be for: of every tenant with a channel of that id, or of the one that the address names. */
export class HookAccounts {
  private readonly kept = new Map<string, OpenAccount>();

  constructor(
    private readonly pool: Pool,
    private readonly accounts: Accounts,
    private readonly stopping: AbortSignal,
  ) {}

  async find(channelId: string, tenant: string | undefined): Promise<readonly HookAccount[]> {
    const { rows } = await this.pool.query<StoredAccount>(CHANNELS, [channelId, tenant]);
    return rows.map((stored) => ({ stored, open: this.opened(stored) }));
  }

  /** A channel of one tenant that cannot be opened is in the way of no other tenant's. */
  private opened(stored: StoredAccount): OpenAccount | undefined {
    try {
      return this.openOnce(stored);
    } catch (error) {
      if (error instanceof CannotUnseal) return undefined;
      throw error;
    }
  }

  private openOnce(stored: StoredAccount): OpenAccount {
    const key = `${keyOf(stored)} ${stored.revision}`;
    const known = this.kept.get(key);
    if (known !== undefined) return known;
    const open = this.accounts.open(stored, this.stopping);
    this.kept.set(key, open);
    const oldest = this.kept.keys().next().value;
    if (this.kept.size > KEPT && oldest !== undefined) this.kept.delete(oldest);
    return open;
  }
}
