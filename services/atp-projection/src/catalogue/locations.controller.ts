import { Controller, Get, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { CurrentCaller, Needs } from '@holdfast/platform';
import type { Caller } from '@holdfast/platform';
import { findLocationTotals, findLocations } from '@holdfast/read-model';
import { pageWanted, paginationView } from '../reading/paging.js';
import { ReadTables } from '../reading/read-tables.js';
import { ReadsProjection } from '../reading/reads-projection.js';
import { LocationStocksView, LocationsQuery, LocationsView, locationStockView, locationView } from './location.dto.js';

@Controller()
@ReadsProjection()
export class LocationsController {
  constructor(private readonly tables: ReadTables) {}

  @Get('api/locations')
  @ApiTags('Catalogue')
  @Needs('locations.read')
  @ApiOperation({ operationId: 'locations.list', summary: 'The locations, in the order in which they serve' })
  @ApiOkResponse({ type: LocationsView })
  async list(@CurrentCaller() caller: Caller, @Query() query: LocationsQuery): Promise<LocationsView> {
    const page = pageWanted(query);
    const { rows, total } = await findLocations(this.tables, caller.tenant, { search: query.search, kind: query.kind }, page);
    return { items: rows.map(locationView), pagination: paginationView(page, total) };
  }

  @Get('api/inventory/locations')
  @ApiTags('Inventory')
  @Needs('inventory.read')
  @ApiOperation({ operationId: 'locationStock.list', summary: 'The locations, with the sums of their stock' })
  @ApiOkResponse({ type: LocationStocksView })
  async listStock(@CurrentCaller() caller: Caller, @Query() query: LocationsQuery): Promise<LocationStocksView> {
    const page = pageWanted(query);
    const { rows, total } = await findLocationTotals(this.tables, caller.tenant, { search: query.search, kind: query.kind }, page);
    return { items: rows.map(locationStockView), pagination: paginationView(page, total) };
  }
}
