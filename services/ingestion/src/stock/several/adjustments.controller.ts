import { Body, Controller, HttpCode, Param, Post, Res } from '@nestjs/common';
import { ApiConflictResponse, ApiNotFoundResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { Caller } from '@holdfast/platform';
import { answerPosition, CommandId, CurrentCaller, Idempotent, Needs, SkuPipe } from '@holdfast/platform';
import { AdjustedSkuView, AdjustLocationsRequest } from './adjustments.dto.js';
import { AdjustmentsService } from './adjustments.service.js';

@ApiTags('Inventory')
@Controller('v1/inventory/:sku/adjustments')
export class AdjustmentsController {
  constructor(private readonly adjustments: AdjustmentsService) {}

  @Post()
  @HttpCode(200)
  @Needs('inventory.adjust')
  @Idempotent()
  @ApiOperation({
    operationId: 'stock.adjustLocations',
    summary: 'Change on hand at several locations of a SKU, all or none',
    description: 'One decision: a location where too little is free refuses the whole request. Answers the balances after it.',
  })
  @ApiOkResponse({ type: AdjustedSkuView })
  @ApiNotFoundResponse({ description: 'unknown_sku, unknown_location' })
  @ApiConflictResponse({
    description: 'insufficient_stock: details name each short location; counted_since, later_fact_known, too_many_locations',
  })
  async adjust(
    @Param('sku', SkuPipe) sku: string,
    @Body() body: AdjustLocationsRequest,
    @CurrentCaller() caller: Caller,
    @CommandId() commandId: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<AdjustedSkuView> {
    const { view, position } = await this.adjustments.adjust(caller, sku, body, commandId);
    answerPosition(reply, position);
    return view;
  }
}
