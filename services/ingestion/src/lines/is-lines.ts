import { applyDecorators } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { ArrayMaxSize, ArrayMinSize, IsArray } from 'class-validator';
import { MAX_BULK_LINES } from '@holdfast/platform';

/** A list of 1 to 10,000 lines that the route checks one by one, so that a bad line gets its own result. `shape` documents them. */
export const IsLines = (shape: () => new () => object): PropertyDecorator =>
  applyDecorators(
    ApiProperty({ type: () => [shape()], minItems: 1, maxItems: MAX_BULK_LINES }),
    IsArray(),
    ArrayMinSize(1, { message: 'must have at least 1 entry' }),
    ArrayMaxSize(MAX_BULK_LINES, { message: `must have at most ${MAX_BULK_LINES} entries` }),
  );
