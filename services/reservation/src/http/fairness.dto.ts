import { ApiProperty } from '@nestjs/swagger';
import { IsTime, PageQuery } from '@holdfast/platform';

export class FairnessQuery extends PageQuery {
  @IsTime({ optional: true, description: 'Served at this time or later; default a day ago' })
  readonly from?: string;

  @IsTime({ optional: true, description: 'Served before this time; default now' })
  readonly to?: string;
}

export class FairnessSummaryAnswer {
  @ApiProperty({ type: 'integer', description: 'All who contended in the span' })
  readonly contenders!: number;

  @ApiProperty({ type: 'integer' })
  readonly granted!: number;

  @ApiProperty({ type: 'integer', description: 'Granted, but units wait for supply' })
  readonly waiting!: number;

  @ApiProperty({ type: 'integer' })
  readonly refused!: number;

  @ApiProperty({ type: 'integer', description: 'Asked again for what they had' })
  readonly repeated!: number;

  @ApiProperty({ type: 'integer', description: 'Found the queue of the SKU full and were not served' })
  readonly turnedAway!: number;

  @ApiProperty({ type: 'integer', description: 'Decided on again because another process was first' })
  readonly retried!: number;

  @ApiProperty({ type: 'integer', description: 'Commands that were not written down because too much came at once' })
  readonly missed!: number;

  @ApiProperty({ type: 'integer', description: 'Served after a request that had arrived at the same process later; 0 by design' })
  readonly inversions!: number;

  @ApiProperty({ description: 'Whether every process served in the order in which they came' })
  readonly inOrderOfArrival!: boolean;
}

export class ContenderAnswer {
  @ApiProperty({ type: 'integer', description: 'Place in the order served, from 1, within the span' })
  readonly place!: number;

  @ApiProperty({ enum: ['granted', 'waiting', 'refused', 'repeated', 'turned_away'] })
  readonly outcome!: string;

  @ApiProperty({ required: false, description: 'Why it was refused' })
  readonly code?: string;

  @ApiProperty()
  readonly reservationId!: string;

  @ApiProperty()
  readonly orderId!: string;

  @ApiProperty({ required: false })
  readonly channelId?: string;

  @ApiProperty({ required: false })
  readonly holderId?: string;

  @ApiProperty({ type: 'integer', description: 'Units asked for' })
  readonly quantity!: number;

  @ApiProperty({ type: 'integer', description: 'Counts up in the process with everybody who comes, for whatever SKU' })
  readonly arrival!: number;

  @ApiProperty({ format: 'date-time' })
  readonly arrivedAt!: string;

  @ApiProperty({ format: 'date-time' })
  readonly servedAt!: string;

  @ApiProperty({ type: 'integer', required: false, description: "Of the SKU's stream after the turn" })
  readonly revision?: number;

  @ApiProperty({ type: 'integer', description: 'Times the turn was decided again because another process was first' })
  readonly retries!: number;

  @ApiProperty({ format: 'uuid', description: 'Process that served' })
  readonly process!: string;
}

export class PaginationAnswer {
  @ApiProperty({ type: 'integer' })
  readonly page!: number;

  @ApiProperty({ type: 'integer' })
  readonly pageSize!: number;

  @ApiProperty({ type: 'integer' })
  readonly total!: number;

  @ApiProperty({ type: 'integer' })
  readonly totalPages!: number;
}

export class FairnessAnswer {
  @ApiProperty()
  readonly sku!: string;

  @ApiProperty({ format: 'date-time' })
  readonly from!: string;

  @ApiProperty({ format: 'date-time' })
  readonly to!: string;

  @ApiProperty({ type: () => FairnessSummaryAnswer })
  readonly summary!: FairnessSummaryAnswer;

  @ApiProperty({ type: () => [ContenderAnswer] })
  readonly contenders!: readonly ContenderAnswer[];

  @ApiProperty({ type: () => PaginationAnswer })
  readonly pagination!: PaginationAnswer;
}
