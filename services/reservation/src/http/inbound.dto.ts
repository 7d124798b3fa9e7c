import { ApiProperty } from '@nestjs/swagger';
import { IsLocationId, IsQuantity, IsTime } from '@holdfast/platform';

export class InboundRequest {
  @IsLocationId({ description: 'Where it is to arrive' })
  readonly locationId!: string;

  @IsQuantity({ description: 'Units of the whole delivery, those received already among them', example: 40 })
  readonly quantity!: number;

  @IsTime({ description: 'When it is expected' })
  readonly expectedAt!: string;
}

export class InboundAnswerBody {
  @ApiProperty({ description: 'Purchase order or delivery of the supplier', example: 'po-77' })
  readonly reference!: string;

  @ApiProperty()
  readonly locationId!: string;

  @ApiProperty({ type: 'integer' })
  readonly quantity!: number;

  @ApiProperty({ type: 'integer', description: 'Units of it that have arrived' })
  readonly received!: number;

  @ApiProperty({ type: 'integer', description: 'Units that came beyond the quantity by receipts that named it' })
  readonly excess!: number;

  @ApiProperty({ type: 'integer', description: 'Units of it that are still to come' })
  readonly open!: number;

  @ApiProperty({ format: 'date-time' })
  readonly expectedAt!: string;
}

export class InboundListAnswer {
  @ApiProperty()
  readonly sku!: string;

  @ApiProperty({ type: 'integer', description: 'Units of reservations that wait' })
  readonly waiting!: number;

  @ApiProperty({ type: () => [InboundAnswerBody], description: 'Soonest first' })
  readonly inbound!: readonly InboundAnswerBody[];
}
