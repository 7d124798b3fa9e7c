import { Controller, Get, Inject, Query, Res } from '@nestjs/common';
import { ApiHeader, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { answerPosition, CLOCK, CurrentCaller, MIN_POSITION_HEADER, MinPosition, Needs, PageQuery, pageOf } from '@holdfast/platform';
import type { Clock } from '@holdfast/kit';
import type { Caller } from '@holdfast/platform';
import { RequestListPosition } from '../request-list-position.js';
import { StockRequestsView } from '../request-view.dto.js';
import { RequestsService } from '../requests.service.js';
import { ProductSearchQuery, RequestDashboardView, RequestFiltersView, RequestProductsView, RequestsByCategoryView } from './report.dto.js';
import { RequestReports } from './request-reports.js';
import { StockListQuery, StockListView } from './stock-list.dto.js';
import { StockList } from './stock-list.js';

const ReadsPosition = (): MethodDecorator =>
  ApiHeader({
    name: MIN_POSITION_HEADER,
    required: false,
    description: 'Waits until this position is reflected, else 412. Every answer carries the header `holdfast-position`.',
    schema: { type: 'string' },
  });

@ApiTags('Stock requests')
@Controller('api/stock-requests')
export class RequestReportsController {
  constructor(
    private readonly reports: RequestReports,
    private readonly requests: RequestsService,
    private readonly stockList: StockList,
    private readonly listed: RequestListPosition,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Get('by-category')
  @Needs('stockrequests.read')
  @ApiOperation({
    operationId: 'stockRequests.byCategory',
    summary: 'What was requested, approved and shipped, by category of the product',
  })
  @ReadsPosition()
  @ApiOkResponse({ type: RequestsByCategoryView })
  async byCategory(
    @CurrentCaller() { tenant }: Caller,
    @MinPosition() wanted: bigint | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<RequestsByCategoryView> {
    answerPosition(reply, await this.listed.atLeast(wanted));
    return { categories: await this.reports.byCategory(tenant) };
  }

  @Get('dashboard')
  @Needs('stockrequests.read')
  @ApiOperation({
    operationId: 'stockRequests.dashboard',
    summary: 'How many requests there are, wait, are late, and how much was shipped',
  })
  @ReadsPosition()
  @ApiOkResponse({ type: RequestDashboardView })
  async dashboard(
    @CurrentCaller() { tenant }: Caller,
    @MinPosition() wanted: bigint | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<RequestDashboardView> {
    answerPosition(reply, await this.listed.atLeast(wanted));
    return this.reports.dashboard(tenant, this.clock.now());
  }

  @Get('filters')
  @Needs('stockrequests.read')
  @ApiOperation({ operationId: 'stockRequests.filters', summary: 'Values to filter requests by, with their counts' })
  @ReadsPosition()
  @ApiOkResponse({ type: RequestFiltersView })
  async filters(
    @CurrentCaller() { tenant }: Caller,
    @MinPosition() wanted: bigint | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<RequestFiltersView> {
    answerPosition(reply, await this.listed.atLeast(wanted));
    return this.reports.filters(tenant);
  }

  @Get('pending-approvals')
  @Needs('stockrequests.approve')
  @ApiOperation({
    operationId: 'stockRequests.pendingApprovals',
    summary: 'Requests that you may approve: urgent ones first, then the longest waiting',
  })
  @ReadsPosition()
  @ApiOkResponse({ type: StockRequestsView })
  async pending(
    @Query() query: PageQuery,
    @CurrentCaller() caller: Caller,
    @MinPosition() wanted: bigint | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<StockRequestsView> {
    answerPosition(reply, await this.listed.atLeast(wanted));
    return this.requests.pending(caller, pageOf(query));
  }

  @Get('products/search')
  @Needs('stockrequests.read', 'products.read')
  @ApiOperation({ operationId: 'stockRequests.searchProducts', summary: 'Products to request, with what is free at the source' })
  @ApiOkResponse({ type: RequestProductsView })
  async products(@Query() query: ProductSearchQuery, @CurrentCaller() { tenant }: Caller): Promise<RequestProductsView> {
    return { products: await this.reports.products(tenant, query) };
  }

  @Get('products/stocklist')
  @Needs('stockrequests.read')
  @ApiOperation({
    operationId: 'stockRequests.stockList',
    summary: 'What a location keeps by its rules of replenishment, and what is missing',
  })
  @ApiOkResponse({ type: StockListView })
  stocklist(@Query() query: StockListQuery, @CurrentCaller() { tenant }: Caller): Promise<StockListView> {
    return this.stockList.page(tenant, query.toLocationId, pageOf(query));
  }
}
