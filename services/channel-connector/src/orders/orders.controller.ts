import { Controller, Get, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { CurrentCaller, Needs, pageOf } from '@holdfast/platform';
import type { Caller } from '@holdfast/platform';
import { ChannelOrdersPage, OrdersQuery } from './orders.dto.js';
import { OrdersView } from './orders-view.js';

@ApiTags('Channel orders')
@Controller('sales-channel/orders')
export class OrdersController {
  constructor(private readonly orders: OrdersView) {}

  @Get()
  @Needs('channels.read')
  @ApiOperation({
    operationId: 'channelOrders.list',
    summary: 'Orders that channels told of, and what became of their lines, newest first',
  })
  @ApiOkResponse({ type: ChannelOrdersPage })
  page(@Query() query: OrdersQuery, @CurrentCaller() caller: Caller): Promise<ChannelOrdersPage> {
    return this.orders.page(caller.tenant, query, pageOf(query));
  }
}
