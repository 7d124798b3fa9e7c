import { Controller, Get, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { CurrentCaller, Needs } from '@holdfast/platform';
import type { Caller } from '@holdfast/platform';
import { findItems } from '@holdfast/read-model';
import { ErpReadings } from '../reading/erp-readings.js';
import { pageWanted, paginationView } from '../reading/paging.js';
import { ReadsProjection } from '../reading/reads-projection.js';
import { required } from '../reading/required.js';
import { ReadTables } from '../reading/read-tables.js';
import { BrandItemsQuery, BrandItemsView, brandItemView } from './brand-item.dto.js';
import { PositionItems } from './position-items.js';
import { ItemsQuery, ItemsView, itemView } from './item.dto.js';

@ApiTags('Inventory')
@Controller()
@ReadsProjection()
export class ItemsController {
  constructor(
    private readonly tables: ReadTables,
    private readonly readings: ErpReadings,
    private readonly positions: PositionItems,
  ) {}

  @Get('api/inventory')
  @Needs('inventory.read')
  @ApiOperation({ operationId: 'items.list', summary: 'The inventory items (one a SKU and location), by SKU, then location' })
  @ApiOkResponse({ type: ItemsView })
  async list(@CurrentCaller() caller: Caller, @Query() query: ItemsQuery): Promise<ItemsView> {
    const page = pageWanted(query);
    if (query.groupBy !== undefined || query.lotId !== undefined || query.binId !== undefined)
      return this.positions.list(caller.tenant, query, page);
    const filter = { sku: query.productMasterId, locationId: query.locationId };
    const { rows, total } = await findItems(this.tables, caller.tenant, filter, page);
    const figureAt = this.readings.of(caller.tenant);
    return { items: rows.map((row) => itemView(row, figureAt)), pagination: paginationView(page, total) };
  }

  @Get('v1/inventory')
  @Needs('inventory.read')
  @ApiOperation({ operationId: 'brandItems.list', summary: "Stock of a brand's SKUs per logistics node" })
  @ApiOkResponse({ type: BrandItemsView })
  async listOfBrand(@CurrentCaller() caller: Caller, @Query() query: BrandItemsQuery): Promise<BrandItemsView> {
    const brandId = required('brand_id', query.brand_id);
    const page = pageWanted(query);
    const filter = { brandId, sku: query.sku, locationId: query.warehouse_id };
    const { rows, total } = await findItems(this.tables, caller.tenant, filter, page);
    const figureAt = this.readings.of(caller.tenant);
    return { items: rows.map((row) => brandItemView(row, brandId, figureAt(row.locationId))), pagination: paginationView(page, total) };
  }
}
