import { Controller, Get, Query, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { answerPosition, CurrentCaller, MinPosition, Needs } from '@holdfast/platform';
import type { Caller } from '@holdfast/platform';
import { BinFacts } from './bin-facts.js';
import { BinStocks } from './bin-stocks.js';
import { BinsQuery, BinsStockView } from './put-away.dto.js';

@ApiTags('Transfers')
@Controller('api/inventory/transfers/bins')
export class BinsController {
  constructor(
    private readonly stocks: BinStocks,
    private readonly facts: BinFacts,
  ) {}

  @Get()
  @Needs('transfers.read')
  @ApiOperation({ operationId: 'transfers.bins', summary: 'The bins of a location with what lies in them and what still fits' })
  @ApiOkResponse({ type: BinsStockView })
  async bins(
    @Query() query: BinsQuery,
    @CurrentCaller() caller: Caller,
    @MinPosition() wanted: bigint | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<BinsStockView> {
    answerPosition(reply, await this.facts.atLeast(wanted));
    return this.stocks.of(caller.tenant, query);
  }
}
