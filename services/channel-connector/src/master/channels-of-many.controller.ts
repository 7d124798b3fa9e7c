import { Body, Controller, HttpCode, Inject, Post } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { CLOCK, CurrentCaller, Needs, Repeats } from '@holdfast/platform';
import type { Clock } from '@holdfast/kit';
import type { Caller } from '@holdfast/platform';
import { AcrossChannelsService } from './across-channels.js';
import { ChannelsOfMany, ChannelsOfManyRequest } from './master.dto.js';

@ApiTags('Master inventory')
@Controller('sales-channel/inventory/channels')
export class ChannelsOfManyController {
  constructor(
    private readonly across: AcrossChannelsService,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Post()
  @HttpCode(200)
  @Needs('inventory.read')
  @Repeats('natural')
  @ApiOperation({ operationId: 'masterInventory.compareManyChannels', summary: 'What every channel was told of up to 100 SKUs' })
  @ApiOkResponse({ type: ChannelsOfMany })
  async channels(@Body() { skus }: ChannelsOfManyRequest, @CurrentCaller() { tenant }: Caller): Promise<ChannelsOfMany> {
    return { items: await this.across.ofMany(tenant, skus, this.clock.now()) };
  }
}
