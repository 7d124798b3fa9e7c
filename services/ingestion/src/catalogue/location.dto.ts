import { IsLocationId, IsOneOf, IsText, IsWholeNumber } from '@holdfast/platform';
import type { LocationKind } from '@holdfast/inventory';
import { IsLines } from '../lines/is-lines.js';

const KINDS: readonly LocationKind[] = ['warehouse', 'store', 'regional_hub'];
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
}

export class LocationsRequest {
  @IsLines(() => LocationRequest)
  readonly locations!: unknown[];
}
