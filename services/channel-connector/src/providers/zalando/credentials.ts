import { IsText } from '@holdfast/platform';

export class ZalandoCredentials {
  @IsText({ max: 200, description: "Client id of the merchant's app" })
  readonly clientId!: string;

  @IsText({ max: 2_000, description: 'Client secret of the app' })
  readonly clientSecret!: string;
}
