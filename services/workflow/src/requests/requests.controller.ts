import { Body, Controller, Delete, Get, HttpCode, Inject, Param, Patch, Post, Query, Res } from '@nestjs/common';
import { ApiCreatedResponse, ApiHeader, ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import {
  answerPosition,
  CLOCK,
  CommandId,
  CurrentCaller,
  Idempotent,
  IdentifierPipe,
  MIN_POSITION_HEADER,
  MinPosition,
  Needs,
  pageOf,
  RequestHash,
} from '@holdfast/platform';
import type { Clock } from '@holdfast/kit';
import type { Caller } from '@holdfast/platform';
import { answered } from './answered.js';
import { RequestListPosition } from './request-list-position.js';
import { AddCommentRequest, AddLinesRequest, CreateStockRequest, EditStockRequest, StockRequestQuery } from './request.dto.js';
import { StockRequestCommentView, StockRequestLinesView, StockRequestsView, StockRequestView } from './request-view.dto.js';
import { RequestsService, type Step } from './requests.service.js';

@ApiTags('Stock requests')
@Controller('api/stock-requests')
export class RequestsController {
  constructor(
    private readonly requests: RequestsService,
    private readonly listed: RequestListPosition,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Get()
  @Needs('stockrequests.read')
  @ApiOperation({ operationId: 'stockRequests.list', summary: 'Stock requests, newest first' })
  @ApiHeader({
    name: MIN_POSITION_HEADER,
    required: false,
    description: 'Waits until this position is reflected, else 412. Every answer carries the header `holdfast-position`.',
    schema: { type: 'string' },
  })
  @ApiOkResponse({ type: StockRequestsView })
  async page(
    @Query() query: StockRequestQuery,
    @CurrentCaller() caller: Caller,
    @MinPosition() wanted: bigint | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<StockRequestsView> {
    answerPosition(reply, await this.listed.atLeast(wanted));
    return this.requests.page(caller.tenant, query, pageOf(query));
  }

  @Post()
  @Needs('stockrequests.write')
  @Idempotent()
  @ApiOperation({ operationId: 'stockRequests.create', summary: 'Draft a stock request, or submit it at once' })
  @ApiCreatedResponse({ type: StockRequestView })
  async create(
    @Body() body: CreateStockRequest,
    @CurrentCaller() caller: Caller,
    @CommandId() commandId: string,
    @RequestHash() requestHash: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<StockRequestView> {
    return answered(reply, await this.requests.create(body, this.step(caller, commandId, requestHash)));
  }

  @Get(':id')
  @Needs('stockrequests.read')
  @ApiOperation({ operationId: 'stockRequests.get', summary: 'One stock request, from its event stream' })
  @ApiOkResponse({ type: StockRequestView })
  async one(
    @Param('id', IdentifierPipe) id: string,
    @CurrentCaller() { tenant }: Caller,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<StockRequestView> {
    return answered(reply, await this.requests.one({ tenant, requestId: id }));
  }

  @Patch(':id')
  @Needs('stockrequests.write')
  @Idempotent()
  @ApiOperation({ operationId: 'stockRequests.update', summary: 'Change a draft; of a submitted request, its priority and day only' })
  @ApiOkResponse({ type: StockRequestView })
  async edit(
    @Param('id', IdentifierPipe) id: string,
    @Body() body: EditStockRequest,
    @CurrentCaller() caller: Caller,
    @CommandId() commandId: string,
    @RequestHash() requestHash: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<StockRequestView> {
    return answered(reply, await this.requests.edit(id, body, this.step(caller, commandId, requestHash)));
  }

  @Delete(':id')
  @HttpCode(204)
  @Needs('stockrequests.write')
  @Idempotent()
  @ApiOperation({ operationId: 'stockRequests.delete', summary: 'Give up a draft' })
  @ApiNoContentResponse()
  async remove(
    @Param('id', IdentifierPipe) id: string,
    @CurrentCaller() caller: Caller,
    @CommandId() commandId: string,
    @RequestHash() requestHash: string,
  ): Promise<void> {
    await this.requests.remove(id, this.step(caller, commandId, requestHash));
  }

  @Get(':id/lines')
  @Needs('stockrequests.read')
  @ApiOperation({ operationId: 'stockRequests.lines', summary: 'Lines of a stock request' })
  @ApiOkResponse({ type: StockRequestLinesView })
  async lines(
    @Param('id', IdentifierPipe) id: string,
    @CurrentCaller() { tenant }: Caller,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<StockRequestLinesView> {
    const { lines } = answered(reply, await this.requests.one({ tenant, requestId: id }));
    return { lines };
  }

  @Post(':id/lines')
  @Needs('stockrequests.write')
  @Idempotent()
  @ApiOperation({ operationId: 'stockRequests.addLines', summary: 'Add one line or several to a draft; a SKU that it has gets more units' })
  @ApiCreatedResponse({ type: StockRequestView })
  async addLines(
    @Param('id', IdentifierPipe) id: string,
    @Body() body: AddLinesRequest,
    @CurrentCaller() caller: Caller,
    @CommandId() commandId: string,
    @RequestHash() requestHash: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<StockRequestView> {
    return answered(reply, await this.requests.addLines(id, body, this.step(caller, commandId, requestHash)));
  }

  @Post(':id/comment')
  @Needs('stockrequests.write')
  @Idempotent()
  @ApiOperation({ operationId: 'stockRequests.comment', summary: 'Add a comment, whatever the status' })
  @ApiCreatedResponse({ type: StockRequestCommentView })
  async comment(
    @Param('id', IdentifierPipe) id: string,
    @Body() { text }: AddCommentRequest,
    @CurrentCaller() caller: Caller,
    @CommandId() commandId: string,
    @RequestHash() requestHash: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<StockRequestCommentView> {
    const { comments } = answered(reply, await this.requests.comment(id, text, this.step(caller, commandId, requestHash)));
    const added = comments.find((one) => one.id === commandId);
    if (added === undefined) throw new Error(`the comment ${commandId} of ${id} was accepted and is not there`);
    return added;
  }

  private step(caller: Caller, commandId: string, requestHash: string): Step {
    return { caller, commandId, requestHash, at: this.clock.now() };
  }
}
