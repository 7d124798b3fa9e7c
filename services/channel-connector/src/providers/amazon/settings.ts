import { IsFlag, IsNested, IsOneOf, IsText, IsIdentifierList, IsWholeNumber } from '@holdfast/platform';

const MAX_URL_LENGTH = 2_000;

export const REGIONS = ['na', 'eu', 'fe'] as const;
export type Region = (typeof REGIONS)[number];

/** The queue that Amazon's notifications are delivered to. */
export class AmazonQueue {
  @IsText({ max: MAX_URL_LENGTH, description: 'URL of the SQS queue' })
  readonly queueUrl!: string;

  @IsText({ max: 50, description: 'AWS region of the queue', example: 'eu-west-1' })
  readonly region!: string;

  @IsText({ max: MAX_URL_LENGTH, optional: true, description: 'Address of SQS where it is not that of the region' })
  readonly endpoint?: string;
}

export class AmazonSettings {
  @IsText({ max: 50, pattern: /^[A-Za-z0-9_-]+$/, description: "The merchant's id at Amazon", example: 'A2EXAMPLE' })
  readonly sellerId!: string;

  @IsIdentifierList({
    max: 20,
    description: 'Marketplaces that are written to; the first one is read for FBA stock',
    example: ['A1PA6795UKMFR9'],
  })
  readonly marketplaceIds!: readonly string[];

  @IsOneOf(REGIONS, { description: 'Region of the marketplaces: na, eu or fe' })
  readonly region!: Region;

  @IsText({ max: 50, optional: true, description: 'Fulfilment channel of the stock that the merchant sends; DEFAULT when left out' })
  readonly fulfillmentChannelCode?: string;

  @IsNested(() => AmazonQueue, {
    optional: true,
    description: 'Where notifications come from; without it orders are asked for every few minutes',
  })
  readonly notifications?: AmazonQueue;

  @IsText({
    max: 100,
    optional: true,
    description:
      "Product type that every change names. Left out, each listing's own is read. Amazon is said to take PRODUCT, which saves reading",
  })
  readonly productType?: string;

  @IsWholeNumber({ min: 1, max: 1_000_000, optional: true, description: 'So many waiting listings go as a feed; 2000 when left out' })
  readonly feedFrom?: number;

  @IsWholeNumber({
    min: 10,
    max: 86_400,
    optional: true,
    description: 'Seconds that an accepted change may take to show before it counts as not applied; 900 when left out',
  })
  readonly acceptedSeconds?: number;

  @IsFlag({ optional: true, description: 'Whether polls look for edits too, for an account without a queue; false when left out' })
  readonly pollFigures?: boolean;

  @IsFlag({ optional: true, description: 'Whether an order that waits for its payment is an order already; true when left out' })
  readonly pendingOrders?: boolean;

  @IsText({ max: MAX_URL_LENGTH, optional: true, description: 'Address of the Selling Partner API where it is not that of the region' })
  readonly baseUrl?: string;

  @IsText({ max: MAX_URL_LENGTH, optional: true, description: 'Address that gives tokens where it is not that of Login with Amazon' })
  readonly tokenUrl?: string;
}

export const OWN_STOCK = 'DEFAULT';
const FEED_FROM = 2_000;
const ACCEPTED_SECONDS = 900;

export const baseUrlOf = ({ baseUrl, region }: AmazonSettings): string =>
  (baseUrl ?? `https://sellingpartnerapi-${region}.amazon.com`).replace(/\/+$/, '');
export const tokenUrlOf = ({ tokenUrl }: AmazonSettings): string => tokenUrl ?? 'https://api.amazon.com/auth/o2/token';
export const channelCodeOf = ({ fulfillmentChannelCode }: AmazonSettings): string => fulfillmentChannelCode ?? OWN_STOCK;
export const feedFromOf = ({ feedFrom }: AmazonSettings): number => feedFrom ?? FEED_FROM;
export const acceptedMsOf = ({ acceptedSeconds }: AmazonSettings): number => (acceptedSeconds ?? ACCEPTED_SECONDS) * 1_000;
