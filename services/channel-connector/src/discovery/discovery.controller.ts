import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiAcceptedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { CurrentCaller, Idempotent, IdentifierPipe, Needs, pageOf, Repeats, TakesLines } from '@holdfast/platform';
import type { Caller } from '@holdfast/platform';
import { MappingChange } from '../mappings/mapping.dto.js';
import { AcceptRequest, DiscoveryQuery, DiscoveryView, StartedDiscovery } from './discovery.dto.js';
import { DiscoveryService } from './discovery.service.js';

@ApiTags('Channels')
@Controller('sales-channel/channels/:channelId')
export class DiscoveryController {
  constructor(private readonly discoveries: DiscoveryService) {}

  @Post('discover')
  @HttpCode(202)
  @Needs('channels.write')
  @Idempotent()
  @ApiOperation({
    operationId: 'discoveries.start',
    summary: "Read the channel's listings and propose which SKU each one is",
    description: 'Reading goes on in the background, also over a restart. Nothing is mapped by it.',
  })
  @ApiAcceptedResponse({ type: StartedDiscovery })
  async start(@Param('channelId', IdentifierPipe) channelId: string, @CurrentCaller() { tenant }: Caller): Promise<StartedDiscovery> {
    return { discoveryId: await this.discoveries.start({ tenant, channelId }) };
  }

  @Get('discoveries/:discoveryId')
  @Needs('channels.read')
  @ApiOperation({ operationId: 'discoveries.get', summary: 'Progress of a discovery, and its proposals' })
  @ApiOkResponse({ type: DiscoveryView })
  view(
    @Param('channelId', IdentifierPipe) channelId: string,
    @Param('discoveryId', IdentifierPipe) discoveryId: string,
    @Query() query: DiscoveryQuery,
    @CurrentCaller() { tenant }: Caller,
  ): Promise<DiscoveryView> {
    return this.discoveries.view({ tenant, channelId }, discoveryId, query.match, pageOf(query));
  }

  @Post('discoveries/:discoveryId/accept')
  @TakesLines()
  @HttpCode(200)
  @Needs('channels.write')
  @Repeats('natural')
  @ApiOperation({
    operationId: 'discoveries.accept',
    summary: 'Map the listings that were matched by SKU or barcode, or those that are named',
    description:
      'A new mapping is told its present figure at once. `mapped` counts new mappings; what is mapped so already is left as it is.',
  })
  @ApiOkResponse({ type: MappingChange })
  accept(
    @Param('channelId', IdentifierPipe) channelId: string,
    @Param('discoveryId', IdentifierPipe) discoveryId: string,
    @Body() request: AcceptRequest,
    @CurrentCaller() { tenant, subject }: Caller,
  ): Promise<MappingChange> {
    return this.discoveries.accept({ tenant, channelId }, discoveryId, request.listings, subject);
  }
}
