import { Body, Controller, HttpCode, Param, Post, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { Caller } from '@holdfast/platform';
import { answerPosition, CommandId, CurrentCaller, Idempotent, Needs } from '@holdfast/platform';
import type { ItemView } from './item-view.js';
import { AdjustRequest, RecordStockRequest, SafetyStockRequest } from './stock.dto.js';
import type { Changed } from './stock.service.js';
import { StockService } from './stock.service.js';

@ApiTags('Inventory')
@Controller('api/inventory')
export class StockController {
  constructor(private readonly stock: StockService) {}

  /** Sets on hand to what was counted. An unknown SKU is created, unverified. Answers the balances after it. */
  @Post('record-stock')
  @HttpCode(200)
  @Needs('inventory.write')
  @Idempotent()
  async record(
    @CurrentCaller() caller: Caller,
    @CommandId() commandId: string,
    @Body() { quantity, ...rest }: RecordStockRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ItemView> {
    return answer(await this.stock.change(caller, { ...rest, amount: { counted: quantity } }, commandId), reply);
  }

  /** Changes on hand by a difference. Takes no promised units unless told that it may. Answers the balances after it. */
  @Post('adjust')
  @HttpCode(200)
  @Needs('inventory.adjust')
  @Idempotent()
  async adjust(
    @CurrentCaller() caller: Caller,
    @CommandId() commandId: string,
    @Body() { delta, ...rest }: AdjustRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ItemView> {
    return answer(await this.stock.change(caller, { ...rest, amount: { delta } }, commandId), reply);
  }

  /** Sets the safety stock of an item; its id is `<sku>~<locationId>`, percent-encoded. */
  @Post('availability/:id')
  @HttpCode(200)
  @Needs('inventory.write')
  @Idempotent()
  async setSafetyStock(
    @CurrentCaller() caller: Caller,
    @CommandId() commandId: string,
    @Param('id') id: string,
    @Body() { safetyStock }: SafetyStockRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ItemView> {
    return answer(await this.stock.setSafetyStock(caller, id, safetyStock, commandId), reply);
  }
}

function answer({ item, position }: Changed, reply: FastifyReply): ItemView {
  answerPosition(reply, position);
  return item;
}
