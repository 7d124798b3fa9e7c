import { Body, Controller, Get, HttpCode, Inject, Post, Query, Res } from '@nestjs/common';
import { ApiHeader, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
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
  requirePermission,
} from '@holdfast/platform';
import type { Clock } from '@holdfast/kit';
import type { Caller } from '@holdfast/platform';
import { PoliciesView, PolicyView, ProposalsView, ProposedView } from './rebalancing-view.dto.js';
import { PoliciesQuery, PolicyRequest, ProposalsQuery, ProposalsRequest } from './rebalancing.dto.js';
import { kindOf, RebalancingService } from './rebalancing.service.js';

const MIN_POSITION = {
  name: MIN_POSITION_HEADER,
  required: false,
  description: 'Waits until this position is reflected, else 412. Every answer carries the header `holdfast-position`.',
  schema: { type: 'string' },
} as const;

@ApiTags('Rebalancing')
@Controller('v1/inventory/rebalancing')
export class RebalancingController {
  constructor(
    private readonly rebalancing: RebalancingService,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Get('policies')
  @Needs('replenishment.read')
  @ApiOperation({ operationId: 'rebalancing.policies', summary: 'How stock is balanced between locations' })
  @ApiHeader(MIN_POSITION)
  @ApiOkResponse({ type: PoliciesView })
  async policies(
    @Query() query: PoliciesQuery,
    @CurrentCaller() caller: Caller,
    @MinPosition() wanted: bigint | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<PoliciesView> {
    answerPosition(reply, await this.rebalancing.atLeast(wanted));
    return this.rebalancing.policies(caller.tenant, pageOf(query));
  }

  @Post('policies')
  @HttpCode(200)
  @Needs('replenishment.write')
  @Idempotent()
  @ApiOperation({ operationId: 'rebalancing.setPolicy', summary: 'Set a policy; the same id replaces it' })
  @ApiOkResponse({ type: PolicyView })
  async set(
    @Body() request: PolicyRequest,
    @CurrentCaller() caller: Caller,
    @CommandId() commandId: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<PolicyView> {
    const { view, position } = await this.rebalancing.set(request, this.asked(caller, commandId));
    answerPosition(reply, position);
    return view;
  }

  @Get('proposals')
  @Needs('replenishment.read')
  @ApiOperation({ operationId: 'rebalancing.proposals', summary: 'Moves that were proposed, newest first' })
  @ApiHeader(MIN_POSITION)
  @ApiOkResponse({ type: ProposalsView })
  async proposals(
    @Query() query: ProposalsQuery,
    @CurrentCaller() caller: Caller,
    @MinPosition() wanted: bigint | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ProposalsView> {
    answerPosition(reply, await this.rebalancing.atLeast(wanted));
    return this.rebalancing.proposals(caller.tenant, query, pageOf(query));
  }

  @Post('proposals')
  @HttpCode(200)
  @Needs('replenishment.read')
  @Idempotent()
  @ApiOperation({
    operationId: 'rebalancing.propose',
    summary: 'Run a policy (shown only unless create), or approve or reject a proposal; all but showing needs replenishment.write',
  })
  @ApiOkResponse({ type: ProposedView })
  async propose(@Body() request: ProposalsRequest, @CurrentCaller() caller: Caller, @CommandId() commandId: string): Promise<ProposedView> {
    const isRun = kindOf(request) === 'run';
    const creates = request.create === true;
    if (!isRun || creates) requirePermission(caller, 'replenishment.write');
    const asked = this.asked(caller, commandId);
    return isRun ? this.rebalancing.run(request.policyId ?? '', creates, asked) : this.rebalancing.act(request, asked);
  }

  private asked({ tenant, subject }: Caller, commandId: string) {
    return { tenant, actor: subject, commandId, at: this.clock.now() };
  }
}
