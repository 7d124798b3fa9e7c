import { randomUUID } from 'node:crypto';
import type { Sealer } from '@holdfast/kit';
import type { Pool } from 'pg';
import { StoredBudget } from '../budget/stored-budget.js';
import type { VendorClient } from '../calls/vendor-http.js';
import type { Provider, ProviderAccount } from '../providers/provider.js';
import type { Providers } from '../providers/registry.js';
import { accountOf, type StoredAccount } from './stored-account.js';
import { StoredTokens } from './token-store.js';

export interface OpenAccount {
  readonly provider: Provider;
  readonly account: ProviderAccount;
}

export interface AccountTools {
  readonly pool: Pool;
  readonly sealer: Sealer;
  readonly providers: Providers;
  readonly client: VendorClient;
  readonly now: () => number;
}

/** Opens accounts of channels: tokens and limits are shared over the database, everything else may be lost. */
export class Accounts {
  constructor(private readonly tools: AccountTools) {}

  /** @param stopped ends calls and waits of the account @throws CannotUnseal, or where the kind of channel is not known to this version */
  open(stored: StoredAccount, stopped: AbortSignal): OpenAccount {
    const { pool, sealer, providers, client, now } = this.tools;
    const provider = providers.get(stored.provider);
    if (provider === undefined) throw new Error(`this version knows no channels of the kind ${stored.provider}`);
    const account = accountOf(sealer, provider, stored);
    const http = client.until(stopped);
    const renew = (refreshToken: string | undefined) => {
      if (provider.renew === undefined) throw new Error(`channels of the kind ${provider.name} have no tokens`);
      return provider.renew(account, http, refreshToken);
    };
    const tools = {
      http,
      now,
      newId: randomUUID,
      tokens: new StoredTokens(pool, sealer, stored, { renew }, stopped),
      budget: new StoredBudget(pool, stored, provider.limits(account.settings), stopped),
    };
    return { provider, account: provider.open(account, tools) };
  }
}
