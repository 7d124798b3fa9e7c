import { randomBytes } from 'node:crypto';
import type { Scenario } from '../scenario.js';
import type { ReplayedChannel } from './replayed-channel.js';
import { WebhookListings } from './webhook-listings.js';

const SECRET_BYTES = 24;

/** The shop of the replay: it sells, and is told its figures by signed webhooks. */
export async function openWebhookChannel({ channelId }: Scenario): Promise<ReplayedChannel> {
  const listings = await WebhookListings.listen();
  // A secret that Holdfast made would be lost with the answer, and a repeat does not show it again.
  const secret = `whsec_${randomBytes(SECRET_BYTES).toString('base64')}`;
  listings.verifyWith(secret);
  const bySku = new Map<string, string>();
  return {
    name: 'webhook',
    channelId,
    body: {
      name: 'Replayed web shop',
      channelType: 'E_COMMERCE',
      provider: 'webhook',
      syncInventory: true,
      webhook: { url: listings.url, secret },
    },
    list: (skus) =>
      skus.map((sku) => {
        const listingId = `L-${sku}`;
        bySku.set(sku, listingId);
        return listingId;
      }),
    shown: () =>
      new Map([...bySku].map(([sku, listingId]) => [sku, [{ locationId: null, units: listings.quantityOf(listingId) }]] as const)),
    close: () => listings.close(),
  };
}
