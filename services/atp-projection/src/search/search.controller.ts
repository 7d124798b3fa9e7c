import { Controller, Get, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { allows, CurrentCaller, Needs, type Permission } from '@holdfast/platform';
import type { Caller } from '@holdfast/platform';
import { FOUND_KINDS, search, type FoundKind } from '@holdfast/read-model';
import { ReadsProjection } from '../reading/reads-projection.js';
import { ReadTables } from '../reading/read-tables.js';
import { SearchQuery, SearchView } from './search.dto.js';

const NEEDED: Readonly<Record<FoundKind, Permission>> = {
  product: 'products.read',
  location: 'locations.read',
  channel: 'channels.read',
  order: 'reservations.read',
  reservation: 'reservations.read',
};

@ApiTags('Inventory')
@Controller('v1/search')
@ReadsProjection()
export class SearchController {
  constructor(private readonly tables: ReadTables) {}

  @Get()
  @Needs('inventory.read')
  @ApiOperation({
    operationId: 'search.find',
    summary: 'Products, locations, channels, orders and reservations by id, barcode or name',
    description: 'Only of kinds that the caller may read: `products.read`, `locations.read`, `channels.read`, `reservations.read`.',
  })
  @ApiOkResponse({ type: SearchView })
  async find(@CurrentCaller() { tenant, permissions }: Caller, @Query() { q }: SearchQuery): Promise<SearchView> {
    const kinds = FOUND_KINDS.filter((kind) => allows(permissions, NEEDED[kind]));
    const found = await search(this.tables, tenant, q, kinds);
    return { results: found.map(({ name, ...rest }) => ({ ...rest, ...(name === null ? {} : { name }) })) };
  }
}
