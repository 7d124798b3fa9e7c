import { Body, Controller, Get, Param, Put, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { CurrentCaller, Idempotent, IdentifierPipe, Needs, pageOf, type Pagination } from '@holdfast/platform';
import type { Caller } from '@holdfast/platform';
import { MappingQuery, PutMappingsRequest } from './mapping.dto.js';
import type { MappingChange } from './mapping-table.js';
import { MappingsService, type MappingView } from './mappings.service.js';

@ApiTags('Channels')
@Controller('sales-channel/channels/:channelId/mappings')
export class MappingsController {
  constructor(private readonly mappings: MappingsService) {}

  @Get()
  @Needs('channels.read')
  @ApiOperation({ summary: 'Which listing each SKU has on the channel, and what the channel was told' })
  page(
    @Param('channelId', IdentifierPipe) channelId: string,
    @Query() query: MappingQuery,
    @CurrentCaller() caller: Caller,
  ): Promise<{ readonly mappings: readonly MappingView[]; readonly pagination: Pagination }> {
    return this.mappings.page({ tenant: caller.tenant, channelId }, query, pageOf(query));
  }

  @Put()
  @Needs('channels.write')
  @Idempotent()
  @ApiOperation({
    summary: 'Map up to 10,000 SKUs to listings, all or none',
    description: 'A new mapping is told its present figure at once.',
  })
  put(
    @Param('channelId', IdentifierPipe) channelId: string,
    @Body() request: PutMappingsRequest,
    @CurrentCaller() caller: Caller,
  ): Promise<MappingChange> {
    return this.mappings.put({ tenant: caller.tenant, channelId }, request);
  }
}
