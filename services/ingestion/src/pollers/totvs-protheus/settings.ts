import { IsNested, IsText, IsWholeNumber } from '@holdfast/platform';
import { PollerSettings } from '../settings.js';
import { parseFormula, type Formula } from './formula.js';

const FIELD = /^[A-Za-z_][A-Za-z0-9_]*$/;
const MAX_FIELD_LENGTH = 60;
const MAX_PAGE_SIZE = 10_000;

export class ProtheusFields {
  @IsText({ max: MAX_FIELD_LENGTH, pattern: FIELD, optional: true, description: 'Field of the product; ItemInternalId when left out' })
  readonly sku?: string;

  @IsText({
    max: MAX_FIELD_LENGTH,
    pattern: FIELD,
    optional: true,
    description: 'Field of the warehouse; WarehouseInternalID when left out',
  })
  readonly warehouse?: string;

  @IsText({
    max: MAX_FIELD_LENGTH,
    pattern: FIELD,
    optional: true,
    description: 'Field of what is there; CurrentStockAmount when left out',
  })
  readonly onHand?: string;

  @IsText({
    max: MAX_FIELD_LENGTH,
    pattern: FIELD,
    optional: true,
    description: 'Field of what is reserved; BookedStockAmount when left out',
  })
  readonly reserved?: string;
}

export class ProtheusSettings extends PollerSettings {
  @IsText({
    max: 300,
    pattern: /^\/[^\s?#]*$/,
    optional: true,
    description: 'Path of the stock service below the base URL; that of the retail module when left out',
    example: '/api/retail/v1/retailStockLevel',
  })
  readonly stockPath?: string;

  @IsWholeNumber({ min: 1, max: MAX_PAGE_SIZE, optional: true, description: 'Items of a page; 1000 when left out' })
  readonly pageSize?: number;

  @IsText({ max: 60, optional: true, description: 'Company and branch, sent as the header tenantId', example: '01,0101' })
  readonly tenantId?: string;

  @IsText({
    max: 200,
    pattern: /^[\w,.-]+$/,
    optional: true,
    description: 'Order of the items, sent as the parameter order; none when left out',
  })
  readonly order?: string;

  @IsNested(() => ProtheusFields, { optional: true, description: 'Names that the stock service gives its fields' })
  readonly fields?: ProtheusFields;

  @IsText({
    max: 500,
    optional: true,
    description: 'Sum or difference of fields, by our names or by those of the service, that may be sold; onHand when left out',
    example: 'onHand - reserved',
  })
  readonly available?: string;
}

export const RETAIL_PATH = '/api/retail/v1/retailStockLevel';
const PAGE_SIZE = 1_000;
const RETAIL_FIELDS = {
  sku: 'ItemInternalId',
  warehouse: 'WarehouseInternalID',
  onHand: 'CurrentStockAmount',
  reserved: 'BookedStockAmount',
} as const;

export const stockPathOf = ({ stockPath }: ProtheusSettings): string => stockPath ?? RETAIL_PATH;
export const pageSizeOf = ({ pageSize }: ProtheusSettings): number => pageSize ?? PAGE_SIZE;

/** Names of fields in the site's words. */
export interface SiteFields {
  readonly sku: string;
  readonly warehouse: string;
  readonly available: Formula;
}

/** @throws where the formula cannot be read, which the settings' check refuses */
export function siteFieldsOf({ fields, available = 'onHand' }: ProtheusSettings): SiteFields {
  const given = Object.fromEntries(Object.entries(fields ?? {}).filter(([, name]) => name !== undefined));
  const names: Readonly<Record<string, string>> = { ...RETAIL_FIELDS, ...given };
  const formula = parseFormula(available);
  if (formula === undefined) throw new Error('a formula that was not checked');
  return {
    sku: names['sku'] ?? '',
    warehouse: names['warehouse'] ?? '',
    available: formula.map(({ field, isSubtracted }) => ({ field: names[field] ?? field, isSubtracted })),
  };
}
