import { Body, Controller, HttpCode, Param, Post, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { Caller } from '@holdfast/platform';
import { answerPosition, CommandId, CurrentCaller, Idempotent, Needs } from '@holdfast/platform';
import { AdjustRequest, RecordStockRequest, SafetyStockRequest, StockItemView } from './stock.dto.js';
import type { Changed } from './stock.service.js';
import { StockService } from './stock.service.js';

@ApiTags('Inventory')
@Controller('api/inventory')
export class StockController {
  constructor(private readonly stock: StockService) {}

  @Post('record-stock')
  @HttpCode(200)
  @Needs('inventory.write')
  @Idempotent()
  @ApiOperation({
    operationId: 'stock.record',
    summary: 'Set on hand to what was counted',
    description: 'An unknown SKU is created, unverified. Answers the balances after it.',
  })
  @ApiOkResponse({ type: StockItemView })
  async record(
    @CurrentCaller() caller: Caller,
    @CommandId() commandId: string,
    @Body() { quantity, ...rest }: RecordStockRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<StockItemView> {
    return answer(await this.stock.change(caller, { ...rest, amount: { counted: quantity } }, commandId), reply);
  }

  @Post('adjust')
  @HttpCode(200)
  @Needs('inventory.adjust')
  @Idempotent()
  @ApiOperation({
    operationId: 'stock.adjust',
    summary: 'Change on hand by a difference',
    description: 'An unknown SKU is created, unverified. Takes no promised units unless told that it may. Answers the balances after it.',
  })
  @ApiOkResponse({ type: StockItemView })
  async adjust(
    @CurrentCaller() caller: Caller,
    @CommandId() commandId: string,
    @Body() { delta, ...rest }: AdjustRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<StockItemView> {
    return answer(await this.stock.change(caller, { ...rest, amount: { delta } }, commandId), reply);
  }

  @Post('availability/:id')
  @HttpCode(200)
  @Needs('inventory.write')
  @Idempotent()
  @ApiOperation({
    operationId: 'stock.setSafetyStock',
    summary: 'Set the safety stock of an item',
    description: 'Its id is `<sku>~<locationId>`, percent-encoded.',
  })
  @ApiOkResponse({ type: StockItemView })
  async setSafetyStock(
    @CurrentCaller() caller: Caller,
    @CommandId() commandId: string,
    @Param('id') id: string,
    @Body() { safetyStock }: SafetyStockRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<StockItemView> {
    return answer(await this.stock.setSafetyStock(caller, id, safetyStock, commandId), reply);
  }
}

function answer({ item, position }: Changed, reply: FastifyReply): StockItemView {
  answerPosition(reply, position);
  return item;
}
