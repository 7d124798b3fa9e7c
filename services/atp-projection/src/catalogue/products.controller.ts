import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { CurrentCaller, SkuPipe, Needs, unknownSkus } from '@holdfast/platform';
import { availableOf, isKeptByChannel } from '@holdfast/inventory';
import type { Caller } from '@holdfast/platform';
import { findProduct, findProducts, findStock } from '@holdfast/read-model';
import type { StockRow } from '@holdfast/read-model';
import { itemView } from '../items/item.dto.js';
import { pageWanted, paginationView } from '../reading/paging.js';
import { ReadTables } from '../reading/read-tables.js';
import { ReadsProjection } from '../reading/reads-projection.js';
import { InventoryLevelsView, ProductView, ProductsQuery, ProductsView, productView } from './product.dto.js';

@ApiTags('Catalogue')
@Controller('api/products')
@ReadsProjection()
export class ProductsController {
  constructor(private readonly tables: ReadTables) {}

  @Get()
  @Needs('products.read')
  @ApiOperation({ operationId: 'products.list', summary: 'The products, by SKU' })
  @ApiOkResponse({ type: ProductsView })
  async list(@CurrentCaller() caller: Caller, @Query() query: ProductsQuery): Promise<ProductsView> {
    const page = pageWanted(query);
    const { search, brandId, category, verified } = query;
    const { rows, total } = await findProducts(this.tables, caller.tenant, { search, brandId, category, verified }, page);
    return { items: rows.map(productView), pagination: paginationView(page, total) };
  }

  @Get(':id')
  @Needs('products.read')
  @ApiOperation({ operationId: 'products.get', summary: 'One product' })
  @ApiOkResponse({ type: ProductView })
  async get(@CurrentCaller() caller: Caller, @Param('id', SkuPipe) sku: string): Promise<ProductView> {
    const product = await findProduct(this.tables, caller.tenant, sku);
    if (product === undefined) throw unknownSkus([sku]);
    return productView(product);
  }

  @Get(':id/inventory-levels')
  @Needs('products.read', 'inventory.read')
  @ApiOperation({ operationId: 'products.getLevels', summary: 'What of a product lies where' })
  @ApiOkResponse({ type: InventoryLevelsView })
  async levels(@CurrentCaller() caller: Caller, @Param('id', SkuPipe) sku: string): Promise<InventoryLevelsView> {
    const [found] = await findStock(this.tables, caller.tenant, [sku]);
    if (found?.product === undefined) throw unknownSkus([sku]);
    const total = (units: (row: StockRow) => number): number => found.stock.reduce((sum, row) => sum + units(row), 0);
    return {
      productMasterId: sku,
      totalOnHand: total((row) => row.onHand),
      totalReserved: total((row) => row.reserved),
      totalAvailable: total((row) => (isKeptByChannel(row.locationId) ? 0 : availableOf(row))),
      totalInTransit: total((row) => row.inTransit),
      items: found.stock.map(itemView),
    };
  }
}
