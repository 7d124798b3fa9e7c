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
} from '@holdfast/platform';
import type { Clock } from '@holdfast/kit';
import type { Caller } from '@holdfast/platform';
import { BinRoom } from '../put-away/bin-room.js';
import { AdjustmentList } from './adjustment-list.js';
import { AdjustmentsQuery, CreateAdjustmentRequest, RecordedStockQuery, RecordPositionsRequest } from './adjustment.dto.js';
import { AdjustmentDocument, AdjustmentsView } from './adjustment-view.dto.js';
import { RecordedStockAnswer, RecordedStocksView } from './recorded-view.dto.js';
import { adjustmentIdOf, AdjustmentsService, type Order } from './adjustments.service.js';
import { addedToBins, figuresOfBins } from './in-bins.js';
import { RecordStockService } from './record-stock.service.js';

const WAITS = {
  name: MIN_POSITION_HEADER,
  required: false,
  description: 'Waits until this position is reflected, else 412. Every answer carries the header `holdfast-position`.',
  schema: { type: 'string' as const },
};

@ApiTags('Adjustments')
@Controller('api/inventory/adjustments')
export class AdjustmentsController {
  constructor(
    private readonly adjustments: AdjustmentsService,
    private readonly records: RecordStockService,
    private readonly list: AdjustmentList,
    private readonly room: BinRoom,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Get()
  @Needs('inventory.adjust')
  @ApiOperation({ operationId: 'adjustments.list', summary: 'Changes of on hand for a reason, whatever they came from, newest first' })
  @ApiHeader(WAITS)
  @ApiOkResponse({ type: AdjustmentsView })
  async page(
    @Query() query: AdjustmentsQuery,
    @CurrentCaller() { tenant }: Caller,
    @MinPosition() wanted: bigint | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<AdjustmentsView> {
    answerPosition(reply, await this.list.atLeast(wanted));
    return this.list.changes(tenant, query, pageOf(query));
  }

  @Post()
  @Needs('inventory.adjust')
  @Idempotent()
  @ApiOperation({
    operationId: 'adjustments.create',
    summary: 'Change on hand by differences for a reason, over one SKU or several',
    description:
      'Every line is validated before the first is applied; each line is then applied or refused on its own. Where every line is refused, the answer is 409 with the code of the first. An adjustment that `undoes` another is applied once, whoever sends it; one that was refused may be sent again.',
  })
  @ApiCreatedResponse({ type: AdjustmentDocument })
  async create(
    @Body() request: CreateAdjustmentRequest,
    @CurrentCaller() caller: Caller,
    @CommandId() commandId: string,
    @RequestHash() requestHash: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<AdjustmentDocument> {
    const order = await this.adjustments.orderOf(request, this.order(caller, commandId, requestHash));
    // The bins hold the units of an adjustment that is known already: its answer is repeated, whatever fits now.
    const isKnown = await this.adjustments.isKnown(caller.tenant, order.commandId);
    const added = isKnown ? [] : addedToBins(request);
    const place = { tenant: caller.tenant, locationId: request.locationId, documentId: adjustmentIdOf(order.commandId) };
    const { document, position } = await this.room.withMore(place, added, request, () => this.adjustments.create(request, order));
    answerPosition(reply, position);
    return document;
  }

  @Get('record-stock')
  @Needs('inventory.adjust')
  @ApiOperation({
    operationId: 'adjustments.recorded',
    summary: 'Figures that were recorded, also those that found no difference, newest first',
  })
  @ApiHeader(WAITS)
  @ApiOkResponse({ type: RecordedStocksView })
  async recorded(
    @Query() query: RecordedStockQuery,
    @CurrentCaller() { tenant }: Caller,
    @MinPosition() wanted: bigint | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<RecordedStocksView> {
    answerPosition(reply, await this.list.atLeast(wanted));
    return this.list.recorded(tenant, query, pageOf(query));
  }

  @Post('record-stock')
  @HttpCode(200)
  @Needs('inventory.adjust')
  @Idempotent()
  @ApiOperation({
    operationId: 'adjustments.record',
    summary: 'Set what lies at a location to figures that were recorded there',
    description:
      'With `complete` the lines cover the whole location, and it counts as a count: facts of an earlier time are contained in it. An unknown SKU is created, unverified.',
  })
  @ApiOkResponse({ type: RecordedStockAnswer })
  async record(
    @Body() request: RecordPositionsRequest,
    @CurrentCaller() caller: Caller,
    @CommandId() commandId: string,
    @RequestHash() requestHash: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<RecordedStockAnswer> {
    const place = { tenant: caller.tenant, locationId: request.locationId };
    const { answer, position } = await this.room.withFigures(place, figuresOfBins(request), request, () =>
      this.records.record(request, this.order(caller, commandId, requestHash)),
    );
    answerPosition(reply, position);
    return answer;
  }

  private order({ tenant, subject }: Caller, commandId: string, requestHash: string): Order {
    return { tenant, actor: subject, commandId, requestHash, at: this.clock.now() };
  }
}
