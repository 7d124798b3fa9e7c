import { ApiProperty } from '@nestjs/swagger';
import { IsDay, IsLocationId, IsText } from '@holdfast/platform';

const UNITS = { type: 'integer' } as const;
const NAME = { type: String, nullable: true } as const;
const RATIO = { type: Number, nullable: true } as const;
const TIME = { type: String, format: 'date-time' } as const;

export class AnalyticsQuery {
  @IsDay({ optional: true, description: 'First day, UTC. Default so that the period has 30 days' })
  readonly fromDate?: string;

  @IsDay({ optional: true, description: 'Last day, included, UTC. Default the current day. A period has at most 3,660 days' })
  readonly toDate?: string;

  @IsLocationId({ optional: true, description: 'Default all locations' })
  readonly locationId?: string;

  @IsText({ optional: true, description: 'Category of the product, as the catalogue has it now. Default all products' })
  readonly categoryId?: string;
}

export class CategoryStockView {
  @ApiProperty({ ...NAME, description: 'Null for products without one' })
  readonly categoryId!: string | null;

  @ApiProperty(NAME)
  readonly categoryName!: string | null;

  @ApiProperty({ description: 'As totalValue' })
  readonly value!: number;

  @ApiProperty({ ...UNITS, description: 'As totalUnits' })
  readonly units!: number;
}

export class NegativeStockView {
  @ApiProperty()
  readonly sku!: string;

  @ApiProperty()
  readonly locationId!: string;

  @ApiProperty(UNITS)
  readonly onHand!: number;
}

export class AnalyticsFiguresView {
  @ApiProperty({
    description:
      'Units on hand at the end of the period at the standard cost in force then, held ones included. A negative figure counts 0',
  })
  readonly totalValue!: number;

  @ApiProperty({ ...UNITS, description: 'On hand at the end of the period, not in transit' })
  readonly totalUnits!: number;

  @ApiProperty({ ...RATIO, description: 'cogs / averageInventoryValue, for the period as asked; null where the average is 0' })
  readonly turnoverRate!: number | null;

  @ApiProperty({ ...RATIO, description: 'Days of the period / turnoverRate (unrounded); null where nothing was used' })
  readonly averageDaysOnHand!: number | null;

  @ApiProperty({ ...RATIO, description: 'turnoverRate as it were over 365 days' })
  readonly annualisedTurnover!: number | null;

  @ApiProperty({ ...UNITS, description: 'SKU x location with units on hand, first received at least 90 days ago and not used for 90 days' })
  readonly slowMovingItems!: number;

  @ApiProperty({
    ...UNITS,
    description: 'Lots with units, by SKU and location, that expire within 30 days after the end of the period; expired ones not',
  })
  readonly expiringItems!: number;

  @ApiProperty({
    description: 'Cost of commits and of adjustments for use, less reversals and returns of customers, at the standard cost of their time',
  })
  readonly cogs!: number;

  @ApiProperty({ description: 'Mean of the closing values of the days of the period; days to come are left out' })
  readonly averageInventoryValue!: number;

  @ApiProperty({ description: 'Of totalValue, units that may not leave' })
  readonly heldValue!: number;

  @ApiProperty({ ...UNITS, description: 'In transit to the locations at the end of the period' })
  readonly inTransitUnits!: number;

  @ApiProperty({
    ...UNITS,
    description: 'SKU x location with units on hand or use but no standard cost at that time: its units are left out of all values',
  })
  readonly itemsWithoutCost!: number;

  @ApiProperty({ type: [NegativeStockView], description: 'On hand below 0 at the end of the period, which counts 0; at most 100 of them' })
  readonly negativeOnHand!: readonly NegativeStockView[];

  @ApiProperty({ type: [CategoryStockView], description: 'Of categories with units on hand; the sums are totalValue and totalUnits' })
  readonly byCategory!: readonly CategoryStockView[];
}

export class AnalyticsPeriodView {
  @ApiProperty(TIME)
  readonly from!: string;

  @ApiProperty(TIME)
  readonly to!: string;
}

export class AnalyticsView {
  @ApiProperty({ type: AnalyticsFiguresView })
  readonly analytics!: AnalyticsFiguresView;

  @ApiProperty({ type: AnalyticsPeriodView, description: 'Days end at midnight UTC' })
  readonly period!: AnalyticsPeriodView;

  @ApiProperty({ ...TIME, description: 'The end of the period, or the time of the answer where that is earlier' })
  readonly asOf!: string;
}
