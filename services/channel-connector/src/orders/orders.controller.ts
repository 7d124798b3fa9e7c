import { Body, Controller, Get, HttpCode, Post, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { CurrentCaller, Idempotent, Needs, pageOf } from '@holdfast/platform';
import type { Caller } from '@holdfast/platform';
import { ChannelOrderLineView, ChannelOrdersPage, OrdersQuery, TakeAgainRequest } from './orders.dto.js';
import { OrdersView } from './orders-view.js';
import { TakingAgain } from './taking-again.js';

@ApiTags('Channel orders')
@Controller('sales-channel/orders')
export class OrdersController {
  constructor(
    private readonly orders: OrdersView,
    private readonly takingAgain: TakingAgain,
  ) {}

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

  @Post('take')
  @HttpCode(200)
  @Needs('channels.sync')
  @Idempotent()
  @ApiOperation({
    operationId: 'channelOrders.take',
    summary: 'Take a line again that was sold and not there',
    description:
      'Units that have come to the place that lacked them cover the line; for the others, units that are free elsewhere are taken. The alert of the line ends with its last unit.',
  })
  @ApiOkResponse({ type: ChannelOrderLineView, description: 'The line; `uncovered` units may be left' })
  take(@Body() { channelId, orderId, lineId }: TakeAgainRequest, @CurrentCaller() { tenant }: Caller): Promise<ChannelOrderLineView> {
    return this.takingAgain.take({ tenant, channelId, orderId }, lineId);
  }
}
