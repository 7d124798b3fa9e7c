import type { EbayClient } from '../client.js';

const SKUS_PER_CALL = 25;
const MOST_CHANNELS = 10_000;

/**
 * How many SKUs a bulk update may carry. eBay's documents say 25 in one place and one in another, so it is found out, once for each channel and
 * process; an account is opened too often to do it each time.
 */
export class CallWidths {
  private readonly single = new Set<string>();

  of(client: EbayClient): number {
    return this.single.has(nameOf(client)) ? 1 : (client.account.settings.skusPerCall ?? SKUS_PER_CALL);
  }

  takesOne(client: EbayClient): void {
    if (this.single.size >= MOST_CHANNELS) this.single.clear();
    this.single.add(nameOf(client));
  }
}

const nameOf = ({ account }: EbayClient): string => JSON.stringify([account.tenant, account.channelId, account.settings.baseUrl]);
