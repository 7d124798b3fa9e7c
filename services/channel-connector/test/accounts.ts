import type { Pool } from 'pg';
import { Sealer } from '@holdfast/kit';
import { VendorClient } from '@holdfast/vendor-http';
import type { ChannelRef } from '../src/accounts/channel-ref.js';
import { Accounts, postgresShared } from '../src/accounts/open-account.js';
import { sealedCredentials } from '../src/accounts/stored-account.js';
import type { Provider } from '../src/providers/provider.js';
import { PROVIDERS, providersByName } from '../src/providers/registry.js';

export const testSealer = new Sealer('a secret of at least thirty-two characters');

export const sealed = (channel: ChannelRef, credentials: object): string => sealedCredentials(testSealer, channel, credentials);

interface AccountOptions {
  readonly allowPrivateAddresses?: boolean;
  readonly callTimeoutMs?: number;
  readonly kinds?: readonly Provider[];
}

/** Accounts as the service opens them. Close them with the test. */
export function accountsOn(pool: Pool, options: AccountOptions = {}): Accounts & { close(): Promise<void> } {
  const { allowPrivateAddresses = true, callTimeoutMs = 5_000, kinds = PROVIDERS } = options;
  const client = new VendorClient({ allowPrivateAddresses }, callTimeoutMs);
  const accounts = new Accounts({
    shared: postgresShared(pool),
    sealer: testSealer,
    providers: providersByName(kinds),
    client,
    now: Date.now,
  });
  return Object.assign(accounts, { close: () => client.close() });
}
