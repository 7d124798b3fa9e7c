import { Body, Controller, Get, Param, Put, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { CurrentCaller, Idempotent, IdentifierPipe, Needs, pageOf, TakesLines } from '@holdfast/platform';
import type { Caller } from '@holdfast/platform';
import { MappingChange, MappingQuery, MappingsView, PutMappingsRequest } from './mapping.dto.js';
import { MappingsService } from './mappings.service.js';

@ApiTags('Channels')
@Controller('sales-channel/channels/:channelId/mappings')
export class MappingsController {
  constructor(private readonly mappings: MappingsService) {}

  @Get()
  @Needs('channels.read')
  @ApiOperation({ operationId: 'mappings.list', summary: 'Which listing each SKU has on the channel, and what the channel was told' })
  @ApiOkResponse({ type: MappingsView })
  page(
    @Param('channelId', IdentifierPipe) channelId: string,
    @Query() query: MappingQuery,
    @CurrentCaller() caller: Caller,
  ): Promise<MappingsView> {
    return this.mappings.page({ tenant: caller.tenant, channelId }, query, pageOf(query));
  }

  @Put()
  @TakesLines()
  @Needs('channels.write')
  @Idempotent()
  @ApiOperation({
    operationId: 'mappings.put',
    summary: 'Map up to 10,000 SKUs to listings, all or none',
    description: 'A new mapping is told its present figure at once.',
  })
  @ApiOkResponse({ type: MappingChange })
  put(
    @Param('channelId', IdentifierPipe) channelId: string,
    @Body() request: PutMappingsRequest,
    @CurrentCaller() caller: Caller,
  ): Promise<MappingChange> {
    return this.mappings.put({ tenant: caller.tenant, channelId }, request, caller.subject);
  }
}
