import { ApiProperty } from '@nestjs/swagger';
import { IsIdentifier, IsLocationId, IsOneOf, IsSku, PageQuery, Pagination } from '@holdfast/platform';
import { availableOf, itemId } from '@holdfast/inventory';
import type { StockOfLots } from '@holdfast/read-model';
import { fedByErp, FedByErp, type FigureAt } from '../reading/erp-figure.dto.js';

export class ItemsQuery extends PageQuery {
  @IsLocationId({ optional: true })
  readonly locationId?: string;

  @IsSku({ optional: true, description: 'Product; its id is the SKU' })
  readonly productMasterId?: string;

  @IsIdentifier({ optional: true, description: 'Lot: the rows are positions then; also by a former id of it' })
  readonly lotId?: string;

  @IsIdentifier({ optional: true, description: 'Bin: the rows are positions then' })
  readonly binId?: string;

  @IsOneOf(['position'], {
    optional: true,
    description: 'A row for each lot and bin, and one for units in neither; they add up to the location',
  })
  readonly groupBy?: 'position';
}

/** Stock of one SKU at one location. */
export class ItemView extends FedByErp {
  @ApiProperty({ example: 'TEE-BLACK-M~MAIN' })
  readonly id!: string;

  @ApiProperty({ example: 'TEE-BLACK-M' })
  readonly productMasterId!: string;

  @ApiProperty({ example: 'MAIN' })
  readonly locationId!: string;

  @ApiProperty()
  readonly quantityOnHand!: number;

  @ApiProperty()
  readonly quantityReserved!: number;

  @ApiProperty({ description: 'Units on hand that may not leave' })
  readonly quantityHeld!: number;

  @ApiProperty({ type: 'integer', description: 'Of the held units, those of an expired lot' })
  readonly quantityExpired!: number;

  @ApiProperty({ description: 'On hand minus reserved minus held' })
  readonly quantityAvailable!: number;

  @ApiProperty({ required: false, description: 'Lot, where the stock is kept by lot' })
  readonly lotId?: string;

  @ApiProperty({ required: false, format: 'date' })
  readonly expiryDate?: string;

  @ApiProperty({ required: false, description: 'Bin, where the stock is kept by bin' })
  readonly binId?: string;

  @ApiProperty({ format: 'date-time' })
  readonly createdAt!: string;

  @ApiProperty({ format: 'date-time' })
  readonly updatedAt!: string;
}

export class ItemsView {
  @ApiProperty({ type: [ItemView] })
  readonly items!: readonly ItemView[];

  @ApiProperty({ type: Pagination })
  readonly pagination!: Pagination;
}

export const itemView = (row: StockOfLots, figureAt: FigureAt): ItemView => ({
  id: itemId(row.sku, row.locationId),
  productMasterId: row.sku,
  locationId: row.locationId,
  quantityOnHand: row.onHand,
  quantityReserved: row.reserved,
  quantityHeld: row.held,
  quantityExpired: row.expired,
  quantityAvailable: availableOf(row),
  createdAt: new Date(row.createdAt).toISOString(),
  updatedAt: new Date(row.updatedAt).toISOString(),
  ...fedByErp(row.locationId, figureAt),
});
