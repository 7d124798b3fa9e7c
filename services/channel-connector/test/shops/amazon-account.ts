import { VirtualTime, startAmazonSimulator, type AmazonSimulator, type AmazonSimulatorOptions } from '@holdfast/sandbox';
import { amazonProvider } from '../../src/providers/amazon/provider.js';
import type { AmazonCredentials } from '../../src/providers/amazon/credentials.js';
import type { AmazonSettings } from '../../src/providers/amazon/settings.js';
import type { ProviderAccount } from '../../src/providers/provider.js';
import type { ListingWrite, PendingWrite, WriteResult } from '../../src/providers/write.js';
import { testBudget, testHttp, testTokens } from '../provider-tools.js';

export interface AmazonAccountRig {
  readonly amazon: AmazonSimulator;
  readonly account: ProviderAccount;
  readonly time: VirtualTime;
  readonly renewals: () => number;
  quantity(sku: string): number | undefined;
}

/** The provider with one account at a simulated Amazon, on a time of their own. */
export async function amazonAccount(
  changes: Partial<AmazonSettings> = {},
  options: AmazonSimulatorOptions = {},
): Promise<AmazonAccountRig> {
  const time = new VirtualTime();
  const clock = { now: time.now, after: (_ms: number, action: () => void) => void setImmediate(action) };
  const amazon = await startAmazonSimulator({ clock, ...options });
  const account = {
    tenant: 'acme',
    channelId: 'amazon',
    settings: { ...(amazon.account.settings as unknown as AmazonSettings), ...changes },
    credentials: amazon.account.credentials as unknown as AmazonCredentials,
    locations: [],
  };
  const http = time.holding(testHttp());
  const tokens = testTokens(amazonProvider, account, http, time);
  const budget = testBudget(amazonProvider.limits(account.settings), time);
  const tools = { http, tokens, budget, now: time.now, newId: () => 'id' };
  return {
    amazon,
    time,
    account: amazonProvider.open(account, tools),
    renewals: () => tokens.renewals,
    quantity: (sku) => amazon.listings().find(({ listingId }) => listingId === sku)?.quantity,
  };
}

/** A listing that should show so many units. */
export const figure = (listingId: string, quantity: number, more: Partial<ListingWrite> = {}): ListingWrite => ({
  listingId,
  sku: listingId,
  quantity,
  parts: [],
  version: 1,
  urgent: false,
  known: null,
  memo: null,
  ...more,
});

/** The accepted listings of a result, as they are confirmed later. */
export const pendingOf = ({ outcomes }: WriteResult, listings: readonly ListingWrite[]): readonly PendingWrite[] =>
  listings.flatMap(({ listingId, quantity, parts }) => {
    const outcome = outcomes.get(listingId);
    return outcome?.kind === 'accepted' ? [{ listingId, quantity, parts, reference: outcome.reference, memo: null, mayBeSent: true }] : [];
  });

/** Kinds of the outcomes by listing. */
export const kinds = ({ outcomes }: WriteResult): Readonly<Record<string, string>> =>
  Object.fromEntries([...outcomes].map(([listingId, { kind }]) => [listingId, kind]));
