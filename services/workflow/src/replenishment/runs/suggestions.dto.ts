import { ApiProperty } from '@nestjs/swagger';
import { IsFlag, IsIdentifierList, IsLocationId } from '@holdfast/platform';
import { ReplenishmentView } from '../replenishment.dto.js';

/** SKUs of one call. */
const MAX_SKUS = 1_000;

export class SuggestionsRequest {
  @IsLocationId({ optional: true })
  readonly locationId?: string;

  @IsIdentifierList({ optional: true, max: MAX_SKUS })
  readonly skus?: string[];

  @IsFlag({ optional: true, description: 'Stores what is due: suggestions, and orders of rules with mode auto. Needs replenishment.write' })
  readonly create?: boolean;
}

export const SKIP_CODES = [
  'above_reorder_point',
  'nothing_needed',
  'insufficient_history',
  'short_at_source',
  'too_many_orders',
  'rule_changed',
] as const;

export class SkippedView {
  @ApiProperty()
  readonly sku!: string;

  @ApiProperty()
  readonly locationId!: string;

  @ApiProperty({ enum: SKIP_CODES })
  readonly code!: string;
}

export class SuggestionsView {
  @ApiProperty({ type: [ReplenishmentView] })
  readonly suggestions!: readonly ReplenishmentView[];

  @ApiProperty({ type: [SkippedView], description: 'Rules that ask for no order now' })
  readonly skipped!: readonly SkippedView[];

  @ApiProperty({ description: 'Position of the event log that the figures reflect' })
  readonly asOfPosition!: string;
}
