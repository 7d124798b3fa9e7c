import { Body, Controller, Get, HttpCode, Inject, Param, Post, Put, Query, Res } from '@nestjs/common';
import { ApiCreatedResponse, ApiHeader, ApiOkResponse, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { Clock } from '@holdfast/kit';
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
  personOf,
  RequestHash,
  requirePermission,
} from '@holdfast/platform';
import type { Caller } from '@holdfast/platform';
import { AbcCountRequest, AbcQuery, AbcView } from './planning/abc.dto.js';
import { AbcClasses } from './planning/abc.js';
import { CountListPosition } from './count-list-position.js';
import { blindFormCsv } from './count-view.js';
import { BlindFormView, CountBatchAnswer, CountsView, CountView, ResolvedCountView } from './count-views.dto.js';
import { BlindFormQuery, CountActionRequest, CountQuery, CreateCountRequest, ResolveCountRequest } from './count.dto.js';
import { type Answer, CountsService } from './counts.service.js';
import { CountSettings, CountSettingsView } from './planning/settings.dto.js';
import { CountSettingsTable } from './planning/settings.js';

const minPosition = {
  name: MIN_POSITION_HEADER,
  required: false,
  description: 'Waits until this position is reflected, else 412. Every answer carries the header `holdfast-position`.',
  schema: { type: 'string' },
} as const;

@ApiTags('Cycle counts')
@Controller('api/inventory/cycle-count')
export class CountsController {
  constructor(
    private readonly counts: CountsService,
    private readonly abc: AbcClasses,
    private readonly settings: CountSettingsTable,
    private readonly listed: CountListPosition,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Get()
  @Needs('inventory.cyclecount')
  @ApiOperation({ operationId: 'counts.list', summary: 'Batches of counts, newest first' })
  @ApiHeader(minPosition)
  @ApiOkResponse({ type: CountsView })
  async page(
    @Query() query: CountQuery,
    @CurrentCaller() caller: Caller,
    @MinPosition() wanted: bigint | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<CountsView> {
    answerPosition(reply, await this.listed.atLeast(wanted));
    return this.counts.page(caller.tenant, query, pageOf(query));
  }

  @Post()
  @Needs('inventory.cyclecount')
  @Idempotent()
  @ApiOperation({ operationId: 'counts.create', summary: 'Create a batch of counts of one location, of SKUs named or selected' })
  @ApiCreatedResponse({ type: CountBatchAnswer })
  async create(
    @Body() request: CreateCountRequest,
    @CurrentCaller() caller: Caller,
    @CommandId() commandId: string,
    @RequestHash() requestHash: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<CountBatchAnswer> {
    return answered(reply, await this.counts.create(request, this.order(caller, commandId, requestHash)));
  }

  @Get('abc')
  @Needs('inventory.cyclecount')
  @ApiOperation({ operationId: 'counts.classes', summary: 'ABC classes of the SKUs of a location, and when each is to be counted' })
  @ApiOkResponse({ type: AbcView })
  async classes(@Query() query: AbcQuery, @CurrentCaller() caller: Caller): Promise<AbcView> {
    // The value of the stock tells what is on hand, which counters of blind batches must not see here.
    if (query.metric === 'stock_value') requirePermission(caller, 'inventory.read');
    return this.abc.page(caller.tenant, query.locationId, query, pageOf(query));
  }

  @Post('abc')
  @Needs('inventory.cyclecount')
  @Idempotent()
  @ApiOperation({ operationId: 'counts.createDue', summary: 'Create a batch of what is due by class, the most urgent first' })
  @ApiCreatedResponse({ type: CountBatchAnswer })
  async createDue(
    @Body() request: AbcCountRequest,
    @CurrentCaller() caller: Caller,
    @CommandId() commandId: string,
    @RequestHash() requestHash: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<CountBatchAnswer> {
    return answered(reply, await this.counts.createDue(request, this.order(caller, commandId, requestHash)));
  }

  @Get('blind-form')
  @Needs('inventory.cyclecount')
  @ApiOperation({ operationId: 'counts.form', summary: 'What is left to count of a batch, without figures; as JSON or CSV' })
  @ApiProduces('application/json', 'text/csv')
  @ApiOkResponse({ type: BlindFormView })
  async form(
    @Query() { batchId, format }: BlindFormQuery,
    @CurrentCaller() caller: Caller,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<BlindFormView | string> {
    const form = answered(reply, await this.counts.form(caller.tenant, batchId));
    if (format !== 'csv') return form;
    void reply.header('content-type', 'text/csv; charset=utf-8').header('content-disposition', 'attachment; filename="count.csv"');
    return blindFormCsv(form);
  }

  @Get('settings')
  @Needs('inventory.cyclecount')
  @ApiOperation({ operationId: 'counts.settings', summary: 'Tolerances, classes, and how goods that are sold are counted' })
  @ApiOkResponse({ type: CountSettingsView })
  async readSettings(@CurrentCaller() caller: Caller): Promise<CountSettingsView> {
    return { settings: await this.settings.read(caller.tenant) };
  }

  // Who only counts could else set a tolerance that accepts every count; who may adjust can change stock without one.
  @Put('settings')
  @Needs('inventory.adjust')
  @ApiOperation({ operationId: 'counts.putSettings', summary: 'Replace the settings; open batches keep theirs' })
  @ApiOkResponse({ type: CountSettingsView })
  async putSettings(@Body() settings: CountSettings, @CurrentCaller() caller: Caller): Promise<CountSettingsView> {
    return { settings: await this.settings.put(caller.tenant, settings, personOf(caller)) };
  }

  @Post('resolve')
  @HttpCode(200)
  @Needs('inventory.cyclecount')
  @Idempotent()
  @ApiOperation({ operationId: 'counts.resolve', summary: 'Accept, reject or recount lines in review, each by itself' })
  @ApiOkResponse({ type: ResolvedCountView })
  async resolve(
    @Body() request: ResolveCountRequest,
    @CurrentCaller() caller: Caller,
    @CommandId() commandId: string,
    @RequestHash() requestHash: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ResolvedCountView> {
    return answered(reply, await this.counts.resolve(request, this.order(caller, commandId, requestHash)));
  }

  @Get(':batchId')
  @Needs('inventory.cyclecount')
  @ApiOperation({ operationId: 'counts.get', summary: 'One batch with its lines, from its event stream' })
  @ApiOkResponse({ type: CountView })
  async one(
    @Param('batchId', IdentifierPipe) batchId: string,
    @CurrentCaller() caller: Caller,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<CountView> {
    return answered(reply, await this.counts.one(caller.tenant, batchId, personOf(caller)));
  }

  @Post(':batchId')
  @HttpCode(200)
  @Needs('inventory.cyclecount')
  @Idempotent()
  @ApiOperation({ operationId: 'counts.act', summary: 'Record counts, add or take back a line, submit a batch, or cancel it' })
  @ApiOkResponse({ type: CountView })
  async act(
    @Param('batchId', IdentifierPipe) batchId: string,
    @Body() request: CountActionRequest,
    @CurrentCaller() caller: Caller,
    @CommandId() commandId: string,
    @RequestHash() requestHash: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<CountView> {
    return answered(reply, await this.counts.act(batchId, request, this.order(caller, commandId, requestHash)));
  }

  private order(caller: Caller, commandId: string, requestHash: string) {
    return {
      tenant: caller.tenant,
      actor: caller.subject,
      person: personOf(caller),
      commandId,
      requestHash,
      at: this.clock.now(),
    };
  }
}

function answered<View>(reply: FastifyReply, { view, position }: Answer<View>): View {
  answerPosition(reply, position);
  return view;
}
