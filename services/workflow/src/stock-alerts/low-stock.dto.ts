import { IsOneOf, IsSku, PageQuery, Pagination } from '@holdfast/platform';
import { ApiProperty } from '@nestjs/swagger';

export const SEVERITIES = ['LOW', 'CRITICAL'] as const;
/** LOW: below the threshold. CRITICAL: nothing left. */
export type AlertSeverity = (typeof SEVERITIES)[number];

export class LowStockQuery extends PageQuery {
  @IsOneOf(SEVERITIES, { optional: true })
  readonly severity?: AlertSeverity;

  @IsSku({ optional: true })
  readonly sku?: string;
}

export class LowStockLocation {
  @ApiProperty()
  readonly locationId!: string;

  @ApiProperty({ type: 'integer' })
  readonly available!: number;
}

export class LowStock {
  @ApiProperty()
  readonly sku!: string;

  @ApiProperty({ type: 'integer', description: 'Available units over all locations' })
  readonly quantity!: number;

  @ApiProperty({ type: 'integer' })
  readonly threshold!: number;

  @ApiProperty({ enum: ['LOW', 'CRITICAL'] })
  readonly severity!: AlertSeverity;

  @ApiProperty({ format: 'date-time', description: 'When it came to this level' })
  readonly since!: string;

  @ApiProperty({ type: [LowStockLocation] })
  readonly locations!: readonly LowStockLocation[];
}

export class LowStockPage {
  @ApiProperty({ type: [LowStock] })
  readonly alerts!: readonly LowStock[];

  @ApiProperty({ type: Pagination })
  readonly pagination!: Pagination;
}
