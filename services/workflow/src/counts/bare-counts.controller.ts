import { Body, Controller, Get, HttpCode, Param, Post, Query, Res } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { CommandId, CurrentCaller, Idempotent, IdentifierPipe, MinPosition, Needs, RequestHash } from '@holdfast/platform';
import type { Caller } from '@holdfast/platform';
import { BlindFormView, CountBatchAnswer, CountsView, CountView, ResolvedCountView } from './count-views.dto.js';
import { BlindFormQuery, CountActionRequest, CountQuery, CreateCountRequest, ResolveCountRequest } from './count.dto.js';
import { AbcCountRequest, AbcQuery, AbcView } from './planning/abc.dto.js';
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

  @Get('abc')
  @Needs('inventory.cyclecount')
  @ApiOperation({ operationId: 'counts.classesBare', summary: 'As `GET /api/inventory/cycle-count/abc`' })
  @ApiOkResponse({ type: AbcView })
  classes(@Query() query: AbcQuery, @CurrentCaller() caller: Caller): Promise<AbcView> {
    return this.counts.classes(query, caller);
  }

  @Post('abc')
  @Needs('inventory.cyclecount')
  @Idempotent()
  @ApiOperation({ operationId: 'counts.createDueBare', summary: 'As `POST /api/inventory/cycle-count/abc`' })
  @ApiCreatedResponse({ type: CountBatchAnswer })
  createDue(
    @Body() request: AbcCountRequest,
    @CurrentCaller() caller: Caller,
    @CommandId() commandId: string,
    @RequestHash() requestHash: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<CountBatchAnswer> {
    return this.counts.createDue(request, caller, commandId, requestHash, reply);
  }

  @Get('blind-form')
  @Needs('inventory.cyclecount')
  @ApiOperation({ operationId: 'counts.formBare', summary: 'As `GET /api/inventory/cycle-count/blind-form`' })
  @ApiProduces('application/json', 'text/csv')
  @ApiOkResponse({ type: BlindFormView })
  form(
    @Query() query: BlindFormQuery,
    @CurrentCaller() caller: Caller,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<BlindFormView | string> {
    return this.counts.form(query, caller, reply);
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

  @Post(':batchId')
  @HttpCode(200)
  @Needs('inventory.cyclecount')
  @Idempotent()
  @ApiOperation({ operationId: 'counts.actBare', summary: 'As `POST /api/inventory/cycle-count/{batchId}`' })
  @ApiOkResponse({ type: CountView })
  act(
    @Param('batchId', IdentifierPipe) batchId: string,
    @Body() request: CountActionRequest,
    @CurrentCaller() caller: Caller,
    @CommandId() commandId: string,
    @RequestHash() requestHash: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<CountView> {
    return this.counts.act(batchId, request, caller, commandId, requestHash, reply);
  }
}
