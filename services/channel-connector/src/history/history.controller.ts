import { Controller, Get, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { CurrentCaller, Needs, pageOf } from '@holdfast/platform';
import type { Caller } from '@holdfast/platform';
import { HistoryPageView, HistoryQuery } from './history.dto.js';
import { HistoryService } from './history.service.js';

@ApiTags('Channel sync')
@Controller('sales-channel/sync/history')
export class HistoryController {
  constructor(private readonly history: HistoryService) {}

  @Get()
  @Needs('channels.read')
  @ApiOperation({ operationId: 'syncHistory.list', summary: 'What was told to channels, skipped or changed, newest first' })
  @ApiOkResponse({ type: HistoryPageView })
  page(@Query() query: HistoryQuery, @CurrentCaller() caller: Caller): Promise<HistoryPageView> {
    return this.history.page(caller.tenant, query, pageOf(query));
  }
}
