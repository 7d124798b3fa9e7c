import { Body, Controller, Get, HttpCode, Param, Post, Query, Req, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { CurrentCaller, Needs, Problem, answerPosition, Repeats } from '@holdfast/platform';
import type { Caller } from '@holdfast/platform';
import { findItemById, findItems } from '@holdfast/read-model';
import { ErpReadings } from '../reading/erp-readings.js';
import { Freshness } from '../reading/freshness.js';
import { pageWanted, paginationView } from '../reading/paging.js';
import { ReadTables } from '../reading/read-tables.js';
import { ReadsProjection } from '../reading/reads-projection.js';
import { AvailabilityCheck } from './availability-check.js';
import { AvailabilitiesView, AvailabilityQuery, AvailabilityView, CheckRequest, CheckView, availabilityView } from './availability.dto.js';

@ApiTags('Availability')
@Controller('api/inventory/availability')
@ReadsProjection()
export class AvailabilityController {
  constructor(
    private readonly tables: ReadTables,
    private readonly checks: AvailabilityCheck,
    private readonly freshness: Freshness,
    private readonly readings: ErpReadings,
  ) {}

  @Get()
  @Needs('inventory.read')
  @ApiOperation({ operationId: 'availability.list', summary: 'Inventory items with safety stock and what is on its way' })
  @ApiOkResponse({ type: AvailabilitiesView })
  async list(@CurrentCaller() { tenant }: Caller, @Query() query: AvailabilityQuery): Promise<AvailabilitiesView> {
    const page = pageWanted(query);
    const filter = { sku: query.productMasterId, locationId: query.locationId };
    const { rows, total } = await findItems(this.tables, tenant, filter, page);
    const figureAt = this.readings.of(tenant);
    return { items: rows.map((row) => availabilityView(row, figureAt)), pagination: paginationView(page, total) };
  }

  @Get(':id')
  @Needs('inventory.read')
  @ApiOperation({
    operationId: 'availability.get',
    summary: 'One inventory item with safety stock and what is on its way',
    description: 'Its id is `<sku>~<locationId>`, percent-encoded.',
  })
  @ApiOkResponse({ type: AvailabilityView })
  async get(@CurrentCaller() { tenant }: Caller, @Param('id') id: string): Promise<AvailabilityView> {
    const item = await findItemById(this.tables, tenant, id);
    if (item === undefined) throw new Problem(404, 'unknown_item', 'Inventory item not found or not accessible', { details: [{ id }] });
    return availabilityView(item, this.readings.of(tenant));
  }

  @Post('check')
  @HttpCode(200)
  @Needs('inventory.read')
  @Repeats('natural')
  @ApiOperation({
    operationId: 'availability.check',
    summary: 'Ask whether quantities of many SKUs can be had',
    description: 'Per line yes or no, how many, from where and from when. Reserves nothing.',
  })
  @ApiOkResponse({ type: CheckView })
  async check(
    @CurrentCaller() { tenant }: Caller,
    @Body() body: CheckRequest,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<CheckView> {
    const { view, position } = await this.checks.check(tenant, body, this.freshness.of(request));
    answerPosition(reply, position);
    return view;
  }
}
