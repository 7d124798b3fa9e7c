import { Body, Controller, Get, HttpCode, Inject, Post, Query, Res } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { Clock } from '@holdfast/kit';
import { answerPosition, CLOCK, CommandId, CurrentCaller, Idempotent, Needs, Repeats, RequestHash, type Caller } from '@holdfast/platform';
import type { Order } from '../adjustments/adjustments.service.js';
import { LotCorrectionRequest, LotCorrectionView } from './correction.dto.js';
import { LotCorrectionsService } from './corrections.service.js';
import { LotLinesView, MarkConsumedRequest, MarkExpiredRequest, TransferDestructionRequest } from './expired.dto.js';
import { ExpiredLotsService, type AnsweredLines } from './expired.service.js';
import { CheckedLotsView, CheckLotsRequest, LotControlQuery, LotControlView } from './lot-control.dto.js';
import { LotControlService } from './lot-control.service.js';

const EACH_LINE =
  'Each line is applied or refused on its own. Where every line is refused, the answer is 409 (404 for an unknown lot) with the code of the first.';

@ApiTags('Lots')
@Controller('api/inventory')
export class LotsController {
  constructor(
    private readonly corrections: LotCorrectionsService,
    private readonly expired: ExpiredLotsService,
    private readonly control: LotControlService,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Post('adjustments/lot-correction')
  @Needs('inventory.adjust')
  @Idempotent()
  @ApiOperation({ operationId: 'lots.correct', summary: 'Correct which lot units are of, or what is known of a lot; on hand stays' })
  @ApiCreatedResponse({ type: LotCorrectionView })
  async correct(
    @Body() request: LotCorrectionRequest,
    @CurrentCaller() caller: Caller,
    @CommandId() commandId: string,
    @RequestHash() requestHash: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<LotCorrectionView> {
    const { answer, position } = await this.corrections.correct(request, this.order(caller, commandId, requestHash));
    answerPosition(reply, position);
    return answer;
  }

  @Post('expired/mark-expired')
  @HttpCode(200)
  @Needs('inventory.write')
  @Idempotent()
  @ApiOperation({ operationId: 'lots.markExpired', summary: 'Lots count as expired from now on, whole or in part', description: EACH_LINE })
  @ApiOkResponse({ type: LotLinesView })
  async markExpired(
    @Body() request: MarkExpiredRequest,
    @CurrentCaller() caller: Caller,
    @CommandId() commandId: string,
    @RequestHash() requestHash: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<LotLinesView> {
    return answered(reply, await this.expired.markExpired(request, this.order(caller, commandId, requestHash)));
  }

  @Post('expired/mark-consumed')
  @HttpCode(200)
  @Needs('inventory.write')
  @Idempotent()
  @ApiOperation({ operationId: 'lots.markConsumed', summary: 'Expired units were used up: on hand goes down', description: EACH_LINE })
  @ApiOkResponse({ type: LotLinesView })
  async markConsumed(
    @Body() request: MarkConsumedRequest,
    @CurrentCaller() caller: Caller,
    @CommandId() commandId: string,
    @RequestHash() requestHash: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<LotLinesView> {
    return answered(reply, await this.expired.markConsumed(request, this.order(caller, commandId, requestHash)));
  }

  @Post('expired/transfer-destruction')
  @HttpCode(200)
  @Needs('inventory.write')
  @Idempotent()
  @ApiOperation({
    operationId: 'lots.transferDestruction',
    summary: 'Move expired units to where they are destroyed, or record that they were',
    description: EACH_LINE,
  })
  @ApiOkResponse({ type: LotLinesView })
  async transferDestruction(
    @Body() request: TransferDestructionRequest,
    @CurrentCaller() caller: Caller,
    @CommandId() commandId: string,
    @RequestHash() requestHash: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<LotLinesView> {
    return answered(reply, await this.expired.transferDestruction(request, this.order(caller, commandId, requestHash)));
  }

  @Get('lot-control/validate')
  @Needs('inventory.read')
  @ApiOperation({ operationId: 'lots.validate', summary: 'Compare the lots of a SKU with what is on hand' })
  @ApiOkResponse({ type: LotControlView })
  validate(@Query() query: LotControlQuery, @CurrentCaller() { tenant }: Caller): Promise<LotControlView> {
    return this.control.validate(tenant, query, this.clock.now());
  }

  @Post('lot-control/validate')
  @HttpCode(200)
  @Needs('inventory.read')
  @Repeats('natural')
  @ApiOperation({ operationId: 'lots.check', summary: 'Check lots before an operation; writes nothing' })
  @ApiOkResponse({ type: CheckedLotsView })
  check(@Body() request: CheckLotsRequest, @CurrentCaller() { tenant }: Caller): Promise<CheckedLotsView> {
    return this.control.check(tenant, request, this.clock.now());
  }

  private order({ tenant, subject }: Caller, commandId: string, requestHash: string): Order {
    return { tenant, actor: subject, commandId, requestHash, at: this.clock.now() };
  }
}

function answered(reply: FastifyReply, { answer, position }: AnsweredLines): LotLinesView {
  answerPosition(reply, position);
  return answer;
}
