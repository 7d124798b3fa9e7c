import { IsLocationId, PageQuery, Pagination } from '@holdfast/platform';
import { ApiProperty } from '@nestjs/swagger';

const UNITS = { type: 'integer' } as const;

export class StockListQuery extends PageQuery {
  @IsLocationId({ description: 'Where the units would go' })
  readonly toLocationId!: string;
}

export class StockListItemView {
  @ApiProperty()
  readonly sku!: string;

  @ApiProperty({ type: 'integer', nullable: true, description: 'Of the rule, or its reorder point' })
  readonly min!: number | null;

  @ApiProperty({ type: 'integer', nullable: true, description: 'Of the rule, or the level that it orders up to' })
  readonly max!: number | null;

  @ApiProperty(UNITS)
  readonly quantityOnHand!: number;

  @ApiProperty({ ...UNITS, description: 'Announced, or in transit to here' })
  readonly quantityInbound!: number;

  @ApiProperty({ ...UNITS, description: 'Submitted or approved for here, and not shipped yet' })
  readonly quantityOnRequest!: number;

  @ApiProperty({ ...UNITS, description: 'What is missing up to max, when all that is on its way or promised is counted' })
  readonly suggestedQuantity!: number;
}

export class StockListView {
  @ApiProperty({ type: [StockListItemView] })
  readonly items!: readonly StockListItemView[];

  @ApiProperty({ type: Pagination })
  readonly pagination!: Pagination;
}
