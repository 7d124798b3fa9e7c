import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsOneOf, IsText, PageQuery, Pagination } from '@holdfast/platform';
import { placeOf } from '@holdfast/inventory';
import type { LocationKind } from '@holdfast/inventory';
import type { LocationTotals, LocationView as LocationRow } from '@holdfast/read-model';

const KINDS: readonly LocationKind[] = ['warehouse', 'store', 'regional_hub', 'destruction'];

export class LocationsQuery extends PageQuery {
  @IsText({ optional: true, max: 100, description: 'Part of the id or the name' })
  readonly search?: string;

  @IsOneOf(KINDS, { optional: true })
  readonly kind?: LocationKind;
}

export class LocationView {
  @ApiProperty({ example: 'MAIN' })
  readonly id!: string;

  @ApiProperty({ example: 'MAIN' })
  readonly locationId!: string;

  @ApiProperty({ example: 'Main' })
  readonly name!: string;

  @ApiProperty({ enum: KINDS })
  readonly kind!: LocationKind;

  @ApiProperty({ description: 'Lower numbers serve first' })
  readonly priority!: number;

  @ApiPropertyOptional({
    description: 'Of the IANA database; where it is missing that of the main location, else UTC',
    example: 'Europe/Berlin',
  })
  readonly timeZone?: string;

  @ApiProperty({ description: 'Nothing of it may leave' })
  readonly blocked!: boolean;

  @ApiProperty({ description: 'False for a location that only stock has named' })
  readonly registered!: boolean;

  @ApiPropertyOptional({ description: 'Degrees, north positive', example: 52.52 })
  readonly latitude?: number;

  @ApiPropertyOptional({ description: 'Degrees, east positive', example: 13.405 })
  readonly longitude?: number;

  @ApiPropertyOptional({ description: 'ISO 3166-1, two capital letters', example: 'DE' })
  readonly country?: string;

  @ApiPropertyOptional({ example: '10115' })
  readonly postalCode?: string;

  @ApiPropertyOptional({ example: 'north' })
  readonly region?: string;
}

export class LocationsView {
  @ApiProperty({ type: [LocationView] })
  readonly items!: readonly LocationView[];

  @ApiProperty({ type: Pagination })
  readonly pagination!: Pagination;
}

export class LocationStockView extends LocationView {
  @ApiProperty({ description: 'SKUs that lie or lay there' })
  readonly skus!: number;

  @ApiProperty()
  readonly totalOnHand!: number;

  @ApiProperty()
  readonly totalReserved!: number;

  @ApiProperty({ description: 'Units on hand that may not leave' })
  readonly totalHeld!: number;

  @ApiProperty()
  readonly totalAvailable!: number;

  @ApiProperty({ description: 'On the way to it' })
  readonly totalInTransit!: number;
}

export class LocationStocksView {
  @ApiProperty({ type: [LocationStockView] })
  readonly items!: readonly LocationStockView[];

  @ApiProperty({ type: Pagination })
  readonly pagination!: Pagination;
}

export const locationView = (row: LocationRow): LocationView => ({
  id: row.locationId,
  locationId: row.locationId,
  name: row.name,
  kind: row.kind,
  priority: row.priority,
  ...(row.timeZone === undefined ? {} : { timeZone: row.timeZone }),
  blocked: row.blocked,
  registered: row.registered,
  ...placeOf(row),
});

export const locationStockView = (row: LocationTotals): LocationStockView => ({
  ...locationView(row),
  skus: row.skus,
  totalOnHand: row.onHand,
  totalReserved: row.reserved,
  totalHeld: row.held,
  totalAvailable: row.available,
  totalInTransit: row.inTransit,
});
