import { IsFlag, IsIdentifierList, IsOneOf, IsText, IsWholeNumber } from '@holdfast/platform';

const MAX_URL_LENGTH = 2_000;
/** A listing is one update for each of them, and a call takes a thousand. */
const MOST_SALES_CHANNELS = 100;

export const READ_BACKS = ['none', 'product_status_report'] as const;
export const EAN_FIELDS = ['external_id', 'article_id'] as const;

export class ZalandoSettings {
  @IsText({ max: 50, description: "The merchant's id at Zalando, a UUID" })
  readonly merchantId!: string;

  @IsIdentifierList({ max: MOST_SALES_CHANNELS, description: 'Sales channels, each of which shows the figure' })
  readonly salesChannelIds!: readonly string[];

  @IsOneOf(READ_BACKS, {
    optional: true,
    description:
      'Where figures are read: none, or product_status_report, which is minutes to hours behind and whose fields are not confirmed; none when left out',
  })
  readonly readBack?: (typeof READ_BACKS)[number];

  @IsWholeNumber({
    min: 1,
    max: 10_080,
    optional: true,
    description: 'Minutes that a figure may take to show in the status report before it counts as not applied; 360 when left out',
  })
  readonly shownMinutes?: number;

  @IsOneOf(EAN_FIELDS, { optional: true, description: 'Field of an order item that has the EAN; external_id when left out' })
  readonly orderEan?: (typeof EAN_FIELDS)[number];

  @IsFlag({
    optional: true,
    description: 'Whether a returned unit is for sale again, unless its reason is a defect or a wrong article; true when left out',
  })
  readonly restockReturns?: boolean;

  @IsWholeNumber({ min: 1, max: 100_000, optional: true, description: 'Stock calls a minute that Zalando grants; 60 when left out' })
  readonly callsPerMinute?: number;

  @IsWholeNumber({
    min: 1_000,
    max: 10_000_000,
    optional: true,
    description: 'Stock updates a minute that Zalando grants, one for each listing and sales channel; 2000 when left out',
  })
  readonly updatesPerMinute?: number;

  @IsText({ max: MAX_URL_LENGTH, optional: true, description: 'Address of the zDirect API; the production one when left out' })
  readonly baseUrl?: string;

  @IsText({ max: MAX_URL_LENGTH, optional: true, description: 'Address that gives tokens where it is not below that of the API' })
  readonly tokenUrl?: string;
}

export const baseUrlOf = ({ baseUrl }: ZalandoSettings): string => (baseUrl ?? 'https://api.merchants.zalando.com').replace(/\/+$/, '');
export const tokenUrlOf = (settings: ZalandoSettings): string => settings.tokenUrl ?? `${baseUrlOf(settings)}/auth/token`;
const SHOWN_MINUTES = 360;
export const shownMsOf = ({ shownMinutes }: ZalandoSettings): number => (shownMinutes ?? SHOWN_MINUTES) * 60_000;
