import { applyDecorators } from '@nestjs/common';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { ArrayMaxSize, ArrayMinSize, IsArray, IsObject, IsUUID, ValidateIf } from 'class-validator';
import { IsFlag, IsOneOf, PageQuery, Pagination } from '@holdfast/platform';

export const MAX_REPLAYED_AT_ONCE = 10_000;

export type LetterStatus = 'open' | 'replayed' | 'all';

export type Fix = Readonly<Record<string, unknown>>;

export class DeadLettersQuery extends PageQuery {
  @IsOneOf(['open', 'replayed', 'all'], { optional: true, description: 'Default open' })
  readonly status?: LetterStatus;
}

const given = (): PropertyDecorator => ValidateIf((_, value) => value !== undefined);

const IsLetterIds = (): PropertyDecorator =>
  applyDecorators(
    ApiPropertyOptional({ type: [String], maxItems: MAX_REPLAYED_AT_ONCE, description: 'Dead letters to replay' }),
    given(),
    IsArray(),
    ArrayMinSize(1),
    ArrayMaxSize(MAX_REPLAYED_AT_ONCE),
    IsUUID('all', { each: true, message: 'must hold ids of dead letters' }),
  );

const IsFix = (): PropertyDecorator =>
  applyDecorators(
    ApiPropertyOptional({
      type: 'object',
      additionalProperties: true,
      description: 'Fields of the message to set in each of them before; null takes a field away',
      example: { connectionId: 'sap-eu' },
    }),
    given(),
    IsObject({ message: 'must be an object of fields' }),
  );

export class ReplayRequest {
  @IsLetterIds()
  readonly ids?: string[];

  @IsFlag({ optional: true, description: 'All that were not replayed yet, the oldest 10,000 first' })
  readonly all?: boolean;

  @IsFix()
  readonly fix?: Fix;
}

export class DeadLetterReason {
  @ApiProperty()
  readonly code!: string;

  @ApiProperty()
  readonly message!: string;
}

export class DeadLetterView {
  @ApiProperty()
  readonly id!: string;

  @ApiProperty()
  readonly topic!: string;

  @ApiProperty({ type: 'integer' })
  readonly partition!: number;

  @ApiProperty()
  readonly offset!: string;

  @ApiProperty()
  readonly key!: string;

  @ApiProperty({ type: String, nullable: true, description: 'The message as it came' })
  readonly value!: string | null;

  @ApiProperty({ type: DeadLetterReason })
  readonly reason!: DeadLetterReason;

  @ApiProperty({ format: 'date-time' })
  readonly receivedAt!: string;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  readonly replayedAt!: string | null;

  @ApiProperty({ type: 'object', additionalProperties: true, nullable: true, description: 'Fields that were set as it was replayed' })
  readonly fix!: Readonly<Record<string, unknown>> | null;
}

export class DeadLettersView {
  @ApiProperty({ type: [DeadLetterView] })
  readonly deadLetters!: readonly DeadLetterView[];

  @ApiProperty({ type: Pagination })
  readonly pagination!: Pagination;
}

export class FailedReplay {
  @ApiProperty()
  readonly id!: string;

  @ApiProperty()
  readonly code!: string;

  @ApiProperty()
  readonly message!: string;
}

export class ReplayResult {
  @ApiProperty({ type: [String] })
  readonly replayed!: readonly string[];

  @ApiProperty({ type: [FailedReplay], description: 'Not published, since they would fail again' })
  readonly failed!: readonly FailedReplay[];

  @ApiProperty({ type: 'integer', description: 'Letters of the tenant that are still open' })
  readonly open!: number;
}
