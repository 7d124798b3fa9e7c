import { ApiProperty } from '@nestjs/swagger';
import { IsFlag, IsIdentifier, IsIdentifierList, IsSku, IsText, PageQuery, Pagination } from '@holdfast/platform';
import { availableOf, isKeptByChannel, LOT_CONTROLS, type LotControl } from '@holdfast/inventory';
import type { ProductRow, SkuStock, StockOfLots } from '@holdfast/read-model';
import { itemView, ItemView } from '../items/item.dto.js';
import type { FigureAt } from '../reading/erp-figure.dto.js';

export class ProductsQuery extends PageQuery {
  @IsText({ optional: true, max: 100, description: 'Part of the SKU, the name or the barcode' })
  readonly search?: string;

  @IsIdentifier({ optional: true, description: 'Brand' })
  readonly brandId?: string;

  @IsText({ optional: true, description: 'Category' })
  readonly category?: string;

  @IsFlag({ optional: true, query: true, description: 'False: only products that were created by an ERP message or a count' })
  readonly verified?: boolean;

  @IsSku({ optional: true, description: 'SKUs after this one only: to read on where a page ended, whatever was created meanwhile' })
  readonly after?: string;
}

export class ProductUnitView {
  @ApiProperty({ description: 'As outside systems name it', example: 'BOX' })
  readonly unit!: string;

  @ApiProperty({ description: 'Units of stock in one of it, a decimal as text', example: '12' })
  readonly units!: string;
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

  @ApiProperty({ type: Number, nullable: true, description: 'Days before its expiry date that a lot is taken off sale' })
  readonly removalDays!: number | null;

  @ApiProperty({ enum: LOT_CONTROLS, description: 'How lots are kept' })
  readonly lotControl!: LotControl;

  @ApiProperty({ type: () => [ProductUnitView], description: 'Units of measure that hold more or less than one unit of stock' })
  readonly units!: readonly ProductUnitView[];

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

  @ApiProperty({ description: 'Units on hand that may not leave' })
  readonly totalHeld!: number;

  @ApiProperty({ type: 'integer', description: 'Of the held units, those of an expired lot' })
  readonly totalExpired!: number;

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
  removalDays: row.removalDays,
  lotControl: row.lotControl,
  units: row.units ?? [],
  verified: row.verified,
  createdAt: new Date(row.createdAt).toISOString(),
  updatedAt: new Date(row.updatedAt).toISOString(),
});

/** SKUs that one request may ask for. */
const MAX_SKUS = 100;

export class LevelsRequest {
  @IsIdentifierList({ max: MAX_SKUS, description: 'SKUs; an unknown one is left out of the answer' })
  readonly skus!: string[];
}

export class ChannelPromiseView {
  @ApiProperty()
  readonly channelId!: string;

  @ApiProperty({ type: 'integer', description: 'Units that the channel may promise' })
  readonly atp!: number;

  @ApiProperty({ description: 'Position of the event that last changed it' })
  readonly position!: string;
}

export class ProductLevelsView extends InventoryLevelsView {
  @ApiProperty({ type: ProductView })
  readonly product!: ProductView;

  @ApiProperty({ type: [ChannelPromiseView] })
  readonly channels!: readonly ChannelPromiseView[];
}

export class ManyLevelsView {
  @ApiProperty({ type: [ProductLevelsView], description: 'In the order of the request' })
  readonly items!: readonly ProductLevelsView[];
}

export function levelsView(sku: string, stock: readonly StockOfLots[], figureAt: FigureAt): InventoryLevelsView {
  const total = (units: (row: StockOfLots) => number): number => stock.reduce((sum, row) => sum + units(row), 0);
  return {
    productMasterId: sku,
    totalOnHand: total((row) => row.onHand),
    totalReserved: total((row) => row.reserved),
    totalHeld: total((row) => row.held),
    totalExpired: total((row) => row.expired),
    totalAvailable: total((row) => (isKeptByChannel(row.locationId) ? 0 : availableOf(row))),
    totalInTransit: total((row) => row.inTransit),
    items: stock.map((row) => itemView(row, figureAt)),
  };
}

/** Nothing for a SKU that no event has named. */
export const productLevels = ({ sku, product, stock, channelAtp }: SkuStock, figureAt: FigureAt): readonly ProductLevelsView[] =>
  product === undefined
    ? []
    : [
        {
          ...levelsView(sku, stock, figureAt),
          product: productView(product),
          channels: channelAtp.map(({ channelId, atp, position }) => ({ channelId, atp, position: position.toString() })),
        },
      ];
