import { Controller, Get, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { CurrentCaller, Needs, pageOf } from '@holdfast/platform';
import type { Caller } from '@holdfast/platform';
import { LowStockPage, LowStockQuery } from './low-stock.dto.js';
import { LowStockView } from './low-stock.js';

@ApiTags('Alerts')
@Controller('sales-channel/inventory/alerts')
export class LowStockController {
  constructor(private readonly lowStock: LowStockView) {}

  @Get('low-stock')
  @Needs('inventory.read')
  @ApiOperation({
    operationId: 'lowStockAlerts.list',
    summary: 'SKUs whose available quantity over all locations has fallen below their threshold, newest first',
  })
  @ApiOkResponse({ type: LowStockPage })
  page(@Query() query: LowStockQuery, @CurrentCaller() caller: Caller): Promise<LowStockPage> {
    return this.lowStock.page(caller.tenant, query, pageOf(query));
  }
}
