import { IsText } from '@holdfast/platform';
import { ApiProperty } from '@nestjs/swagger';

export class SignIn {
  @IsText({ optional: true, max: 8192, description: 'An API key or a JWT' })
  readonly credential?: string;

  @IsText({ optional: true, max: 100, description: 'A one-time code, as the link that `npm start` prints carries it' })
  readonly code?: string;
}

export class SessionView {
  @ApiProperty({ example: 'demo' })
  readonly tenant!: string;

  @ApiProperty({ description: 'Id of the key, or subject of the token', example: 'key_5b0e9c1a7f3d' })
  readonly subject!: string;

  @ApiProperty({ type: [String], description: 'What the caller may do; `area.*` and `*` stand for several', example: ['inventory.*'] })
  readonly permissions!: readonly string[];

  @ApiProperty({
    format: 'date-time',
    nullable: true,
    type: String,
    description: 'When the session ends at the latest; null for a request with a key or token',
  })
  readonly endsAt!: string | null;
}
