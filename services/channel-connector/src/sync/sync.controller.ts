import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common';
import { ApiAcceptedResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { CurrentCaller, Idempotent, IdentifierPipe, Needs, TakesLines } from '@holdfast/platform';
import type { Caller } from '@holdfast/platform';
import { QueuedChannel, QueuedChannels, SyncRequest } from './sync.dto.js';
import { SyncService } from './sync.service.js';

@ApiTags('Channel sync')
@Controller('sales-channel/inventory/sync')
export class SyncController {
  constructor(private readonly sync: SyncService) {}

  @Post()
  @TakesLines()
  @HttpCode(202)
  @Needs('channels.sync')
  @Idempotent()
  @ApiOperation({ operationId: 'sync.pushToAll', summary: 'Push SKUs, or all, to every channel now' })
  @ApiAcceptedResponse({ type: QueuedChannels })
  async every(@Body() request: SyncRequest, @CurrentCaller() caller: Caller): Promise<QueuedChannels> {
    return { channels: await this.sync.every(caller.tenant, request.items ?? []) };
  }

  @Post(':channelId')
  @TakesLines()
  @HttpCode(202)
  @Needs('channels.sync')
  @Idempotent()
  @ApiOperation({ operationId: 'sync.pushToOne', summary: 'Push SKUs, or all, to one channel now' })
  @ApiAcceptedResponse({ type: QueuedChannel })
  one(
    @Param('channelId', IdentifierPipe) channelId: string,
    @Body() request: SyncRequest,
    @CurrentCaller() caller: Caller,
  ): Promise<QueuedChannel> {
    return this.sync.one(caller.tenant, channelId, request.items ?? []);
  }
}
