import { IsText } from '@holdfast/platform';

const MAX_SECRET_LENGTH = 500;

export class ShopifyCredentials {
  @IsText({ max: MAX_SECRET_LENGTH, optional: true, description: 'Access token of a custom app; it does not expire' })
  readonly accessToken?: string;

  @IsText({ max: MAX_SECRET_LENGTH, optional: true, description: 'Client id of the app' })
  readonly clientId?: string;

  @IsText({ max: MAX_SECRET_LENGTH, optional: true, description: 'Client secret of the app' })
  readonly clientSecret?: string;

  @IsText({
    max: MAX_SECRET_LENGTH,
    optional: true,
    description: 'Refresh token of a public app; without one tokens come by client credentials',
  })
  readonly refreshToken?: string;

  @IsText({ max: MAX_SECRET_LENGTH, optional: true, description: 'Secret that signs webhooks; the client secret when left out' })
  readonly webhookSecret?: string;
}

/** Secrets that may sign a webhook. Both are tried, so that one can be replaced without a pause. */
export const signingSecrets = ({ webhookSecret, clientSecret }: ShopifyCredentials): readonly string[] =>
  [webhookSecret, clientSecret].filter((secret): secret is string => secret !== undefined);

export function credentialFaults(credentials: ShopifyCredentials): readonly { readonly field: string; readonly message: string }[] {
  const { accessToken, clientId, clientSecret, refreshToken } = credentials;
  if (clientId !== undefined && clientSecret === undefined) return [{ field: 'clientSecret', message: 'is needed beside clientId' }];
  if (clientId === undefined && refreshToken !== undefined) return [{ field: 'clientId', message: 'is needed beside refreshToken' }];
  return clientId === undefined && accessToken === undefined
    ? [{ field: 'accessToken', message: 'is needed, or clientId and clientSecret instead' }]
    : [];
}
