import type { DeliveryStore, DueListing, ListingWrite, ProviderAccount, WriteResult } from '@holdfast/channel-connector';

/** The store with other listings due. */
export const dueAs = (
  real: DeliveryStore,
  due: (...args: Parameters<DeliveryStore['listings']['due']>) => Promise<readonly DueListing[]>,
): DeliveryStore => ({
  ...real,
  listings: {
    due,
    backlog: (channel) => real.listings.backlog(channel),
    pending: (channel, limit) => real.listings.pending(channel, limit),
  },
});

/** The account with another result of its writes. */
export const writingAs = (
  real: ProviderAccount,
  result: (real: WriteResult, listings: readonly ListingWrite[]) => WriteResult,
): ProviderAccount => ({ ...real, write: async (listings) => result(await real.write(listings), listings) });
