import { Body, Controller, Get, Inject, Param, Put, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { answerPosition, CLOCK, CommandId, CurrentCaller, Idempotent, SkuPipe, Needs } from '@holdfast/platform';
import type { Clock } from '@holdfast/kit';
import type { Caller } from '@holdfast/platform';
import { AcrossChannelsService } from './across-channels.js';
import { AcrossChannels, MasterView, UpdatedMaster, UpdateMasterRequest } from './master.dto.js';
import { MasterService } from './master.service.js';

@ApiTags('Master inventory')
@Controller('sales-channel/inventory/:sku')
export class MasterController {
  constructor(
    private readonly master: MasterService,
    private readonly across: AcrossChannelsService,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Get()
  @Needs('inventory.read')
  @ApiOperation({ operationId: 'masterInventory.get', summary: 'Master inventory of a SKU, from its event stream' })
  @ApiOkResponse({ type: MasterView })
  async read(
    @Param('sku', SkuPipe) sku: string,
    @CurrentCaller() caller: Caller,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<MasterView> {
    const { view, position } = await this.master.read(caller.tenant, sku, this.clock.now());
    answerPosition(reply, position);
    return view;
  }

  @Put()
  @Needs('inventory.write')
  @Idempotent()
  @ApiOperation({
    operationId: 'masterInventory.update',
    summary: 'Set the on-hand quantity of a SKU',
    description: 'An unknown SKU is created, marked as not verified.',
  })
  @ApiOkResponse({ type: UpdatedMaster })
  async update(
    @Param('sku', SkuPipe) sku: string,
    @Body() request: UpdateMasterRequest,
    @CurrentCaller() caller: Caller,
    @CommandId() commandId: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<UpdatedMaster> {
    const by = { tenant: caller.tenant, actor: caller.subject, commandId, at: this.clock.now() };
    const { updated, position } = await this.master.update(sku, request, by);
    answerPosition(reply, position);
    return updated;
  }

  @Get('channels')
  @Needs('inventory.read')
  @ApiOperation({
    operationId: 'masterInventory.compareChannels',
    summary: 'What every channel was told of a SKU, beside the master: use it to spot drift',
  })
  @ApiOkResponse({ type: AcrossChannels })
  async channels(
    @Param('sku', SkuPipe) sku: string,
    @CurrentCaller() caller: Caller,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<AcrossChannels> {
    const { view, position } = await this.across.read(caller.tenant, sku, this.clock.now());
    answerPosition(reply, position);
    return view;
  }
}
