import { Body, Controller, Get, HttpCode, Inject, Post, Query, Res } from '@nestjs/common';
import { ApiCreatedResponse, ApiHeader, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import {
  answerPosition,
  CLOCK,
  CommandId,
  CurrentCaller,
  Idempotent,
  MIN_POSITION_HEADER,
  MinPosition,
  Needs,
  pageOf,
  RequestHash,
  requirePermission,
} from '@holdfast/platform';
import type { Clock } from '@holdfast/kit';
import type { Caller } from '@holdfast/platform';
import { ReplenishmentListPosition } from './replenishment-list-position.js';
import { ReplenishmentQuery, ReplenishmentRequest, ReplenishmentsView, ReplenishmentView } from './replenishment.dto.js';
import { ReplenishmentService } from './replenishment.service.js';
import { RuleResultsView, RulesQuery, RulesRequest, RulesView } from './rules/rules.dto.js';
import { RulesService } from './rules/rules.service.js';
import { SuggestionsRequest, SuggestionsView } from './runs/suggestions.dto.js';
import { SuggestionsService } from './runs/suggestions.service.js';

const MIN_POSITION = {
  name: MIN_POSITION_HEADER,
  required: false,
  description: 'Waits until this position is reflected, else 412. Every answer carries the header `holdfast-position`.',
  schema: { type: 'string' },
} as const;

@ApiTags('Replenishment')
@Controller('api/inventory/replenishment')
export class ReplenishmentController {
  constructor(
    private readonly replenishment: ReplenishmentService,
    private readonly rules: RulesService,
    private readonly suggestions: SuggestionsService,
    private readonly listed: ReplenishmentListPosition,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Get()
  @Needs('replenishment.read')
  @ApiOperation({ operationId: 'replenishment.list', summary: 'Suggestions and orders of replenishment, newest first' })
  @ApiHeader(MIN_POSITION)
  @ApiOkResponse({ type: ReplenishmentsView })
  async page(
    @Query() query: ReplenishmentQuery,
    @CurrentCaller() caller: Caller,
    @MinPosition() wanted: bigint | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ReplenishmentsView> {
    answerPosition(reply, await this.listed.atLeast(wanted));
    return this.replenishment.page(caller.tenant, query, pageOf(query));
  }

  @Post()
  @Needs('replenishment.write')
  @Idempotent()
  @ApiOperation({
    operationId: 'replenishment.write',
    summary: 'Order units beside any rule (201), or approve, reject or cancel an order (200)',
  })
  @ApiCreatedResponse({ type: ReplenishmentView, description: 'The new order' })
  @ApiOkResponse({ type: ReplenishmentView, description: 'The order after the action' })
  async write(
    @Body() request: ReplenishmentRequest,
    @CurrentCaller() caller: Caller,
    @CommandId() commandId: string,
    @RequestHash() requestHash: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ReplenishmentView> {
    const { view, position, isNew } = await this.replenishment.write(request, this.asked(caller, commandId, requestHash));
    reply.status(isNew ? 201 : 200);
    answerPosition(reply, position);
    return view;
  }

  @Get('config')
  @Needs('replenishment.read')
  @ApiOperation({ operationId: 'replenishment.rules', summary: 'Rules with the levels that are computed from daily use' })
  @ApiHeader(MIN_POSITION)
  @ApiOkResponse({ type: RulesView })
  async config(
    @Query() query: RulesQuery,
    @CurrentCaller() caller: Caller,
    @MinPosition() wanted: bigint | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<RulesView> {
    answerPosition(reply, await this.listed.atLeast(wanted));
    return this.rules.page(caller.tenant, query, pageOf(query), this.clock.now());
  }

  @Post('config')
  @HttpCode(200)
  @Needs('replenishment.write')
  @Idempotent()
  @ApiOperation({
    operationId: 'replenishment.setRules',
    summary: 'Set rules, one for each SKU and location: a rule replaces the one before; a result a line',
  })
  @ApiOkResponse({ type: RuleResultsView })
  async setConfig(
    @Body() request: RulesRequest,
    @CurrentCaller() caller: Caller,
    @CommandId() commandId: string,
    @RequestHash() requestHash: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<RuleResultsView> {
    const { view, position } = await this.rules.put(request.rules, this.asked(caller, commandId, requestHash));
    answerPosition(reply, position);
    return view;
  }

  @Post('suggestions')
  @HttpCode(200)
  @Needs('replenishment.read')
  @Idempotent()
  @ApiOperation({
    operationId: 'replenishment.suggest',
    summary: 'What the rules ask for now; with create it is stored, which needs replenishment.write',
  })
  @ApiOkResponse({ type: SuggestionsView })
  async suggest(@Body() request: SuggestionsRequest, @CurrentCaller() caller: Caller): Promise<SuggestionsView> {
    const creates = request.create === true;
    if (creates) requirePermission(caller, 'replenishment.write');
    return this.suggestions.of(caller.tenant, request, creates ? caller.subject : undefined);
  }

  private asked({ tenant, subject }: Caller, commandId: string, requestHash: string) {
    return { tenant, actor: subject, commandId, requestHash, at: this.clock.now() };
  }
}
