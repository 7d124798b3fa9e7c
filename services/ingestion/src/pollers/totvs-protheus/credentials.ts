import { IsText } from '@holdfast/platform';

export class ProtheusCredentials {
  @IsText({ max: 200, description: 'User of the REST server' })
  readonly username!: string;

  @IsText({ max: 500, description: 'Password of the user' })
  readonly password!: string;
}
