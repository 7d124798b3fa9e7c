import { IsText } from '@holdfast/platform';

export class MicrovixCredentials {
  @IsText({ max: 100, description: 'Key of the web service (chave), bought from Linx for the portal' })
  readonly key!: string;

  @IsText({ max: 100, description: 'User of the web service' })
  readonly user!: string;

  @IsText({ max: 200, description: 'Password of the user' })
  readonly password!: string;
}
