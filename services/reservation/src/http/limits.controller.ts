import { Body, Controller, Get, Param, Put, Res } from '@nestjs/common';
import { ApiNotFoundResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { DEFAULT_GRACE_MS, type BackorderPolicy } from '@holdfast/inventory';
import { answerPosition, CommandId, CurrentCaller, Idempotent, SkuPipe, Needs } from '@holdfast/platform';
import type { Caller } from '@holdfast/platform';
import type { FastifyReply } from 'fastify';
import { SkuLimitSettings } from '../reservations/sku-limit-settings.js';
import { BackordersRequest, SkuLimitsAnswer, SkuLimitsRequest } from './limits.dto.js';

@ApiTags('Inventory')
@Controller('v1/inventory/:sku/allocations')
export class LimitsController {
  constructor(private readonly settings: SkuLimitSettings) {}

  @Get()
  @Needs('channels.read')
  @ApiOperation({
    operationId: 'allocations.get',
    summary: 'What each channel may take of a SKU, what it took, the budget for overbooking, the limit per holder, and what may wait',
  })
  @ApiOkResponse({ type: SkuLimitsAnswer })
  @ApiNotFoundResponse({ description: 'unknown_sku' })
  async limits(
    @Param('sku', SkuPipe) sku: string,
    @CurrentCaller() { tenant }: Caller,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SkuLimitsAnswer> {
    const { limits, position } = await this.settings.find({ tenant, sku });
    answerPosition(reply, position);
    return limits;
  }

  @Put()
  @Needs('channels.write')
  @Idempotent()
  @ApiOperation({
    operationId: 'allocations.set',
    summary: 'Set caps, floors, overbooking, the limit per holder and back-orders of a SKU',
    description: 'All of them at once: a channel that is not named has no cap and no floor afterwards, and what it took is forgotten.',
  })
  @ApiOkResponse({ type: SkuLimitsAnswer })
  @ApiNotFoundResponse({ description: 'unknown_sku, unknown_channel' })
  async set(
    @Param('sku', SkuPipe) sku: string,
    @Body() { channels, backorders, ...limits }: SkuLimitsRequest,
    @CurrentCaller() { tenant, subject }: Caller,
    @CommandId() commandId: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SkuLimitsAnswer> {
    const wished = { ...limits, allocations: channels ?? [], ...(backorders === undefined ? {} : { backorders: policyOf(backorders) }) };
    const answer = await this.settings.set({ tenant, sku }, wished, commandId, { actor: subject });
    answerPosition(reply, answer.position);
    return answer.limits;
  }
}

const policyOf = ({ units, graceSeconds, channels }: BackordersRequest): BackorderPolicy => ({
  units,
  graceMs: graceSeconds === undefined ? DEFAULT_GRACE_MS : graceSeconds * 1_000,
  ...(channels === undefined ? {} : { channels }),
});
