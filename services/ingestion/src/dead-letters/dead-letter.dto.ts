import { applyDecorators } from '@nestjs/common';
import { ApiPropertyOptional } from '@nestjs/swagger';
import { ArrayMaxSize, ArrayMinSize, IsArray, IsObject, IsUUID, ValidateIf } from 'class-validator';
import { IsFlag, IsOneOf, PageQuery } from '@holdfast/platform';
import type { LetterStatus } from './dead-letters.js';
import type { Fix } from './replay.js';
import { MAX_REPLAYED_AT_ONCE } from './replay.js';

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
