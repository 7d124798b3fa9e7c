import { Controller, Get, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { CurrentCaller, Needs, pageOf, type Pagination } from '@holdfast/platform';
import type { Caller } from '@holdfast/platform';
import { HistoryQuery } from './history.dto.js';
import { HistoryService, type HistoryView } from './history.service.js';

@ApiTags('Channel sync')
@Controller('sales-channel/sync/history')
export class HistoryController {
  constructor(private readonly history: HistoryService) {}

  @Get()
  @Needs('channels.read')
  @ApiOperation({ summary: 'What was told to channels, skipped or changed, newest first' })
  page(
    @Query() query: HistoryQuery,
    @CurrentCaller() caller: Caller,
  ): Promise<{ readonly history: readonly HistoryView[]; readonly pagination: Pagination }> {
    return this.history.page(caller.tenant, query, pageOf(query));
  }
}
