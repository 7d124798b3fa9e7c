import { Body, Controller, HttpCode, Post, Put, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { inSlices } from '@holdfast/kit';
import type { Caller } from '@holdfast/platform';
import { answerPosition, CommandId, CurrentCaller, Idempotent, Needs, TakesLines } from '@holdfast/platform';
import type { CheckedLine } from '../lines/line-result.js';
import { bulkAnswer, checkLine, checkLines, failedLine } from '../lines/line-result.js';
import { byIndex, refuseRepeats } from '../lines/repeats.js';
import type { NumberedChange } from './bulk-stock.js';
import { BulkStock } from './bulk-stock.js';
import { BulkStockRequest, ChannelBulkRequest, ChannelStockLine, StockLine, StockLinesResult } from './stock.dto.js';
import { countedThing, countedWithoutLocation } from './counted.js';
import type { StockChange } from './stock-change.js';

@ApiTags('Inventory')
@Controller()
export class BulkStockController {
  constructor(private readonly bulk: BulkStock) {}

  @Post('v1/inventory/bulk')
  @TakesLines()
  @HttpCode(200)
  @Needs('inventory.write')
  @Idempotent()
  @ApiOperation({
    operationId: 'stock.applyLines',
    summary: 'Counts or differences of up to 10,000 lines',
    description: 'A result per line; bad lines leave the others alone.',
  })
  @ApiOkResponse({ type: StockLinesResult })
  async applyLines(
    @CurrentCaller() caller: Caller,
    @CommandId() commandId: string,
    @Body() body: BulkStockRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<StockLinesResult> {
    const changes = checkLines(body.lines, (line, index) => changeOf(oneAmount(checkLine(StockLine, line, index)), toChange));
    return this.apply(caller, changes, commandId, reply);
  }

  @Put('sales-channel/inventory/bulk/update')
  @TakesLines()
  @HttpCode(200)
  @Needs('inventory.write')
  @Idempotent()
  @ApiOperation({
    operationId: 'masterInventory.updateMany',
    summary: 'Master quantities of up to 10,000 SKUs',
    description: 'A result per line; bad lines leave the others alone.',
  })
  @ApiOkResponse({ type: StockLinesResult })
  async applyItems(
    @CurrentCaller() caller: Caller,
    @CommandId() commandId: string,
    @Body() body: ChannelBulkRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<StockLinesResult> {
    const changes = checkLines(body.items, (item, index) =>
      changeOf(checkLine(ChannelStockLine, item, index), ({ quantity, ...rest }) => ({ ...rest, amount: { counted: quantity } })),
    );
    return this.apply(caller, changes, commandId, reply);
  }

  /** @param checking the lines, checked in steps */
  private async apply(
    caller: Caller,
    checking: Generator<undefined, readonly CheckedLine<StockChange>[]>,
    commandId: string,
    reply: FastifyReply,
  ): Promise<StockLinesResult> {
    const checked = await inSlices(checking);
    const placeless = countedWithoutLocation(checked.flatMap((one) => (one.kind === 'valid' ? [one.line] : [])));
    const thing = (change: StockChange): string | undefined => countedThing(change, placeless);
    const once = await inSlices(refuseRepeats(checked, thing, 'count the same SKU at the same location', byIndex));
    const valid = once.flatMap((one): NumberedChange[] => (one.kind === 'valid' ? [{ index: one.index, change: one.line }] : []));
    const faulty = once.flatMap((one) => (one.kind === 'faulty' ? [one.result] : []));
    const { results, position } = await this.bulk.apply(caller, valid, commandId);
    answerPosition(reply, position);
    return bulkAnswer([...results, ...faulty].sort((one, other) => one.index - other.index));
  }
}

/** The change that a line means, where it is valid. */
const changeOf = <Line>(checked: CheckedLine<Line>, change: (line: Line) => StockChange): CheckedLine<StockChange> =>
  checked.kind === 'faulty' ? checked : { ...checked, line: change(checked.line) };

function oneAmount(checked: CheckedLine<StockLine>): CheckedLine<StockLine> {
  if (checked.kind === 'faulty' || (checked.line.quantity === undefined) !== (checked.line.delta === undefined)) return checked;
  return { kind: 'faulty', result: failedLine(checked.index, 'validation_failed', 'either quantity or delta must be given, not both') };
}

const toChange = ({ quantity, delta, ...rest }: StockLine): StockChange => ({
  ...rest,
  amount: quantity === undefined ? { delta: delta ?? 0 } : { counted: quantity },
});
