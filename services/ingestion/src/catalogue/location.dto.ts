import { IsAmount, IsFlag, IsListOf, IsLocationId, IsOneOf, IsText, IsTimeZone, IsWholeNumber } from '@holdfast/platform';
import type { LocationKind } from '@holdfast/inventory';
import { BinRequest, BinView, MAX_BINS_PER_REQUEST } from './bin.dto.js';
import { IsLines } from '../lines/is-lines.js';
import { ApiProperty } from '@nestjs/swagger';
import { BulkAnswer, LineResult } from '../lines/line-result.dto.js';

const KINDS: readonly LocationKind[] = ['warehouse', 'store', 'regional_hub', 'destruction'];
const MAX_PRIORITY = 1_000_000;

export class LocationRequest {
  @IsLocationId()
  readonly locationId!: string;

  @IsText({ example: 'Berlin' })
  readonly name!: string;

  @IsOneOf(KINDS, { optional: true, description: 'Default warehouse' })
  readonly kind?: LocationKind;

  @IsWholeNumber({ min: 0, max: MAX_PRIORITY, optional: true, description: 'Lower numbers serve first; default 100', example: 100 })
  readonly priority?: number;

  @IsAmount({ min: -90, max: 90, optional: true, description: 'Degrees, north positive; with longitude', example: 52.52 })
  readonly latitude?: number;

  @IsAmount({ min: -180, max: 180, optional: true, description: 'Degrees, east positive; with latitude', example: 13.405 })
  readonly longitude?: number;

  @IsText({ max: 2, pattern: /^[A-Z]{2}$/, optional: true, description: 'ISO 3166-1, two letters', example: 'DE' })
  readonly country?: string;

  @IsText({ max: 20, optional: true, example: '10115' })
  readonly postalCode?: string;

  @IsText({ max: 100, optional: true, description: "Region of one's own making, for the regional hub", example: 'north' })
  readonly region?: string;

  @IsFlag({
    optional: true,
    description: 'Units in receiving bins are for sale before they are put away; default true. Stays where missing',
  })
  readonly sellableBeforePutAway?: boolean;

  @IsListOf(() => BinRequest, {
    min: 0,
    max: MAX_BINS_PER_REQUEST,
    optional: true,
    description: 'Bins to add or to change, each with all its fields; those not named stay as they are',
  })
  readonly bins?: BinRequest[];

  @IsTimeZone({
    optional: true,
    description: 'Days of expiry are its days; default that of the main location, else UTC. Stays where missing',
  })
  readonly timeZone?: string;

  @IsFlag({ optional: true, query: true, description: 'Nothing of it may leave; all that lies there counts as held. Stays where missing' })
  readonly blocked?: boolean;
}

export class LocationsRequest {
  @IsLines(() => LocationRequest)
  readonly locations!: unknown[];
}

export class LocationView {
  @ApiProperty({ description: 'The locationId' })
  readonly id!: string;

  @ApiProperty()
  readonly locationId!: string;

  @ApiProperty()
  readonly name!: string;

  @ApiProperty({ enum: [...KINDS] })
  readonly kind!: LocationKind;

  @ApiProperty({ type: 'integer' })
  readonly priority!: number;

  @ApiProperty({ required: false })
  readonly latitude?: number;

  @ApiProperty({ required: false })
  readonly longitude?: number;

  @ApiProperty({ required: false })
  readonly country?: string;

  @ApiProperty({ required: false })
  readonly postalCode?: string;

  @ApiProperty({ required: false })
  readonly region?: string;

  @ApiProperty({ required: false })
  readonly sellableBeforePutAway?: boolean;

  @ApiProperty({ required: false, type: [BinView], description: 'In order of their sequence; missing where it has none' })
  readonly bins?: readonly BinView[];

  @ApiProperty({ required: false })
  readonly timeZone?: string;

  @ApiProperty({ required: false })
  readonly blocked?: boolean;
}

export class LocationLineResult extends LineResult {
  @ApiProperty({ required: false })
  readonly locationId?: string;
}

export class LocationsResult extends BulkAnswer<LocationLineResult> {
  @ApiProperty({ type: [LocationLineResult] })
  readonly results!: readonly LocationLineResult[];
}

export class ImportedLocation extends LocationLineResult {
  @ApiProperty({ type: 'integer', description: 'In the file; the header is line 1' })
  readonly line!: number;
}

export class LocationImport extends BulkAnswer<ImportedLocation> {
  @ApiProperty()
  readonly dryRun!: boolean;

  @ApiProperty({ type: [ImportedLocation] })
  readonly results!: readonly ImportedLocation[];
}
