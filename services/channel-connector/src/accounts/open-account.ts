import { randomUUID } from 'node:crypto';
import { systemTimers, type Sealer, type Timers } from '@holdfast/kit';
import type { Pool } from 'pg';
import type { VendorHttp } from '@holdfast/vendor-http';
import { AccountBudget } from '../budget/account-budget.js';
import type { LimitStates } from '../budget/limit-states.js';
import { PostgresLimitStates } from '../budget/postgres-limit-states.js';
import type { Provider, ProviderAccount } from '../providers/provider.js';
import type { Providers } from '../providers/registry.js';
import { AccountTokens } from './account-tokens.js';
import type { ChannelRef } from './channel-ref.js';
import { PostgresTokenTable } from './postgres-token-table.js';
import { accountOf, type StoredAccount } from './stored-account.js';
import type { TokenTable } from './token-table.js';

export interface OpenAccount {
  readonly provider: Provider;
  readonly account: ProviderAccount;
}

/** What all processes share of an account. */
export interface SharedAccount {
  readonly tokens: TokenTable;
  readonly limits: LimitStates;
}

export interface AccountTools {
  readonly shared: (channel: ChannelRef) => SharedAccount;
  readonly sealer: Sealer;
  readonly providers: Providers;
  readonly client: { until(stopped: AbortSignal): VendorHttp };
  readonly now: () => number;
  /** Those of the system unless given. */
  readonly timers?: Timers;
  readonly newId?: () => string;
}

export const postgresShared =
  (pool: Pool): AccountTools['shared'] =>
  (channel) => ({ tokens: new PostgresTokenTable(pool, channel), limits: new PostgresLimitStates(pool, channel) });

/** Opens accounts of channels: tokens and limits are shared by all processes, everything else may be lost. */
export class Accounts {
  constructor(private readonly tools: AccountTools) {}

  /** @param stopped ends calls and waits of the account @param guarding stands before every call @throws CannotUnseal, or where the kind of channel is not known to this version */
  open(stored: StoredAccount, stopped: AbortSignal, guarding: (http: VendorHttp) => VendorHttp = (http) => http): OpenAccount {
    const { sealer, providers, client, now, timers = systemTimers, newId = randomUUID } = this.tools;
    const provider = providers.get(stored.provider);
    if (provider === undefined) throw new Error(`this version knows no channels of the kind ${stored.provider}`);
    const account = accountOf(sealer, provider, stored);
    const http = guarding(client.until(stopped));
    const renew = (refreshToken: string | undefined) => {
      if (provider.renew === undefined) throw new Error(`channels of the kind ${provider.name} have no tokens`);
      return provider.renew(account, http, refreshToken);
    };
    const { tokens, limits } = this.tools.shared(stored);
    const tools = {
      http,
      now,
      newId,
      tokens: new AccountTokens(tokens, sealer, stored, { renew }, { timers, now, stopped }),
      budget: new AccountBudget(limits, provider.limits(account.settings), { timers, now, stopped }),
    };
    return { provider, account: provider.open(account, tools) };
  }
}
