import { Controller, Get, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { CurrentCaller, Needs, pageOf, type Pagination } from '@holdfast/platform';
import type { Caller } from '@holdfast/platform';
import { LowStockQuery } from './alerts.dto.js';
import { type LowStock, LowStockView } from './low-stock.js';

@ApiTags('Alerts')
@Controller('sales-channel/inventory/alerts')
export class AlertsController {
  constructor(private readonly lowStock: LowStockView) {}

  @Get('low-stock')
  @Needs('inventory.read')
  @ApiOperation({ summary: 'SKUs whose available quantity over all locations has fallen below their threshold, newest first' })
  page(
    @Query() query: LowStockQuery,
    @CurrentCaller() caller: Caller,
  ): Promise<{ readonly alerts: readonly LowStock[]; readonly pagination: Pagination }> {
    return this.lowStock.page(caller.tenant, query, pageOf(query));
  }
}
