import {
  IsAmount,
  IsFlag,
  IsIdentifier,
  IsListOf,
  IsLocationId,
  IsOneOf,
  IsQuantity,
  IsSku,
  IsText,
  IsWholeNumber,
  IsIdentifierList,
  MAX_REASON_LENGTH,
  PageQuery,
} from '@holdfast/platform';
import {
  MAX_DAYS_OF_COVER,
  MAX_LANES_PER_POLICY,
  MAX_LOCATIONS_PER_POLICY,
  MAX_SKUS_PER_POLICY,
  PROPOSAL_STATUSES,
  REBALANCING_MODES,
  type ProposalStatus,
  type RebalancingMode,
} from '@holdfast/warehouse';

const MAX_COST_MINOR = 1_000_000_000;

export class LaneRequest {
  @IsLocationId()
  readonly fromLocationId!: string;

  @IsLocationId()
  readonly toLocationId!: string;

  @IsAmount({ min: 0, max: MAX_DAYS_OF_COVER, optional: true, description: 'Days on the way; default 0' })
  readonly days?: number;

  @IsAmount({ min: 0, max: MAX_COST_MINOR, optional: true, description: 'Cost of a unit in minor units of the currency; default 0' })
  readonly costPerUnitMinor?: number;

  @IsAmount({ min: 0, max: MAX_COST_MINOR, optional: true, description: 'Cost of a move in minor units of the currency; default 0' })
  readonly costPerMoveMinor?: number;
}

export class PolicyRequest {
  @IsIdentifier({ description: 'Your id of the policy; the same again replaces it', example: 'germany' })
  readonly policyId!: string;

  @IsOneOf(REBALANCING_MODES, {
    optional: true,
    description: 'Whether proposals are shown only, approved by people (default), or by themselves',
  })
  readonly mode?: RebalancingMode;

  @IsIdentifierList({ min: 2, max: MAX_LOCATIONS_PER_POLICY, description: 'Locations to balance' })
  readonly locationIds!: string[];

  @IsIdentifierList({ max: MAX_SKUS_PER_POLICY, optional: true, description: 'SKUs to balance; all that were used there when left out' })
  readonly skus?: string[];

  @IsAmount({
    min: 0,
    max: MAX_DAYS_OF_COVER,
    optional: true,
    description: 'A location whose stock does not last for so many days and their safety gets units; default 3',
  })
  readonly lowCoverDays?: number;

  @IsAmount({
    min: 0,
    max: MAX_DAYS_OF_COVER,
    optional: true,
    description: 'For how many days and their safety it gets units at most; default 14',
  })
  readonly targetCoverDays?: number;

  @IsQuantity({ optional: true, description: 'Most units that are proposed in a day; default 5,000' })
  readonly maxUnitsPerDay?: number;

  @IsWholeNumber({
    min: 0,
    max: MAX_DAYS_OF_COVER,
    optional: true,
    description: 'Days for which units of a SKU do not leave where they came to, nor come where they left; default 7',
  })
  readonly quietDays?: number;

  @IsQuantity({ optional: true, description: 'Fewer units are not moved; default 1' })
  readonly minUnits?: number;

  @IsListOf(() => LaneRequest, { max: MAX_LANES_PER_POLICY, description: 'Ways by which goods travel, and what they cost' })
  readonly lanes!: LaneRequest[];

  @IsWholeNumber({
    min: 0,
    max: Number.MAX_SAFE_INTEGER,
    optional: true,
    description: 'Refuse with 412 where the policy has changed since',
  })
  readonly expectedVersion?: number;
}

export class PoliciesQuery extends PageQuery {}

export class ProposalsQuery extends PageQuery {
  @IsIdentifier({ optional: true })
  readonly policyId?: string;

  @IsOneOf(PROPOSAL_STATUSES, { optional: true })
  readonly status?: ProposalStatus;

  @IsSku({ optional: true })
  readonly sku?: string;

  @IsLocationId({ optional: true, description: 'Source or destination' })
  readonly locationId?: string;
}

export const PROPOSAL_ACTIONS = ['approve', 'reject'] as const;

export class ProposalsRequest {
  @IsIdentifier({ optional: true, description: 'The policy to run' })
  readonly policyId?: string;

  @IsFlag({ optional: true, description: 'For a run: store what it proposes; left out, it is shown only' })
  readonly create?: boolean;

  @IsIdentifier({ optional: true, description: 'The proposal to act on' })
  readonly id?: string;

  @IsOneOf(PROPOSAL_ACTIONS, { optional: true })
  readonly action?: (typeof PROPOSAL_ACTIONS)[number];

  @IsQuantity({ optional: true, description: 'For approve: units to move in the place of those proposed, at most as many' })
  readonly quantity?: number;

  @IsText({ optional: true, max: MAX_REASON_LENGTH, description: 'Why, in words' })
  readonly reason?: string;

  @IsWholeNumber({ min: 1, max: 1_000_000_000, optional: true, description: 'Refuses with 412 where the proposal has another version' })
  readonly expectedVersion?: number;
}
