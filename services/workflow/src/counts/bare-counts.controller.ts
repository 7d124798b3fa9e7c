import { Body, Controller, Get, HttpCode, Param, Post, Query, Res } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { CommandId, CurrentCaller, Idempotent, IdentifierPipe, MinPosition, Needs, RequestHash } from '@holdfast/platform';
import type { Caller } from '@holdfast/platform';
import { CountBatchAnswer, CountsView, CountView, ResolvedCountView } from './count-views.dto.js';
import { CountQuery, CreateCountRequest, ResolveCountRequest } from './count.dto.js';
import { CountsController } from './counts.controller.js';

/** The same under the paths without a prefix. */
@ApiTags('Cycle counts')
@Controller('cycle-count')
export class BareCountsController {
  constructor(private readonly counts: CountsController) {}

  @Get()
  @Needs('inventory.cyclecount')
  @ApiOperation({ operationId: 'counts.listBare', summary: 'As `GET /api/inventory/cycle-count`' })
  @ApiOkResponse({ type: CountsView })
  page(
    @Query() query: CountQuery,
    @CurrentCaller() caller: Caller,
    @MinPosition() wanted: bigint | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<CountsView> {
    return this.counts.page(query, caller, wanted, reply);
  }

  @Post()
  @Needs('inventory.cyclecount')
  @Idempotent()
  @ApiOperation({ operationId: 'counts.createBare', summary: 'As `POST /api/inventory/cycle-count`' })
  @ApiCreatedResponse({ type: CountBatchAnswer })
  create(
    @Body() request: CreateCountRequest,
    @CurrentCaller() caller: Caller,
    @CommandId() commandId: string,
    @RequestHash() requestHash: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<CountBatchAnswer> {
    return this.counts.create(request, caller, commandId, requestHash, reply);
  }

  @Get(':batchId')
  @Needs('inventory.cyclecount')
  @ApiOperation({ operationId: 'counts.getBare', summary: 'As `GET /api/inventory/cycle-count/{batchId}`' })
  @ApiOkResponse({ type: CountView })
  one(
    @Param('batchId', IdentifierPipe) batchId: string,
    @CurrentCaller() caller: Caller,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<CountView> {
    return this.counts.one(batchId, caller, reply);
  }

  @Post('resolve')
  @HttpCode(200)
  @Needs('inventory.cyclecount')
  @Idempotent()
  @ApiOperation({ operationId: 'counts.resolveBare', summary: 'As `POST /api/inventory/cycle-count/resolve`' })
  @ApiOkResponse({ type: ResolvedCountView })
  resolve(
    @Body() request: ResolveCountRequest,
    @CurrentCaller() caller: Caller,
    @CommandId() commandId: string,
    @RequestHash() requestHash: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ResolvedCountView> {
    return this.counts.resolve(request, caller, commandId, requestHash, reply);
  }
}
