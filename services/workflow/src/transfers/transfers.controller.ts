import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query, Res } from '@nestjs/common';
import { ApiCreatedResponse, ApiHeader, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
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
import { TransferListPosition } from './transfer-list-position.js';
import { CreateTransferRequest, TransferActionRequest, TransferQuery, TransfersView, TransferView } from './transfer.dto.js';
import { type Answer, TransfersService } from './transfers.service.js';

@ApiTags('Transfers')
@Controller('api/inventory/transfers')
export class TransfersController {
  constructor(
    private readonly transfers: TransfersService,
    private readonly listed: TransferListPosition,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Get()
  @Needs('transfers.read')
  @ApiOperation({ operationId: 'transfers.list', summary: 'Transfers, newest first' })
  @ApiHeader({
    name: MIN_POSITION_HEADER,
    required: false,
    description: 'Waits until this position is reflected, else 412. Every answer carries the header `holdfast-position`.',
    schema: { type: 'string' },
  })
  @ApiOkResponse({ type: TransfersView })
  async page(
    @Query() query: TransferQuery,
    @CurrentCaller() caller: Caller,
    @MinPosition() wanted: bigint | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<TransfersView> {
    answerPosition(reply, await this.listed.atLeast(wanted));
    return this.transfers.page(caller.tenant, query, pageOf(query));
  }

  @Get(':id')
  @Needs('transfers.read')
  @ApiOperation({ operationId: 'transfers.get', summary: 'One transfer, from its event stream' })
  @ApiOkResponse({ type: TransferView })
  async one(
    @Param('id', IdentifierPipe) id: string,
    @CurrentCaller() caller: Caller,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<TransferView> {
    return answered(reply, await this.transfers.one({ tenant: caller.tenant, transferId: id }));
  }

  @Post()
  @Needs('transfers.write')
  @Idempotent()
  @ApiOperation({
    operationId: 'transfers.create',
    summary:
      'Create a transfer; nothing moves until it is shipped. Inside one location, with bins in every line, the units change bin at once',
  })
  @ApiCreatedResponse({ type: TransferView })
  async create(
    @Body() request: CreateTransferRequest,
    @CurrentCaller() caller: Caller,
    @CommandId() commandId: string,
    @RequestHash() requestHash: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<TransferView> {
    const order = { tenant: caller.tenant, actor: caller.subject, commandId, requestHash, at: this.clock.now() };
    return answered(reply, await this.transfers.create(request, order));
  }

  @Post(':id')
  @HttpCode(200)
  @Needs('transfers.write')
  @Idempotent()
  @ApiOperation({ operationId: 'transfers.act', summary: 'Ship a transfer (all lines or none), receive it or a part of it, or cancel it' })
  @ApiOkResponse({ type: TransferView })
  async act(
    @Param('id', IdentifierPipe) id: string,
    @Body() request: TransferActionRequest,
    @CurrentCaller() caller: Caller,
    @CommandId() commandId: string,
    @RequestHash() requestHash: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<TransferView> {
    const order = { tenant: caller.tenant, actor: caller.subject, commandId, requestHash, at: this.clock.now() };
    return answered(reply, await this.transfers.act(id, request, order));
  }
}

function answered(reply: FastifyReply, { view, position }: Answer): TransferView {
  answerPosition(reply, position);
  return view;
}
