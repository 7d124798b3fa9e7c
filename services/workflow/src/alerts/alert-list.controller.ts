import { Controller, Get, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { CurrentCaller, Needs, pageOf } from '@holdfast/platform';
import type { Caller } from '@holdfast/platform';
import { AlertsPage, AlertsQuery } from './alert-list.dto.js';
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
}
