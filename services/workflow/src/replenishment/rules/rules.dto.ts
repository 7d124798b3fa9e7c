import { ApiProperty } from '@nestjs/swagger';
import {
  IsAmount,
  IsListOf,
  IsLocationId,
  IsNested,
  IsOneOf,
  IsQuantity,
  IsSku,
  IsWholeNumber,
  PageQuery,
  Pagination,
} from '@holdfast/platform';
import { MAX_DAYS, type ReplenishmentMethod, type ReplenishmentMode } from '@holdfast/warehouse';
import { METHODS, SourceRequest, SourceView } from '../replenishment.dto.js';

export const MODES = ['suggest', 'approve', 'auto'] as const;
export const MAX_RULES_PER_CALL = 1_000;

const units = (description: string) => IsQuantity({ min: 0, optional: true, nullable: true, description });

export class RuleRequest {
  @IsSku({ optional: true })
  readonly sku?: string;

  @IsSku({ optional: true, description: 'Same as sku' })
  readonly productMasterId?: string;

  @IsLocationId({ description: 'The location to replenish' })
  readonly locationId!: string;

  @IsOneOf(METHODS, { description: '`min_max` and `reorder_point` order at or below their level, `periodic` at its review dates' })
  readonly method!: ReplenishmentMethod;

  @units('At or below it `min_max` orders')
  readonly min?: number | null;

  @units('Up to which units are ordered')
  readonly max?: number | null;

  @units('At or below it `reorder_point` orders; computed from daily use when left out')
  readonly reorderPoint?: number | null;

  @units('Up to which units are ordered; max, the reorder point, or computed when left out')
  readonly orderUpTo?: number | null;

  @units('In the place of the computed safety stock')
  readonly safetyStock?: number | null;

  @IsAmount({ min: 0, max: MAX_DAYS, optional: true, description: 'Days from the order to the arrival; default 0' })
  readonly leadTimeDays?: number;

  @IsAmount({ min: 0, max: MAX_DAYS, optional: true, description: 'Standard deviation of the lead time; default 0' })
  readonly leadTimeStdDays?: number;

  @IsWholeNumber({ min: 1, max: MAX_DAYS, optional: true, nullable: true, description: 'Days between two reviews, of `periodic`' })
  readonly reviewPeriodDays?: number | null;

  @IsAmount({ min: 0, max: 1, optional: true, description: 'Share of cycles without a stockout: 0.9, 0.95, 0.98 or 0.99; default 0.95' })
  readonly serviceLevel?: number;

  @IsQuantity({ min: 1, optional: true, description: 'Orders are multiples of it; default 1' })
  readonly packSize?: number;

  @IsQuantity({ min: 0, optional: true, description: 'Least units of an order; default 0' })
  readonly minOrderQuantity?: number;

  @IsQuantity({ min: 1, optional: true, nullable: true, description: 'Most units of an order' })
  readonly maxOrderQuantity?: number | null;

  @IsNested(() => SourceRequest)
  readonly source!: SourceRequest;

  @IsOneOf(MODES, {
    optional: true,
    description:
      '`suggest`: computed when asked for; `approve`: runs propose orders that people approve; `auto`: runs order. Default suggest',
  })
  readonly mode?: ReplenishmentMode;
}

export class RulesRequest {
  @IsListOf(() => RuleRequest, { max: MAX_RULES_PER_CALL, description: 'A rule replaces the one of the same SKU and location' })
  readonly rules!: RuleRequest[];
}

export class RuleResultView {
  @ApiProperty({ type: 'integer', description: 'Counts from 0' })
  readonly index!: number;

  @ApiProperty()
  readonly sku!: string;

  @ApiProperty()
  readonly locationId!: string;

  @ApiProperty({ enum: ['ok', 'error'] })
  readonly status!: 'ok' | 'error';

  @ApiProperty({ description: 'False where the rule was the same already' })
  readonly changed!: boolean;

  @ApiProperty({ required: false })
  readonly code?: string;
}

export class RuleResultsView {
  @ApiProperty({ type: [RuleResultView] })
  readonly results!: readonly RuleResultView[];
}

export class ComputedView {
  @ApiProperty({ type: 'number', nullable: true, description: 'Mean, in units a day; null before 14 days of data' })
  readonly dailyUse!: number | null;

  @ApiProperty({ type: 'integer', nullable: true })
  readonly safetyStock!: number | null;

  @ApiProperty({ type: 'integer', nullable: true })
  readonly reorderPoint!: number | null;

  @ApiProperty({ type: 'integer', nullable: true })
  readonly orderUpTo!: number | null;

  @ApiProperty({ type: 'integer', description: 'Days that daily use rests on' })
  readonly daysOfData!: number;

  @ApiProperty({ type: 'integer', description: 'Days of the window that were left out, as there was nothing on hand' })
  readonly daysWithoutStock!: number;
}

export class RuleView {
  @ApiProperty()
  readonly sku!: string;

  @ApiProperty()
  readonly locationId!: string;

  @ApiProperty({ enum: METHODS })
  readonly method!: ReplenishmentMethod;

  @ApiProperty({ type: 'number' })
  readonly leadTimeDays!: number;

  @ApiProperty({ type: 'number' })
  readonly leadTimeStdDays!: number;

  @ApiProperty({ type: 'number' })
  readonly serviceLevel!: number;

  @ApiProperty({ type: 'integer' })
  readonly packSize!: number;

  @ApiProperty({ type: 'integer' })
  readonly minOrderQuantity!: number;

  @ApiProperty({ enum: MODES })
  readonly mode!: ReplenishmentMode;

  @ApiProperty({ type: 'integer', nullable: true })
  readonly min!: number | null;

  @ApiProperty({ type: 'integer', nullable: true })
  readonly max!: number | null;

  @ApiProperty({ type: 'integer', nullable: true })
  readonly reorderPoint!: number | null;

  @ApiProperty({ type: 'integer', nullable: true })
  readonly orderUpTo!: number | null;

  @ApiProperty({ type: 'integer', nullable: true })
  readonly safetyStock!: number | null;

  @ApiProperty({ type: 'integer', nullable: true })
  readonly reviewPeriodDays!: number | null;

  @ApiProperty({ type: 'integer', nullable: true })
  readonly maxOrderQuantity!: number | null;

  @ApiProperty({ type: SourceView })
  readonly source!: SourceView;

  @ApiProperty({ type: ComputedView, description: 'Levels as they are used: what the rule gives, the rest from daily use' })
  readonly computed!: ComputedView;

  @ApiProperty({ type: String, format: 'date-time', nullable: true, description: 'Of a periodic rule' })
  readonly nextReviewAt!: string | null;
}

export class RulesQuery extends PageQuery {
  @IsSku({ optional: true })
  readonly sku?: string;

  @IsLocationId({ optional: true })
  readonly locationId?: string;
}

export class RulesView {
  @ApiProperty({ type: [RuleView] })
  readonly rules!: readonly RuleView[];

  @ApiProperty({ type: Pagination })
  readonly pagination!: Pagination;
}
