import { Body, Controller, Get, HttpCode, Inject, Param, Post, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { CLOCK, CommandId, CurrentCaller, Idempotent, IdentifierPipe, Needs, RequestHash } from '@holdfast/platform';
import type { Clock } from '@holdfast/kit';
import type { Caller } from '@holdfast/platform';
import { answered } from './answered.js';
import { ApproveStockRequest, ChangeStatusRequest, CommentOfRequest } from './request.dto.js';
import { statusView } from './request-view.js';
import { StockRequestStatusView, StockRequestView } from './request-view.dto.js';
import { RequestsService, type Step } from './requests.service.js';

/** The steps of a request from its submission to its end. */
@ApiTags('Stock requests')
@Controller('api/stock-requests')
export class RequestStepsController {
  constructor(
    private readonly requests: RequestsService,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Post(':id/submit')
  @HttpCode(200)
  @Needs('stockrequests.write')
  @Idempotent()
  @ApiOperation({ operationId: 'stockRequests.submit', summary: 'Ask for approval; the lines stay as they are' })
  @ApiOkResponse({ type: StockRequestView })
  async submit(
    @Param('id', IdentifierPipe) id: string,
    @Body() body: CommentOfRequest,
    @CurrentCaller() caller: Caller,
    @CommandId() commandId: string,
    @RequestHash() requestHash: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<StockRequestView> {
    return answered(reply, await this.requests.submit(id, body, this.step(caller, commandId, requestHash)));
  }

  @Post(':id/approve')
  @HttpCode(200)
  @Needs('stockrequests.approve')
  @Idempotent()
  @ApiOperation({
    operationId: 'stockRequests.approve',
    summary: 'Approve a request of another person, whole or in part, and reserve what is approved; again, reserve what was lost',
  })
  @ApiOkResponse({ type: StockRequestView })
  async approve(
    @Param('id', IdentifierPipe) id: string,
    @Body() body: ApproveStockRequest,
    @CurrentCaller() caller: Caller,
    @CommandId() commandId: string,
    @RequestHash() requestHash: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<StockRequestView> {
    return answered(reply, await this.requests.approve(id, body, this.step(caller, commandId, requestHash)));
  }

  @Post(':id/reject')
  @HttpCode(200)
  @Needs('stockrequests.approve')
  @Idempotent()
  @ApiOperation({ operationId: 'stockRequests.reject', summary: 'Refuse a submitted request, with the reason as comment' })
  @ApiOkResponse({ type: StockRequestView })
  async reject(
    @Param('id', IdentifierPipe) id: string,
    @Body() body: CommentOfRequest,
    @CurrentCaller() caller: Caller,
    @CommandId() commandId: string,
    @RequestHash() requestHash: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<StockRequestView> {
    return answered(reply, await this.requests.reject(id, body, this.step(caller, commandId, requestHash)));
  }

  @Post(':id/rollback')
  @HttpCode(200)
  @Needs('stockrequests.write')
  @Idempotent()
  @ApiOperation({
    operationId: 'stockRequests.rollback',
    summary: 'Go one step back, with the reason as comment; what was reserved is free again',
  })
  @ApiOkResponse({ type: StockRequestView })
  async rollBack(
    @Param('id', IdentifierPipe) id: string,
    @Body() body: CommentOfRequest,
    @CurrentCaller() caller: Caller,
    @CommandId() commandId: string,
    @RequestHash() requestHash: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<StockRequestView> {
    return answered(reply, await this.requests.rollBack(id, body, this.step(caller, commandId, requestHash)));
  }

  @Get(':id/status')
  @Needs('stockrequests.read')
  @ApiOperation({ operationId: 'stockRequests.status', summary: 'Status of a request, what may follow, and what was before' })
  @ApiOkResponse({ type: StockRequestStatusView })
  async status(
    @Param('id', IdentifierPipe) id: string,
    @CurrentCaller() { tenant }: Caller,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<StockRequestStatusView> {
    const answer = await this.requests.one({ tenant, requestId: id });
    answered(reply, answer);
    return statusView(answer.state);
  }

  @Post(':id/status')
  @HttpCode(200)
  @Needs('stockrequests.write')
  @Idempotent()
  @ApiOperation({ operationId: 'stockRequests.changeStatus', summary: 'Ship reserved units, close the remainder, or cancel the request' })
  @ApiOkResponse({ type: StockRequestView })
  async changeStatus(
    @Param('id', IdentifierPipe) id: string,
    @Body() body: ChangeStatusRequest,
    @CurrentCaller() caller: Caller,
    @CommandId() commandId: string,
    @RequestHash() requestHash: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<StockRequestView> {
    return answered(reply, await this.requests.changeStatus(id, body, this.step(caller, commandId, requestHash)));
  }

  private step(caller: Caller, commandId: string, requestHash: string): Step {
    return { caller, commandId, requestHash, at: this.clock.now() };
  }
}
