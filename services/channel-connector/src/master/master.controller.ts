import { Body, Controller, Get, Inject, Param, Put, Res } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { answerPosition, CLOCK, CommandId, CurrentCaller, Idempotent, SkuPipe, Needs } from '@holdfast/platform';
import type { Clock } from '@holdfast/kit';
import type { Caller } from '@holdfast/platform';
import type { AcrossChannels } from './across-channels.js';
import { AcrossChannelsService } from './across-channels.js';
import { UpdateMasterRequest } from './master.dto.js';
import type { MasterView } from './master-view.js';
import { MasterService, type UpdatedMaster } from './master.service.js';

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
  @ApiOperation({ summary: 'Master inventory of a SKU, from its event stream' })
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
  @ApiOperation({ summary: 'Set the on-hand quantity of a SKU', description: 'A SKU that nobody knew is created, marked as not verified.' })
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
  @ApiOperation({ summary: 'What every channel was told of a SKU, beside the master: use it to spot drift' })
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
