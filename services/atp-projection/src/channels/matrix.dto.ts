import { ApiProperty } from '@nestjs/swagger';
import { IsIdentifier, IsLocationId, IsSku, IsText, pageQueryUpTo, Pagination } from '@holdfast/platform';
import type { Severity } from '@holdfast/inventory';
import { FedByErp } from '../reading/erp-figure.dto.js';

const ATP_STEPS = [
  'onHand',
  'held',
  'reserved',
  'safetyStock',
  'bufferPercent',
  'bufferUnits',
  'neverBelowZero',
  'channelCap',
  'protectedForChannels',
  'owedElsewhere',
];

const SEVERITIES: readonly Severity[] = ['OK', 'LOW', 'CRITICAL'];

export class MatrixQuery extends pageQueryUpTo(200) {
  // Required; the controller says so in the words that callers of this API know.
  @ApiProperty({ required: true })
  @IsLocationId({ optional: true })
  readonly locationId?: string;

  @IsText({ optional: true, max: 100, description: 'Part of the product name or the SKU' })
  readonly search?: string;

  @IsText({ optional: true, max: 2_000, description: 'Channel ids, separated by commas', example: 'DTC,web' })
  readonly channels?: string;
}

export class DrilldownQuery {
  @ApiProperty({ required: true })
  @IsLocationId({ optional: true })
  readonly locationId?: string;

  @ApiProperty({ required: true })
  @IsSku({ optional: true, description: 'Product; its id is the SKU' })
  readonly productMasterId?: string;

  @IsIdentifier({ optional: true, description: 'One channel only' })
  readonly channelId?: string;
}

/** What a channel may promise of a product at a location. */
export class ChannelCellView {
  @ApiProperty({ example: 'DTC' })
  readonly channelId!: string;

  @ApiProperty({ example: 'Direct to Consumer' })
  readonly channelName!: string;

  @ApiProperty({ description: 'Available to promise, after safety stock, the buffers of the policy, and caps and floors of allocations' })
  readonly atp!: number;

  @ApiProperty()
  readonly onHand!: number;

  @ApiProperty()
  readonly reserved!: number;

  @ApiProperty({ description: 'Units on hand that may not leave' })
  readonly held!: number;

  @ApiProperty({ description: 'On hand minus reserved minus held' })
  readonly available!: number;

  @ApiProperty({ enum: SEVERITIES })
  readonly severity!: Severity;

  @ApiProperty({ required: false, description: 'At or below it: LOW' })
  readonly threshold?: number;

  @ApiProperty({ required: false })
  readonly policyId?: string;
}

export class MatrixProductView {
  @ApiProperty()
  readonly productMasterId!: string;

  @ApiProperty({ description: 'The SKU where the product has no name yet' })
  readonly productName!: string;

  @ApiProperty()
  readonly globalSku!: string;

  @ApiProperty({ type: String, nullable: true })
  readonly categoryName!: string | null;

  @ApiProperty({ type: [ChannelCellView] })
  readonly channels!: readonly ChannelCellView[];

  @ApiProperty()
  readonly totalOnHand!: number;

  @ApiProperty()
  readonly totalReserved!: number;

  @ApiProperty({ description: 'Units on hand that may not leave' })
  readonly totalHeld!: number;

  @ApiProperty()
  readonly minAtp!: number;

  @ApiProperty()
  readonly maxAtp!: number;

  @ApiProperty()
  readonly hasCritical!: boolean;
}

export class ChannelView {
  @ApiProperty({ example: 'DTC' })
  readonly channelId!: string;

  @ApiProperty({ example: 'Direct to Consumer' })
  readonly channelName!: string;

  @ApiProperty({ example: 'E_COMMERCE' })
  readonly channelType!: string;

  @ApiProperty()
  readonly policyId!: string;

  @ApiProperty()
  readonly lowAtpThreshold!: number;
}

export class LocationNameView extends FedByErp {
  @ApiProperty({ example: 'loc_123' })
  readonly id!: string;

  @ApiProperty({ example: 'Main Warehouse' })
  readonly name!: string;
}

export class MatrixView {
  @ApiProperty({ type: [MatrixProductView] })
  readonly products!: readonly MatrixProductView[];

  @ApiProperty({ type: [ChannelView] })
  readonly channels!: readonly ChannelView[];

  @ApiProperty({ type: LocationNameView })
  readonly location!: LocationNameView;

  @ApiProperty({ type: Pagination })
  readonly pagination!: Pagination;
}

/** One step from on hand down to ATP. */
export class AtpStepView {
  @ApiProperty({
    enum: ATP_STEPS,
    description: 'The last three only where the channel may promise less over all locations than there is here',
  })
  readonly step!: string;

  @ApiProperty({ description: 'Change by this step' })
  readonly units!: number;

  @ApiProperty({ description: 'Left after it' })
  readonly left!: number;
}

export class DrilldownCellView extends ChannelCellView {
  @ApiProperty({ description: 'Units of the location kept from the channel' })
  readonly bufferUnits!: number;

  @ApiProperty({ description: "Per cent of the location's units kept from the channel" })
  readonly bufferPercent!: number;

  @ApiProperty({ description: 'At or below it: CRITICAL' })
  readonly criticalThreshold!: number;

  @ApiProperty({ type: [AtpStepView], description: 'How the figure comes about' })
  readonly steps!: readonly AtpStepView[];
}

export class DrilldownView {
  @ApiProperty()
  readonly productMasterId!: string;

  @ApiProperty()
  readonly productName!: string;

  @ApiProperty()
  readonly globalSku!: string;

  @ApiProperty({ type: String, nullable: true })
  readonly categoryName!: string | null;

  @ApiProperty({ type: LocationNameView })
  readonly location!: LocationNameView;

  @ApiProperty()
  readonly onHand!: number;

  @ApiProperty()
  readonly reserved!: number;

  @ApiProperty({ description: 'Units on hand that may not leave' })
  readonly held!: number;

  @ApiProperty()
  readonly available!: number;

  @ApiProperty()
  readonly safetyStock!: number;

  @ApiProperty({ description: 'On the way to the location' })
  readonly inTransit!: number;

  @ApiProperty({ format: 'date-time' })
  readonly updatedAt!: string;

  @ApiProperty({ type: [DrilldownCellView] })
  readonly channels!: readonly DrilldownCellView[];
}

export class ChannelSummaryView extends ChannelView {
  @ApiProperty({ description: 'Products that it may sell' })
  readonly products!: number;

  @ApiProperty({ description: 'Units of these products that may not leave' })
  readonly held!: number;

  @ApiProperty({ description: 'Units that it may promise in all' })
  readonly totalAtp!: number;

  @ApiProperty({ description: 'Products by severity' })
  readonly ok!: number;

  @ApiProperty()
  readonly low!: number;

  @ApiProperty()
  readonly critical!: number;
}

export class ChannelSummariesView {
  @ApiProperty({ type: [ChannelSummaryView] })
  readonly channels!: readonly ChannelSummaryView[];
}
