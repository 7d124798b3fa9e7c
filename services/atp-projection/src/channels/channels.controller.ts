import { Controller, Get, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { CurrentCaller, Needs } from '@holdfast/platform';
import type { Caller } from '@holdfast/platform';
import { pageWanted } from '../reading/paging.js';
import { ReadsProjection } from '../reading/reads-projection.js';
import { required } from '../reading/required.js';
import { AtpMatrix } from './atp-matrix.js';
import { ChannelSummariesView, DrilldownQuery, DrilldownView, MatrixQuery, MatrixView } from './matrix.dto.js';

const USUAL_ROWS = 50;

@ApiTags('Channels')
@Controller('api/inventory')
@ReadsProjection()
export class ChannelsController {
  constructor(private readonly matrix: AtpMatrix) {}

  @Get('channel-location')
  @Needs('inventory.read')
  @ApiOperation({ operationId: 'channelStock.list', summary: 'What each channel may promise of each product that lies at a location' })
  @ApiOkResponse({ type: MatrixView })
  async atLocation(@CurrentCaller() { tenant }: Caller, @Query() query: MatrixQuery): Promise<MatrixView> {
    const locationId = required('locationId', query.locationId);
    const page = pageWanted(query, USUAL_ROWS);
    const channelIds = query.channels?.split(',').map((id) => id.trim());
    return this.matrix.atLocation(tenant, { locationId, search: query.search, channelIds }, page);
  }

  @Get('channel-location/drilldown')
  @Needs('inventory.read')
  @ApiOperation({ operationId: 'channelStock.explain', summary: 'How the figures of one product at one location come about' })
  @ApiOkResponse({ type: DrilldownView })
  async drilldown(@CurrentCaller() { tenant }: Caller, @Query() query: DrilldownQuery): Promise<DrilldownView> {
    const locationId = required('locationId', query.locationId);
    const sku = required('productMasterId', query.productMasterId);
    return this.matrix.drilldown(tenant, { locationId, sku, channelIds: query.channelId === undefined ? undefined : [query.channelId] });
  }

  @Get('channel/summary')
  @Needs('inventory.read')
  @ApiOperation({ operationId: 'channelStock.summarise', summary: 'Per channel: products by severity, and all that it may promise' })
  @ApiOkResponse({ type: ChannelSummariesView })
  async summary(@CurrentCaller() { tenant }: Caller): Promise<ChannelSummariesView> {
    return { channels: await this.matrix.summary(tenant) };
  }
}
