import { IsText, IsWholeNumber } from '@holdfast/platform';
import { DEFAULT_CALLS_PER_SECOND, MAX_CALLS_PER_SECOND } from '../../limits.js';

const MAX_URL_LENGTH = 2_000;

export class WebhookSettings {
  @IsText({
    max: MAX_URL_LENGTH,
    description: 'Where updates are posted to, http or https',
    example: 'https://shop.example/hooks/inventory',
  })
  readonly url!: string;

  @IsWholeNumber({
    min: 1,
    max: MAX_CALLS_PER_SECOND,
    optional: true,
    description: `Most calls a second; default ${String(DEFAULT_CALLS_PER_SECOND)}`,
  })
  readonly callsPerSecond?: number;
}

export class WebhookCredentials {
  @IsText({
    max: 200,
    description: 'Signing secret, whsec_ and the base64 of 24 to 64 bytes',
  })
  readonly secret!: string;
}
