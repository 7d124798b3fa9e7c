import { IsFlag, IsText, IsWholeNumber } from '@holdfast/platform';

/** How a channel of eBay is set up. What eBay does not document is a setting with the likelier value as default. */
export class EbaySettings {
  @IsText({ max: 30, pattern: /^EBAY_[A-Z_]+$/, description: 'Marketplace of the listings', example: 'EBAY_US' })
  readonly marketplaceId!: string;

  @IsText({ optional: true, max: 2_000, description: 'Default https://api.ebay.com; https://api.sandbox.ebay.com for the sandbox' })
  readonly baseUrl?: string;

  @IsText({ optional: true, max: 2_000, description: 'Default /identity/v1/oauth2/token of baseUrl' })
  readonly tokenUrl?: string;

  @IsWholeNumber({ optional: true, min: 1, max: 25, description: 'SKUs in one call; default 25, and 1 once eBay refuses more' })
  readonly skusPerCall?: number;

  @IsFlag({
    optional: true,
    description:
      "Whether the seller's out-of-stock control is on; default true. Where it is off, listings that ended at zero are published again",
  })
  readonly outOfStockControl?: boolean;

  @IsFlag({
    optional: true,
    description: 'Whether a listing is ended where eBay takes no zero for it, so that it is not sold on; default true',
  })
  readonly withdrawAtZero?: boolean;

  @IsFlag({ optional: true, description: 'Whether refunded units are for sale again; eBay does not say. Default false' })
  readonly restockRefunds?: boolean;

  @IsWholeNumber({ optional: true, min: 10, max: 100_000, description: 'Revisions of a listing in a day; default 250' })
  readonly revisionsPerDay?: number;

  @IsWholeNumber({ optional: true, min: 100, max: 100_000_000, description: "The app's calls in a day; default 2,000,000" })
  readonly callsPerDay?: number;

  @IsText({
    optional: true,
    max: 50,
    pattern: /^[A-Za-z_]+(\/[A-Za-z_+-]+)*$/,
    description: "Time zone of eBay's day; default America/Los_Angeles",
  })
  readonly dayZone?: string;

  @IsText({
    optional: true,
    max: 10,
    pattern: /^[a-z]{2}-[A-Z]{2}$/,
    description: 'Language of the offers; default that of the marketplace',
    example: 'en-US',
  })
  readonly contentLanguage?: string;
}

const LANGUAGES: Readonly<Record<string, string>> = {
  EBAY_AT: 'de-AT',
  EBAY_AU: 'en-AU',
  EBAY_BE: 'nl-BE',
  EBAY_CA: 'en-CA',
  EBAY_CH: 'de-CH',
  EBAY_DE: 'de-DE',
  EBAY_ES: 'es-ES',
  EBAY_FR: 'fr-FR',
  EBAY_GB: 'en-GB',
  EBAY_IE: 'en-IE',
  EBAY_IT: 'it-IT',
  EBAY_NL: 'nl-NL',
  EBAY_PL: 'pl-PL',
};

export const baseUrlOf = ({ baseUrl }: EbaySettings): string => (baseUrl ?? 'https://api.ebay.com').replace(/\/+$/, '');
export const tokenUrlOf = (settings: EbaySettings): string => settings.tokenUrl ?? `${baseUrlOf(settings)}/identity/v1/oauth2/token`;
export const languageOf = ({ contentLanguage, marketplaceId }: EbaySettings): string =>
  contentLanguage ?? LANGUAGES[marketplaceId] ?? 'en-US';
