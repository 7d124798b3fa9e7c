import { IsFlag, IsOneOf, IsText, IsWholeNumber } from '@holdfast/platform';

/** How a channel of Walmart (US) is set up; its ship nodes are its locations. What Walmart does not document is a setting. */
export class WalmartSettings {
  @IsText({
    optional: true,
    max: 2_000,
    description: 'Default https://marketplace.walmartapis.com; https://sandbox.walmartapis.com for the sandbox',
  })
  readonly baseUrl?: string;

  @IsText({ optional: true, max: 2_000, description: 'Default /v3/token of baseUrl' })
  readonly tokenUrl?: string;

  @IsText({ optional: true, max: 200, description: 'Consumer channel type given at onboarding, sent with each call' })
  readonly channelType?: string;

  @IsText({
    optional: true,
    max: 100,
    pattern: /^[A-Za-z0-9._-]+$/,
    description: 'Header that signs webhooks, as the subscription names it (authHeaderName); default x-walmart-signature',
  })
  readonly webhookHeader?: string;

  @IsOneOf(['available', 'input'], {
    optional: true,
    description:
      'Which figure is compared with ours: what can be sold (default), or what was set, where Walmart goes on subtracting orders',
  })
  readonly compare?: 'available' | 'input';

  @IsFlag({ optional: true, description: 'Whether returned units that were delivered back are for sale again; default true' })
  readonly restockReturns?: boolean;

  @IsWholeNumber({ optional: true, min: 50, max: 1_000_000, description: 'Waiting listings from which on a feed is sent; default 400' })
  readonly feedFrom?: number;

  @IsWholeNumber({ optional: true, min: 10, max: 100_000, description: 'Calls a minute of each inventory API; default 200' })
  readonly callsPerMinute?: number;

  @IsWholeNumber({ optional: true, min: 1, max: 10_000, description: 'Feeds of several ship nodes in an hour; default 50' })
  readonly feedsPerHour?: number;
}

export const baseUrlOf = ({ baseUrl }: WalmartSettings): string => (baseUrl ?? 'https://marketplace.walmartapis.com').replace(/\/+$/, '');
export const tokenUrlOf = (settings: WalmartSettings): string => settings.tokenUrl ?? `${baseUrlOf(settings)}/v3/token`;
