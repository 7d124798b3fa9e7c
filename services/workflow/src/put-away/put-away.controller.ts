import { Body, Controller, Get, Inject, Post, Query, Res } from '@nestjs/common';
import { ApiCreatedResponse, ApiHeader, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { Clock } from '@holdfast/kit';
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
  personOf,
  RequestHash,
} from '@holdfast/platform';
import type { Caller } from '@holdfast/platform';
import { PutAwayList } from './put-away-list.js';
import { PutAwayQuery, PutAwayRequest } from './put-away.dto.js';
import { PutAwayAnswer, PutAwayTasksView } from './put-away-view.dto.js';
import { PutAwayService } from './put-away.service.js';

@ApiTags('Put-away')
@Controller('api/inventory/put-away')
export class PutAwayController {
  constructor(
    private readonly tasks: PutAwayService,
    private readonly list: PutAwayList,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Get()
  @Needs('inventory.read')
  @ApiOperation({ operationId: 'putAway.list', summary: 'Tasks of putting units into bins, newest first' })
  @ApiHeader({
    name: MIN_POSITION_HEADER,
    required: false,
    description: 'Waits until this position is reflected, else 412. Every answer carries the header `holdfast-position`.',
    schema: { type: 'string' },
  })
  @ApiOkResponse({ type: PutAwayTasksView })
  async page(
    @Query() query: PutAwayQuery,
    @CurrentCaller() caller: Caller,
    @MinPosition() wanted: bigint | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<PutAwayTasksView> {
    answerPosition(reply, await this.list.atLeast(wanted));
    return this.list.page(caller.tenant, query, pageOf(query));
  }

  @Post()
  @Needs('inventory.write')
  @Idempotent()
  @ApiOperation({
    operationId: 'putAway.post',
    summary: 'Create tasks with suggested bins (201); or, with taskId and action, assign, complete or cancel one (200)',
  })
  @ApiCreatedResponse({ type: PutAwayAnswer })
  @ApiOkResponse({ type: PutAwayAnswer })
  async post(
    @Body() request: PutAwayRequest,
    @CurrentCaller() caller: Caller,
    @CommandId() commandId: string,
    @RequestHash() requestHash: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<PutAwayAnswer> {
    const { tenant, subject } = caller;
    const order = { tenant, actor: subject, person: personOf(caller), commandId, requestHash, at: this.clock.now() };
    const { taskId } = request;
    const { view, position } =
      taskId === undefined ? await this.tasks.create(request, order) : await this.tasks.act(taskId, request, order);
    reply.status(taskId === undefined ? 201 : 200);
    answerPosition(reply, position);
    return view;
  }
}
