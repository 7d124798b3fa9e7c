import { ApiProperty } from '@nestjs/swagger';
import { IsIdentifier, IsLocationId, IsSku, PageQuery, Pagination } from '@holdfast/platform';
import { availableOf } from '@holdfast/inventory';
import type { ItemRow } from '@holdfast/read-model';
import { ErpFigureView } from '../reading/erp-figure.dto.js';

export class BrandItemsQuery extends PageQuery {
  // Required; the controller says so in the words that callers of this API know.
  @ApiProperty({ required: true })
  @IsIdentifier({ optional: true, description: 'Brand that owns the stock', example: 'brand_01JGK9' })
  readonly brand_id?: string;

  @IsLocationId({ optional: true, description: 'Logistics node' })
  readonly warehouse_id?: string;

  @IsSku({ optional: true })
  readonly sku?: string;
}

export class BrandItemView {
  @ApiProperty({ example: 'WRA-TEX-001' })
  readonly sku!: string;

  @ApiProperty({ example: 'brand_01JGK9' })
  readonly brand_id!: string;

  @ApiProperty({ required: false, description: 'UPC or EAN' })
  readonly barcode?: string;

  @ApiProperty({ example: 'WH_SP_01' })
  readonly warehouse_id!: string;

  @ApiProperty({ description: 'On hand' })
  readonly physical_stock!: number;

  @ApiProperty({ description: 'Promised to orders' })
  readonly reserved_stock!: number;

  @ApiProperty({ description: 'Units on hand that may not leave' })
  readonly held_stock!: number;

  @ApiProperty({ description: 'Physical minus reserved minus held' })
  readonly available_stock!: number;

  @ApiProperty({ description: 'Units that channels are not shown' })
  readonly safety_stock_buffer!: number;

  @ApiProperty({ required: false, type: ErpFigureView, description: 'Only at nodes that a polled ERP connection feeds' })
  readonly erp_figure?: ErpFigureView;
}

export class BrandItemsView {
  @ApiProperty({ type: [BrandItemView] })
  readonly items!: readonly BrandItemView[];

  @ApiProperty({ type: Pagination })
  readonly pagination!: Pagination;
}

export const brandItemView = (row: ItemRow, brandId: string, erpFigure: ErpFigureView | undefined): BrandItemView => ({
  sku: row.sku,
  brand_id: brandId,
  ...(row.barcode === null ? {} : { barcode: row.barcode }),
  warehouse_id: row.locationId,
  physical_stock: row.onHand,
  reserved_stock: row.reserved,
  held_stock: row.held,
  available_stock: availableOf(row),
  safety_stock_buffer: row.safetyStock,
  ...(erpFigure === undefined ? {} : { erp_figure: erpFigure }),
});
