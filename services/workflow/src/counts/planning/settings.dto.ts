import { IsAmount, IsFlag, IsListOf, IsLocationId, IsNested, IsOneOf, IsSku, IsWholeNumber } from '@holdfast/platform';
import { ApiProperty } from '@nestjs/swagger';
import { ABC_CLASSES, type AbcClass } from '@holdfast/warehouse';

const MOST_VALUE = 1_000_000_000;
const pct = { min: 0, max: 100, optional: true, description: 'Percent of the recorded stock that a difference may be' } as const;
const value = { min: 0, max: MOST_VALUE, optional: true, description: 'Most value of a difference within tolerance' } as const;

export class ToleranceSetting {
  @IsAmount(pct)
  readonly tolerancePct?: number;

  @IsAmount(value)
  readonly valueLimit?: number;
}

export class ClassSetting extends ToleranceSetting {
  @IsOneOf(ABC_CLASSES)
  readonly class!: AbcClass;

  @IsWholeNumber({ min: 1, max: 365, optional: true, description: 'Default 12 of A, 4 of B, 1 of C' })
  readonly countsPerYear?: number;
}

export class SkuSetting extends ToleranceSetting {
  @IsSku()
  readonly sku!: string;

  @IsOneOf(ABC_CLASSES, { optional: true, description: 'Wins over the computed class' })
  readonly class?: AbcClass;
}

export const SOLD_GOODS = ['ask', 'included', 'excluded'] as const;

export class LocationSetting {
  @IsLocationId()
  readonly locationId!: string;

  @IsOneOf(SOLD_GOODS, {
    description: 'Whether units that are sold or reserved are in what people count: ask where it matters, all of them are, or none',
  })
  readonly soldGoodsCounted!: (typeof SOLD_GOODS)[number];
}

export class ThresholdSetting {
  @IsSku()
  readonly sku!: string;

  @IsLocationId()
  readonly locationId!: string;

  @IsWholeNumber({
    min: 1,
    max: 1_000_000_000,
    description: 'A count is due once on hand is below it; 1: once nothing is left',
    example: 40,
  })
  readonly units!: number;
}

/** Replaces all settings; what is left out has its default. */
export class CountSettings {
  @IsListOf(() => ClassSetting, { min: 0, max: 3, optional: true })
  readonly classes?: ClassSetting[];

  @IsListOf(() => SkuSetting, { min: 0, max: 1_000, optional: true })
  readonly skus?: SkuSetting[];

  @IsListOf(() => LocationSetting, { min: 0, max: 1_000, optional: true })
  readonly locations?: LocationSetting[];

  @IsListOf(() => ThresholdSetting, { min: 0, max: 1_000, optional: true })
  readonly thresholds?: ThresholdSetting[];

  @IsWholeNumber({
    min: 0,
    max: 720,
    optional: true,
    description: 'How long after its sale a unit may still stand on the shelf; default 24',
  })
  readonly pickWindowHours?: number;

  @IsFlag({ optional: true, description: 'Accept differences within tolerance when the counts are submitted; default true' })
  readonly autoAccept?: boolean;

  @IsFlag({
    optional: true,
    description: 'The ERP posts the differences under the id of the batch: until then its figures do not contain them; default false',
  })
  readonly adjustmentsPostedBack?: boolean;
}

export class CountSettingsView {
  @ApiProperty({ type: CountSettings })
  @IsNested(() => CountSettings)
  readonly settings!: CountSettings;
}
