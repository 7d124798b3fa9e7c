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
  personOf,
  RequestHash,
} from '@holdfast/platform';
import type { Clock } from '@holdfast/kit';
import type { Caller } from '@holdfast/platform';
import { HoldsQuery, PlaceHoldRequest, ReleaseHoldRequest } from './hold.dto.js';
import { HoldList } from './hold-list.js';
import { HoldAnswer, HoldsView, HoldView } from './hold-view.dto.js';
import { HoldsService } from './holds.service.js';
import type { HoldOrder } from './placing.js';

@ApiTags('Holds')
@Controller('api/inventory/holds')
export class HoldsController {
  constructor(
    private readonly holds: HoldsService,
    private readonly list: HoldList,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Get()
  @Needs('inventory.read')
  @ApiOperation({ operationId: 'holds.list', summary: 'Holds with the units that each keeps now, newest first' })
  @ApiHeader({
    name: MIN_POSITION_HEADER,
    required: false,
    description: 'Waits until this position is reflected, else 412. Every answer carries the header `holdfast-position`.',
    schema: { type: 'string' },
  })
  @ApiOkResponse({ type: HoldsView })
  async page(
    @Query() query: HoldsQuery,
    @CurrentCaller() { tenant }: Caller,
    @MinPosition() wanted: bigint | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<HoldsView> {
    answerPosition(reply, await this.list.atLeast(wanted));
    return this.list.page(tenant, query, pageOf(query));
  }

  @Post()
  @Needs('inventory.write')
  @Idempotent()
  @ApiOperation({
    operationId: 'holds.place',
    summary: 'Keep units from leaving: a number at a location, all of a location, or a whole SKU',
    description:
      'Reservations stay, and may lose their cover. With `items` every line is validated before the first is held, and each is then held or refused on its own; where every line is refused, the answer is 409 with the code of the first.',
  })
  @ApiCreatedResponse({ type: HoldAnswer })
  async place(
    @Body() request: PlaceHoldRequest,
    @CurrentCaller() caller: Caller,
    @CommandId() commandId: string,
    @RequestHash() requestHash: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<HoldAnswer> {
    const { view, position } = await this.holds.place(request, this.order(caller, commandId, requestHash));
    answerPosition(reply, position);
    return view;
  }

  @Post('release')
  @HttpCode(200)
  @Needs('inventory.write')
  @Idempotent()
  @ApiOperation({
    operationId: 'holds.release',
    summary: 'Release a hold or a part of it: back to stock, or off on hand in the same moment',
    description: 'A hold of type recall or legal is released by another person than the one who placed it.',
  })
  @ApiOkResponse({ type: HoldView })
  async release(
    @Body() request: ReleaseHoldRequest,
    @CurrentCaller() caller: Caller,
    @CommandId() commandId: string,
    @RequestHash() requestHash: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<HoldView> {
    const { view, position } = await this.holds.release(request, this.order(caller, commandId, requestHash));
    answerPosition(reply, position);
    return view;
  }

  private order(caller: Caller, commandId: string, requestHash: string): HoldOrder {
    const { tenant, subject } = caller;
    return { tenant, actor: subject, person: personOf(caller), commandId, requestHash, at: this.clock.now() };
  }
}
