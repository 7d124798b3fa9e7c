import { channelCodeOf, type AmazonSettings } from '../settings.js';

/**
 * The patches that set a figure. `merge` keeps what is not named: the handling time and other channel codes. `replace` would lose them
 * (github.com/amzn/selling-partner-api-models issue 4406).
 */
export const patchesOf = (settings: AmazonSettings, quantity: number) => [
  {
    op: 'merge',
    path: '/attributes/fulfillment_availability',
    value: [{ fulfillment_channel_code: channelCodeOf(settings), quantity }],
  },
];

export interface FeedLine {
  readonly sku: string;
  readonly productType: string;
  readonly quantity: number;
}

/** A listings feed, version 2. Message ids count from 1. */
export const feedOf = (settings: AmazonSettings, lines: readonly FeedLine[]) => ({
  header: { sellerId: settings.sellerId, version: '2.0' },
  messages: lines.map(({ sku, productType, quantity }, index) => ({
    messageId: index + 1,
    sku,
    operationType: 'PATCH',
    productType,
    patches: patchesOf(settings, quantity),
  })),
});
