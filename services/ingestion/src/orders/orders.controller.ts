import { Readable } from 'node:stream';
import { Controller, Get, Query, StreamableFile } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import { csvRow } from '@holdfast/kit';
import type { Caller } from '@holdfast/platform';
import { CurrentCaller, Needs, pageOf } from '@holdfast/platform';
import { Demand } from './demand.js';
import { DemandAnswer, DemandQuery } from './demand.dto.js';
import { OrderLines, type OrderLine } from './order-lines.js';

const COLUMNS = ['orderId', 'channelId', 'sku', 'quantity', 'state', 'orderedAt', 'locationId'];

@ApiTags('Imports')
@Controller('v1')
export class OrdersController {
  constructor(
    private readonly lines: OrderLines,
    private readonly demand: Demand,
  ) {}

  @Get('demand')
  @Needs('inventory.read')
  @ApiOperation({
    operationId: 'demand.read',
    summary: 'Units ordered of each SKU by day, week or month',
    description: 'Of the orders that were imported, whatever became of them since. Orders that Holdfast itself reserved for are not in it.',
  })
  @ApiOkResponse({ type: DemandAnswer })
  page(@CurrentCaller() { tenant }: Caller, @Query() query: DemandQuery): Promise<DemandAnswer> {
    return this.demand.page(tenant, query, pageOf(query));
  }

  @Get('exports/orders')
  @Needs('inventory.read')
  @ApiOperation({
    operationId: 'exports.orders',
    summary: 'Lines of imported orders as CSV, in the columns of imports',
    description: 'To import the file again changes nothing. No text in it is a formula.',
  })
  @ApiProduces('text/csv')
  @ApiOkResponse({ schema: { type: 'string' } })
  export(@CurrentCaller() { tenant }: Caller): StreamableFile {
    return new StreamableFile(Readable.from(this.pieces(tenant), { objectMode: false }), {
      type: 'text/csv; charset=utf-8',
      disposition: 'attachment; filename="orders.csv"',
    });
  }

  private async *pieces(tenant: string): AsyncGenerator<string> {
    yield csvRow(COLUMNS);
    for await (const lines of this.lines.all(tenant)) yield lines.map((line) => csvRow(cellsOf(line))).join('');
  }
}

const cellsOf = ({ orderId, channelId, sku, quantity, state, orderedAt, locationId }: OrderLine): (string | number)[] => [
  orderId,
  channelId,
  sku,
  quantity,
  state,
  orderedAt.toISOString(),
  locationId ?? '',
];
