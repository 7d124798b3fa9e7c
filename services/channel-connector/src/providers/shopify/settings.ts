import { IsFlag, IsOneOf, IsText, IsWholeNumber } from '@holdfast/platform';

const MAX_URL_LENGTH = 2_000;
export const DEFAULT_API_VERSION = '2026-07';
/** From this version on quantities carry `changeFromQuantity` and mutations carry `@idempotent`. */
const OLDEST_API_VERSION = '2026-04';
const DOMAIN = '.myshopify.com';

export class ShopifySettings {
  @IsText({
    max: 100,
    pattern: /^[a-z0-9][a-z0-9-]*(\.myshopify\.com)?$/,
    description: 'The shop, with or without .myshopify.com',
    example: 'my-shop',
  })
  readonly shop!: string;

  @IsText({
    optional: true,
    pattern: /^\d{4}-(01|04|07|10)$/,
    description: `Version of the Admin API, ${DEFAULT_API_VERSION} when left out`,
  })
  readonly apiVersion?: string;

  @IsText({ max: MAX_URL_LENGTH, optional: true, description: 'Address instead of https://{shop}.myshopify.com, e.g. of the sandbox' })
  readonly baseUrl?: string;

  @IsText({
    max: MAX_URL_LENGTH,
    optional: true,
    description: 'Where access tokens are asked for; /admin/oauth/access_token of the shop when left out',
  })
  readonly tokenUrl?: string;

  @IsText({ max: 50, optional: true, description: 'Reason that the inventory history shows; correction when left out' })
  readonly reason?: string;

  @IsWholeNumber({
    min: 1,
    max: 100_000,
    optional: true,
    description: 'Points a second until the shop reports its own rate; 100 when left out',
  })
  readonly pointsPerSecond?: number;

  @IsWholeNumber({ min: 300, max: 172_800, optional: true, description: 'Oldest webhook that is taken, in seconds; 21,600 when left out' })
  readonly hookMaxAgeSeconds?: number;

  @IsWholeNumber({
    min: 0,
    max: 3_600,
    optional: true,
    description: 'How far each poll of orders reaches back again, in seconds; 60 when left out',
  })
  readonly pollOverlapSeconds?: number;

  @IsFlag({ optional: true, description: 'Whether polls look for changed figures too, for a shop without webhooks; false when left out' })
  readonly pollFigures?: boolean;

  @IsOneOf(['as_refunded', 'all'], {
    optional: true,
    description: 'What a cancelled order gives back: as_refunded, what its refunds restock (when left out), or all that was ordered',
  })
  readonly cancelRestock?: 'as_refunded' | 'all';
}

export const domainOf = ({ shop }: ShopifySettings): string => (shop.endsWith(DOMAIN) ? shop : `${shop}${DOMAIN}`);

const baseOf = (settings: ShopifySettings): string => (settings.baseUrl ?? `https://${domainOf(settings)}`).replace(/\/+$/, '');

export const graphqlUrl = (settings: ShopifySettings): string =>
  `${baseOf(settings)}/admin/api/${settings.apiVersion ?? DEFAULT_API_VERSION}/graphql.json`;

export const tokenUrl = (settings: ShopifySettings): string => settings.tokenUrl ?? `${baseOf(settings)}/admin/oauth/access_token`;

/** Faults of the settings that their class cannot express. */
export function settingsFaults(settings: ShopifySettings): readonly { readonly field: string; readonly message: string }[] {
  const url = (field: 'baseUrl' | 'tokenUrl') =>
    settings[field] === undefined || URL.canParse(settings[field])
      ? []
      : [{ field, message: 'must be an address that begins with https://' }];
  const version = settings.apiVersion ?? DEFAULT_API_VERSION;
  const tooOld = {
    field: 'apiVersion',
    message: `must be ${OLDEST_API_VERSION} or later: older versions compare quantities in another way`,
  };
  return [...url('baseUrl'), ...url('tokenUrl'), ...(version < OLDEST_API_VERSION ? [tooOld] : [])];
}
