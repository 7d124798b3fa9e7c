import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { CurrentCaller, Idempotent, IdentifierPipe, Needs, pageOf, personOf } from '@holdfast/platform';
import type { Caller } from '@holdfast/platform';
import { AcknowledgeRequest, AlertsPage, AlertsQuery, AlertView } from './alert-list.dto.js';
import { AlertList } from './alert-list.js';

@ApiTags('Alerts')
@Controller('v1/alerts')
export class AlertListController {
  constructor(private readonly alerts: AlertList) {}

  @Get()
  @Needs('alerts.read')
  @ApiOperation({ operationId: 'alerts.list', summary: 'All alerts with their figures, newest first, of the last 30 days' })
  @ApiOkResponse({ type: AlertsPage })
  page(@Query() query: AlertsQuery, @CurrentCaller() caller: Caller): Promise<AlertsPage> {
    return this.alerts.page(caller.tenant, query, pageOf(query));
  }

  @Post(':id/acknowledge')
  @HttpCode(200)
  @Needs('alerts.write')
  @Idempotent()
  @ApiOperation({ operationId: 'alerts.acknowledge', summary: 'Say that somebody has seen an alert; the first one stands' })
  @ApiOkResponse({ type: AlertView })
  acknowledge(
    @Param('id', IdentifierPipe) id: string,
    @Body() { note }: AcknowledgeRequest,
    @CurrentCaller() caller: Caller,
  ): Promise<AlertView> {
    return this.alerts.acknowledge(caller.tenant, id, personOf(caller), note);
  }
}
