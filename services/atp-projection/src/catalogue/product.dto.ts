import { ApiProperty } from '@nestjs/swagger';
import { IsFlag, IsIdentifier, IsText, PageQuery, Pagination } from '@holdfast/platform';
import type { ProductRow } from '@holdfast/read-model';
import { ItemView } from '../items/item.dto.js';

export class ProductsQuery extends PageQuery {
  @IsText({ optional: true, max: 100, description: 'Part of the SKU, the name or the barcode' })
  readonly search?: string;

  @IsIdentifier({ optional: true, description: 'Brand' })
  readonly brandId?: string;

  @IsText({ optional: true, description: 'Category' })
  readonly category?: string;

  @IsFlag({ optional: true, query: true, description: 'False: only products that were created by an ERP message or a count' })
  readonly verified?: boolean;
}

export class ProductView {
  @ApiProperty({ description: 'The SKU', example: 'TEE-BLACK-M' })
  readonly id!: string;

  @ApiProperty({ example: 'TEE-BLACK-M' })
  readonly sku!: string;

  @ApiProperty({ type: String, nullable: true })
  readonly name!: string | null;

  @ApiProperty({ type: String, nullable: true })
  readonly category!: string | null;

  @ApiProperty({ type: String, nullable: true, description: 'UPC or EAN' })
  readonly barcode!: string | null;

  @ApiProperty({ type: String, nullable: true })
  readonly brandId!: string | null;

  @ApiProperty({ type: Number, nullable: true, description: 'Cost of one unit in minor units of the currency' })
  readonly costMinor!: number | null;

  @ApiProperty({ type: Number, nullable: true, description: 'Below so many available units it counts as low' })
  readonly lowStockThreshold!: number | null;

  @ApiProperty({ description: 'False while only an ERP has named it' })
  readonly verified!: boolean;

  @ApiProperty({ format: 'date-time' })
  readonly createdAt!: string;

  @ApiProperty({ format: 'date-time' })
  readonly updatedAt!: string;
}

export class ProductsView {
  @ApiProperty({ type: [ProductView] })
  readonly items!: readonly ProductView[];

  @ApiProperty({ type: Pagination })
  readonly pagination!: Pagination;
}

/** A product's stock over all its locations. */
export class InventoryLevelsView {
  @ApiProperty({ example: 'TEE-BLACK-M' })
  readonly productMasterId!: string;

  @ApiProperty()
  readonly totalOnHand!: number;

  @ApiProperty()
  readonly totalReserved!: number;

  @ApiProperty()
  readonly totalAvailable!: number;

  @ApiProperty({ description: 'On the way between locations' })
  readonly totalInTransit!: number;

  @ApiProperty({ type: [ItemView] })
  readonly items!: readonly ItemView[];
}

export const productView = (row: ProductRow): ProductView => ({
  id: row.sku,
  sku: row.sku,
  name: row.name,
  category: row.category,
  barcode: row.barcode,
  brandId: row.brandId,
  costMinor: row.costMinor,
  lowStockThreshold: row.lowStockThreshold,
  verified: row.verified,
  createdAt: new Date(row.createdAt).toISOString(),
  updatedAt: new Date(row.updatedAt).toISOString(),
});
