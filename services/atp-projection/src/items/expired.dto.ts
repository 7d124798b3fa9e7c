import { ApiProperty } from '@nestjs/swagger';
import { IsLocationId, IsOneOf, IsSku, IsText, IsWholeNumber, PageQuery, Pagination } from '@holdfast/platform';

const MAX_DAYS = 3_650;

export class ExpiredQuery extends PageQuery {
  @IsLocationId({ optional: true })
  readonly locationId?: string;

  @IsSku({ optional: true })
  readonly sku?: string;

  @IsText({ optional: true, max: 100, description: 'Part of the SKU or of the name' })
  readonly search?: string;

  @IsOneOf(['expired', 'expiring'], { optional: true, description: 'Default: expired, and with withinDays those that will be' })
  readonly status?: 'expired' | 'expiring';

  @IsWholeNumber({
    min: 0,
    max: MAX_DAYS,
    optional: true,
    query: true,
    description: 'Also lots that expire within so many days; default 0, of expiring 30',
  })
  readonly withinDays?: number;
}

export class ExpiredLotView {
  @ApiProperty({ example: 'MILK~BER~L2~' })
  readonly id!: string;

  @ApiProperty()
  readonly sku!: string;

  @ApiProperty()
  readonly productMasterId!: string;

  @ApiProperty({ type: String, nullable: true })
  readonly productName!: string | null;

  @ApiProperty()
  readonly locationId!: string;

  @ApiProperty()
  readonly lotId!: string;

  @ApiProperty({ type: String, format: 'date', nullable: true })
  readonly expiryDate!: string | null;

  @ApiProperty({ format: 'date-time', description: 'First instant at which it is expired there' })
  readonly expiresAt!: string;

  @ApiProperty({ type: 'integer', description: 'Whole days since it expired, begun ones too; below 0 before' })
  readonly daysPastExpiry!: number;

  @ApiProperty({ enum: ['expired', 'expiring'] })
  readonly status!: 'expired' | 'expiring';

  @ApiProperty({ type: 'integer' })
  readonly quantityOnHand!: number;

  @ApiProperty({ type: 'integer', description: 'Promised units of the location that no units that may leave cover' })
  readonly quantityUncovered!: number;

  @ApiProperty({ type: Number, nullable: true, description: 'By the cost of a unit; null without' })
  readonly value!: number | null;
}

export class ExpiredLotsView {
  @ApiProperty({ type: [ExpiredLotView] })
  readonly expired!: readonly ExpiredLotView[];

  @ApiProperty({ type: Pagination })
  readonly pagination!: Pagination;
}
