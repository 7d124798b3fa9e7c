import { IsText } from '@holdfast/platform';

const MAX_SECRET_LENGTH = 2_000;

export class AmazonCredentials {
  @IsText({ max: 200, description: 'Client id of the app at Login with Amazon' })
  readonly clientId!: string;

  @IsText({ max: MAX_SECRET_LENGTH, description: 'Client secret of the app' })
  readonly clientSecret!: string;

  @IsText({ max: MAX_SECRET_LENGTH, description: "Refresh token of the merchant's authorization" })
  readonly refreshToken!: string;

  @IsText({ max: 200, optional: true, description: 'Access key that may read and delete messages of the queue' })
  readonly accessKeyId?: string;

  @IsText({ max: MAX_SECRET_LENGTH, optional: true, description: 'Secret of that access key' })
  readonly secretAccessKey?: string;
}
