import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { CurrentCaller, SkuPipe, Needs, Repeats, unknownSkus } from '@holdfast/platform';
import type { Caller } from '@holdfast/platform';
import { findProduct, findProducts, findStock } from '@holdfast/read-model';
import { ErpReadings } from '../reading/erp-readings.js';
import { pageWanted, paginationView } from '../reading/paging.js';
import { ReadTables } from '../reading/read-tables.js';
import { ReadsProjection } from '../reading/reads-projection.js';
import {
  InventoryLevelsView,
  LevelsRequest,
  levelsView,
  ManyLevelsView,
  productLevels,
  ProductView,
  ProductsQuery,
  ProductsView,
  productView,
} from './product.dto.js';

@ApiTags('Catalogue')
@Controller('api/products')
@ReadsProjection()
export class ProductsController {
  constructor(
    private readonly tables: ReadTables,
    private readonly readings: ErpReadings,
  ) {}

  @Get()
  @Needs('products.read')
  @ApiOperation({ operationId: 'products.list', summary: 'The products, by SKU' })
  @ApiOkResponse({ type: ProductsView })
  async list(@CurrentCaller() caller: Caller, @Query() query: ProductsQuery): Promise<ProductsView> {
    const page = pageWanted(query);
    const { search, brandId, category, verified, after } = query;
    const { rows, total } = await findProducts(this.tables, caller.tenant, { search, brandId, category, verified, after }, page);
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
    return levelsView(sku, found.stock, this.readings.of(caller.tenant));
  }

  @Post('inventory-levels')
  @HttpCode(200)
  @Needs('products.read', 'inventory.read')
  @Repeats('natural')
  @ApiOperation({
    operationId: 'products.getManyLevels',
    summary: 'Up to 100 products with what of them lies where, and what channels may promise',
  })
  @ApiOkResponse({ type: ManyLevelsView })
  async manyLevels(@CurrentCaller() caller: Caller, @Body() { skus }: LevelsRequest): Promise<ManyLevelsView> {
    const figureAt = this.readings.of(caller.tenant);
    return { items: (await findStock(this.tables, caller.tenant, skus)).flatMap((found) => productLevels(found, figureAt)) };
  }
}
