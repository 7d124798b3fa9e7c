import { ApiProperty } from '@nestjs/swagger';

/** Outcome of one line of a bulk request. */
export class LineResult {
  @ApiProperty({ type: 'integer', description: 'Counts from 0' })
  readonly index!: number;

  @ApiProperty({ enum: ['ok', 'error'] })
  readonly status!: 'ok' | 'error';

  @ApiProperty({ required: false })
  readonly code?: string;

  @ApiProperty({ required: false })
  readonly message?: string;
}

export class BulkSummary {
  @ApiProperty({ type: 'integer' })
  readonly lines!: number;

  @ApiProperty({ type: 'integer' })
  readonly ok!: number;

  @ApiProperty({ type: 'integer' })
  readonly failed!: number;
}

/** Of every bulk request: a result a line. */
export abstract class BulkAnswer<Result extends LineResult> {
  abstract readonly results: readonly Result[];

  @ApiProperty({ type: BulkSummary })
  readonly summary!: BulkSummary;
}
