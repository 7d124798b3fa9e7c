import { IsListOf, IsOneOf, IsSku, IsText } from '@holdfast/platform';

const MAX_URL_LENGTH = 2_000;
const MAX_UNITS = 10_000;

export const ABSENT = ['unchanged', 'zero'] as const;
export const FRACTIONS = ['refuse', 'floor'] as const;

export class UnitSetting {
  @IsText({ max: 20, description: 'Unit of measure as the ERP names it', example: 'BOX' })
  readonly unit!: string;

  @IsSku({ optional: true, description: 'SKU that this holds for; for all that have no own one when left out' })
  readonly sku?: string;

  @IsText({ max: 40, pattern: /^\d+(\.\d+)?$/, description: 'Units of stock in one of it, a decimal as text', example: '12' })
  readonly units!: string;
}

/** Settings of every poller. A system's own settings extend it. */
export class PollerSettings {
  @IsText({ max: MAX_URL_LENGTH, description: 'Address of the ERP, http or https', example: 'https://erp.example' })
  readonly baseUrl!: string;

  @IsOneOf(ABSENT, {
    optional: true,
    description: 'What a SKU means that a complete scan no longer shows: unchanged (when left out), or zero',
  })
  readonly absent?: (typeof ABSENT)[number];

  @IsOneOf(FRACTIONS, { optional: true, description: 'A quantity with a fraction is refused (when left out), or rounded down' })
  readonly fractions?: (typeof FRACTIONS)[number];

  @IsListOf(() => UnitSetting, {
    min: 0,
    max: MAX_UNITS,
    optional: true,
    description: 'Units of measure that hold more or less than one unit of stock; a unit that is not named counts as one',
  })
  readonly units?: readonly UnitSetting[];
}

export const baseUrlOf = ({ baseUrl }: PollerSettings): string => baseUrl.replace(/\/+$/, '');
