import { IsBarcode, IsIdentifier, IsListOf, IsLocationId, IsOneOf, IsQuantity, IsSku, IsText, IsWholeNumber } from '@holdfast/platform';
import { LOT_CONTROLS, type LotControl } from '@holdfast/inventory';
import { ArrayUnique } from 'class-validator';
import { IsLines } from '../lines/is-lines.js';
import { ApiProperty } from '@nestjs/swagger';
import { BulkAnswer, LineResult } from '../lines/line-result.dto.js';

/** Cost of one unit, in minor units of the currency: ten million of a currency with two decimals. */
const MAX_COST_MINOR = 1_000_000_000;

/** Ten years. */
const MAX_REMOVAL_DAYS = 3_650;

/** Units of measure of one product. */
const MAX_UNITS = 20;

export class ProductUnitRequest {
  @IsText({ max: 20, pattern: /^[^=;]+$/, description: 'Unit of measure, as outside systems name it', example: 'BOX' })
  readonly unit!: string;

  @IsText({
    max: 40,
    pattern: /^(?!0+(\.0+)?$)\d+(\.\d+)?$/,
    description: 'Units of stock in one of it, a decimal as text, more than 0',
    example: '12',
  })
  readonly units!: string;
}

export class ProductRequest {
  @IsSku()
  readonly sku!: string;

  @IsText({ optional: true, example: 'Black T-shirt, M' })
  readonly name?: string;

  @IsText({ optional: true, example: 'T-shirts' })
  readonly category?: string;

  @IsBarcode({ optional: true })
  readonly barcode?: string;

  @IsIdentifier({ optional: true, description: 'Brand that owns it', example: 'brand_01JGK9' })
  readonly brandId?: string;

  @IsWholeNumber({ min: 0, max: MAX_COST_MINOR, optional: true, description: 'Cost of one unit in minor units of the currency' })
  readonly costMinor?: number;

  @IsQuantity({ min: 0, optional: true, description: 'Below so many available units it counts as low' })
  readonly lowStockThreshold?: number;

  @IsWholeNumber({ min: 0, max: MAX_REMOVAL_DAYS, optional: true, description: 'Days before its expiry date that a lot is taken off sale' })
  readonly removalDays?: number;

  @IsOneOf(LOT_CONTROLS, { optional: true, description: 'How lots are kept: none, where known, or of every unit' })
  readonly lotControl?: LotControl;

  @IsQuantity({ min: 0, optional: true, description: 'Units that channels are not shown, at `locationId`' })
  readonly safetyStock?: number;

  @IsListOf(() => ProductUnitRequest, {
    min: 0,
    max: MAX_UNITS,
    optional: true,
    description: 'Units of measure that hold more or less than one unit of stock; replaces the former ones',
  })
  @ArrayUnique(({ unit }: ProductUnitRequest) => unit, { message: 'must name each unit once' })
  readonly units?: readonly ProductUnitRequest[];

  @IsLocationId({ optional: true, description: 'Location of the safety stock; default MAIN' })
  readonly locationId?: string;
}

export class ProductsRequest {
  @IsLines(() => ProductRequest)
  readonly products!: unknown[];
}

/** A product as it was put; fields that were never set are missing. */
export class MasterProductView {
  @ApiProperty({ description: 'The SKU' })
  readonly id!: string;

  @ApiProperty()
  readonly sku!: string;

  @ApiProperty()
  readonly verified!: boolean;

  @ApiProperty({ required: false })
  readonly name?: string;

  @ApiProperty({ required: false })
  readonly category?: string;

  @ApiProperty({ required: false })
  readonly barcode?: string;

  @ApiProperty({ required: false })
  readonly brandId?: string;

  @ApiProperty({ type: 'integer', required: false })
  readonly costMinor?: number;

  @ApiProperty({ type: 'integer', required: false })
  readonly lowStockThreshold?: number;

  @ApiProperty({ type: 'integer', required: false })
  readonly removalDays?: number;

  @ApiProperty({ enum: LOT_CONTROLS, required: false })
  readonly lotControl?: LotControl;

  @ApiProperty({ type: [ProductUnitRequest], required: false })
  readonly units?: readonly ProductUnitRequest[];

  @ApiProperty({ type: 'integer', required: false, description: 'Where the request set it' })
  readonly safetyStock?: number;
}

export class ProductLineResult extends LineResult {
  @ApiProperty({ required: false })
  readonly sku?: string;
}

export class ProductsResult extends BulkAnswer<ProductLineResult> {
  @ApiProperty({ type: [ProductLineResult] })
  readonly results!: readonly ProductLineResult[];
}

export class ImportedProduct extends ProductLineResult {
  @ApiProperty({ type: 'integer', description: 'In the file; the header is line 1' })
  readonly line!: number;
}

export class ProductImport extends BulkAnswer<ImportedProduct> {
  @ApiProperty()
  readonly dryRun!: boolean;

  @ApiProperty({ type: [ImportedProduct] })
  readonly results!: readonly ImportedProduct[];
}
