import { IsFlag, IsLocationId, IsQuantity, IsSku, IsText, PageQuery, Pagination } from '@holdfast/platform';
import { ApiProperty } from '@nestjs/swagger';

const MAX_CATEGORY_LENGTH = 500;

export class AlertRulesQuery extends PageQuery {
  @IsSku({ optional: true })
  readonly sku?: string;

  @IsText({ max: MAX_CATEGORY_LENGTH, optional: true })
  readonly category?: string;

  @IsLocationId({ optional: true })
  readonly locationId?: string;
}

export class PutAlertRuleRequest {
  @IsSku({ optional: true, nullable: true, description: 'The SKU that it is for; without it and without `category` it is for all' })
  readonly sku?: string | null;

  @IsText({ min: 1, max: MAX_CATEGORY_LENGTH, optional: true, nullable: true, description: 'The category that it is for' })
  readonly category?: string | null;

  @IsLocationId({
    optional: true,
    nullable: true,
    description: 'Compares what is available at this location, and tells it beside the sum over all; without it, the sum is compared',
  })
  readonly locationId?: string | null;

  @IsQuantity({ min: 0, description: 'Available units below it count as low; 0 for never, only out of stock is told then' })
  readonly threshold!: number;

  @IsFlag({ optional: true, description: 'Default true' })
  readonly enabled?: boolean;
}

export class AlertRuleView {
  @ApiProperty()
  readonly ruleId!: string;

  @ApiProperty({ type: String, nullable: true, description: 'Null, with a null category: for all SKUs' })
  readonly sku!: string | null;

  @ApiProperty({ type: String, nullable: true })
  readonly category!: string | null;

  @ApiProperty({ type: String, nullable: true, description: 'Null: over all locations' })
  readonly locationId!: string | null;

  @ApiProperty({ type: 'integer' })
  readonly threshold!: number;

  @ApiProperty()
  readonly enabled!: boolean;

  @ApiProperty()
  readonly createdBy!: string;

  @ApiProperty({ format: 'date-time' })
  readonly createdAt!: string;

  @ApiProperty({ format: 'date-time' })
  readonly updatedAt!: string;
}

export class AlertRulesPage {
  @ApiProperty({ type: [AlertRuleView] })
  readonly rules!: readonly AlertRuleView[];

  @ApiProperty({ type: Pagination })
  readonly pagination!: Pagination;
}
