import { Pagination } from '@holdfast/platform';
import { ApiProperty } from '@nestjs/swagger';
import { ADJUSTMENT_SOURCES, type AdjustmentSource } from './adjusted-stock.js';

export class RecordedLineView {
  @ApiProperty({ type: String, nullable: true })
  readonly lotId!: string | null;

  @ApiProperty({ type: String, nullable: true })
  readonly binId!: string | null;

  @ApiProperty({ type: 'integer' })
  readonly quantityBefore!: number;

  @ApiProperty({ type: 'integer' })
  readonly quantityAfter!: number;

  @ApiProperty({ type: 'integer' })
  readonly delta!: number;
}

export class RecordedStockView {
  @ApiProperty()
  readonly id!: string;

  @ApiProperty()
  readonly sku!: string;

  @ApiProperty()
  readonly productMasterId!: string;

  @ApiProperty()
  readonly locationId!: string;

  @ApiProperty({ description: 'Whether the lines cover the whole location: then it is a count' })
  readonly complete!: boolean;

  @ApiProperty({ type: [RecordedLineView] })
  readonly lines!: readonly RecordedLineView[];

  @ApiProperty()
  readonly reasonCode!: string;

  @ApiProperty({ type: String, nullable: true })
  readonly reason!: string | null;

  @ApiProperty({ enum: ADJUSTMENT_SOURCES })
  readonly source!: AdjustmentSource;

  @ApiProperty({ format: 'date-time' })
  readonly effectiveAt!: string;

  @ApiProperty({ type: String, nullable: true })
  readonly createdBy!: string | null;

  @ApiProperty({ format: 'date-time' })
  readonly createdAt!: string;
}

/** The SKU at the location after it. Units. */
export class RecordedItem {
  @ApiProperty()
  readonly id!: string;

  @ApiProperty()
  readonly sku!: string;

  @ApiProperty()
  readonly productMasterId!: string;

  @ApiProperty()
  readonly locationId!: string;

  @ApiProperty({ type: 'integer' })
  readonly quantityOnHand!: number;

  @ApiProperty({ type: 'integer' })
  readonly quantityReserved!: number;

  @ApiProperty({ type: 'integer', description: 'Units on hand that may not leave' })
  readonly quantityHeld!: number;

  @ApiProperty({ type: 'integer', description: 'Of the held units, those of an expired lot' })
  readonly quantityExpired!: number;

  @ApiProperty({ type: 'integer' })
  readonly quantityAvailable!: number;
}

export class RecordedStockAnswer extends RecordedStockView {
  @ApiProperty({ type: RecordedItem })
  readonly item!: RecordedItem;
}

export class RecordedStocksView {
  @ApiProperty({ type: [RecordedStockView] })
  readonly records!: readonly RecordedStockView[];

  @ApiProperty({ type: Pagination })
  readonly pagination!: Pagination;
}
