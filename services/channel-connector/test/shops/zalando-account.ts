import { VirtualTime, startZalandoSimulator, type ZalandoSimulator, type ZalandoSimulatorOptions } from '@holdfast/sandbox';
import type { ProviderAccount } from '../../src/providers/provider.js';
import type { ZalandoCredentials } from '../../src/providers/zalando/credentials.js';
import { zalandoProvider } from '../../src/providers/zalando/provider.js';
import type { ZalandoSettings } from '../../src/providers/zalando/settings.js';
import { testBudget, testHttp, testTokens } from '../provider-tools.js';

export interface ZalandoAccountRig {
  readonly zalando: ZalandoSimulator;
  readonly account: ProviderAccount;
  readonly time: VirtualTime;
  readonly channels: readonly string[];
  readonly renewals: () => number;
  /** Figures of a listing at each sales channel. */
  quantities(ean: string): readonly number[];
}

/** The provider with one account at a simulated Zalando, on a time of their own. */
export async function zalandoAccount(
  changes: Partial<ZalandoSettings> = {},
  options: ZalandoSimulatorOptions = {},
): Promise<ZalandoAccountRig> {
  const time = new VirtualTime();
  const clock = { now: time.now, after: (_ms: number, action: () => void) => void setImmediate(action) };
  const zalando = await startZalandoSimulator({ clock, ...options });
  const account = {
    tenant: 'acme',
    channelId: 'zalando',
    settings: { ...(zalando.account.settings as unknown as ZalandoSettings), ...changes },
    credentials: zalando.account.credentials as unknown as ZalandoCredentials,
    locations: [],
  };
  const http = time.holding(testHttp());
  const tokens = testTokens(zalandoProvider, account, http, time);
  const budget = testBudget(zalandoProvider.limits(account.settings), time);
  const tools = { http, tokens, budget, now: time.now, newId: () => '01924c48-49bb-40c2-9c32-ab582e6db6f4' };
  return {
    zalando,
    time,
    channels: account.settings.salesChannelIds,
    account: zalandoProvider.open(account, tools),
    renewals: () => tokens.renewals,
    quantities: (ean) => zalando.listings().flatMap(({ listingId, quantity }) => (listingId === ean ? [quantity] : [])),
  };
}
