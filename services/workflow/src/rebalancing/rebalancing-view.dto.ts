import { ApiProperty } from '@nestjs/swagger';
import { Pagination } from '@holdfast/platform';
import { PROPOSAL_STATUSES, REBALANCING_MODES, type ProposalStatus, type RebalancingMode } from '@holdfast/warehouse';

export class LaneView {
  @ApiProperty()
  readonly fromLocationId!: string;

  @ApiProperty()
  readonly toLocationId!: string;

  @ApiProperty()
  readonly days!: number;

  @ApiProperty()
  readonly costPerUnitMinor!: number;

  @ApiProperty()
  readonly costPerMoveMinor!: number;
}

export class PolicyView {
  @ApiProperty()
  readonly policyId!: string;

  @ApiProperty({ enum: REBALANCING_MODES })
  readonly mode!: RebalancingMode;

  @ApiProperty({ type: [String] })
  readonly locationIds!: readonly string[];

  @ApiProperty({ type: [String], nullable: true, description: 'Null: all that were used there' })
  readonly skus!: readonly string[] | null;

  @ApiProperty()
  readonly lowCoverDays!: number;

  @ApiProperty()
  readonly targetCoverDays!: number;

  @ApiProperty({ type: 'integer' })
  readonly maxUnitsPerDay!: number;

  @ApiProperty({ type: 'integer' })
  readonly quietDays!: number;

  @ApiProperty({ type: 'integer' })
  readonly minUnits!: number;

  @ApiProperty({ type: [LaneView] })
  readonly lanes!: readonly LaneView[];

  @ApiProperty({ type: 'integer' })
  readonly version!: number;

  @ApiProperty({ description: 'Key or subject of who set it last' })
  readonly setBy!: string;

  @ApiProperty({ format: 'date-time' })
  readonly createdAt!: string;

  @ApiProperty({ format: 'date-time' })
  readonly updatedAt!: string;
}

export class PoliciesView {
  @ApiProperty({ type: [PolicyView] })
  readonly policies!: readonly PolicyView[];

  @ApiProperty({ type: Pagination })
  readonly pagination!: Pagination;
}

export class SourceEffectView {
  @ApiProperty({ description: 'Units a day' })
  readonly dailyUse!: number;

  @ApiProperty({ type: Number, nullable: true, description: 'Days for which its stock lasts without the move; null where nothing is used' })
  readonly coverBefore!: number | null;

  @ApiProperty({ type: Number, nullable: true })
  readonly coverAfter!: number | null;

  @ApiProperty({ type: 'integer', description: 'Its own; it gives nothing below' })
  readonly reorderPoint!: number;

  @ApiProperty({ type: 'integer' })
  readonly availableBefore!: number;

  @ApiProperty({ type: 'integer' })
  readonly availableAfter!: number;
}

export class DestinationEffectView {
  @ApiProperty({ description: 'Units a day' })
  readonly dailyUse!: number;

  @ApiProperty({ type: Number, nullable: true })
  readonly coverBefore!: number | null;

  @ApiProperty({ type: Number, nullable: true })
  readonly coverAfter!: number | null;

  @ApiProperty({ type: 'integer', description: 'Units that it has or that are on their way to it' })
  readonly positionBefore!: number;

  @ApiProperty({ type: 'integer' })
  readonly positionAfter!: number;
}

export class MoveReasonView {
  @ApiProperty({ enum: ['out_of_stock', 'low_cover'] })
  readonly code!: 'out_of_stock' | 'low_cover';

  @ApiProperty({ type: SourceEffectView })
  readonly source!: SourceEffectView;

  @ApiProperty({ type: DestinationEffectView })
  readonly destination!: DestinationEffectView;

  @ApiProperty({ description: 'Days for which the stock of all locations together lasts' })
  readonly networkCoverDays!: number;

  @ApiProperty({ type: 'integer', description: 'Units that the destination lacks' })
  readonly need!: number;

  @ApiProperty({ type: 'integer', description: 'Units that the source can spare' })
  readonly spare!: number;

  @ApiProperty({ description: 'Days on the way' })
  readonly laneDays!: number;

  @ApiProperty({ description: 'Cost of the move in minor units of the currency, of the units proposed' })
  readonly costMinor!: number;
}

export class ProposalView {
  @ApiProperty({ type: String, nullable: true, description: 'Null: shown only, not stored' })
  readonly id!: string | null;

  @ApiProperty()
  readonly policyId!: string;

  @ApiProperty({ enum: PROPOSAL_STATUSES })
  readonly status!: ProposalStatus;

  @ApiProperty()
  readonly sku!: string;

  @ApiProperty()
  readonly productMasterId!: string;

  @ApiProperty()
  readonly fromLocationId!: string;

  @ApiProperty()
  readonly toLocationId!: string;

  @ApiProperty({ type: 'integer' })
  readonly quantity!: number;

  @ApiProperty({ type: MoveReasonView })
  readonly because!: MoveReasonView;

  @ApiProperty({ type: String, nullable: true, description: 'The transfer that moves the units; people ship and receive it' })
  readonly transferId!: string | null;

  @ApiProperty({ type: String, nullable: true })
  readonly decidedBy!: string | null;

  @ApiProperty({ type: String, nullable: true })
  readonly reason!: string | null;

  @ApiProperty({ type: 'integer' })
  readonly version!: number;

  @ApiProperty({ type: String, nullable: true, description: 'Key or subject of who ran the policy' })
  readonly createdBy!: string | null;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  readonly createdAt!: string | null;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  readonly updatedAt!: string | null;
}

export class ProposalsView {
  @ApiProperty({ type: [ProposalView] })
  readonly proposals!: readonly ProposalView[];

  @ApiProperty({ type: Pagination })
  readonly pagination!: Pagination;
}

/** What a run found, or the proposal after an action. */
export class ProposedView {
  @ApiProperty({ type: [ProposalView] })
  readonly proposals!: readonly ProposalView[];
}
