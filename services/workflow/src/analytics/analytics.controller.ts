import { Controller, Get, Query, Res } from '@nestjs/common';
import { ApiHeader, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { answerPosition, CurrentCaller, MIN_POSITION_HEADER, MinPosition, Needs } from '@holdfast/platform';
import type { Caller } from '@holdfast/platform';
import { AnalyticsQuery, AnalyticsView } from './analytics.dto.js';
import { AnalyticsService } from './analytics.service.js';

@ApiTags('Analytics')
@Controller('api/inventory/analytics')
export class AnalyticsController {
  constructor(private readonly analytics: AnalyticsService) {}

  @Get()
  @Needs('inventory.read')
  @ApiOperation({
    operationId: 'inventory.analytics',
    summary: 'Value of the stock, its turnover, days on hand and slow movers over a period, by category',
  })
  @ApiHeader({
    name: MIN_POSITION_HEADER,
    required: false,
    description: 'Waits until this position is reflected, else 412. Every answer carries the header `holdfast-position`.',
    schema: { type: 'string' },
  })
  @ApiOkResponse({ type: AnalyticsView })
  async figures(
    @Query() query: AnalyticsQuery,
    @CurrentCaller() { tenant }: Caller,
    @MinPosition() wanted: bigint | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<AnalyticsView> {
    answerPosition(reply, await this.analytics.atLeast(wanted));
    return this.analytics.figures(tenant, query);
  }
}
