import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { CurrentCaller, Idempotent, IdentifierPipe, Needs } from '@holdfast/platform';
import type { Caller } from '@holdfast/platform';
import { SyncRequest } from './sync.dto.js';
import type { QueuedChannel } from './sync.service.js';
import { SyncService } from './sync.service.js';

@ApiTags('Channel sync')
@Controller('sales-channel/inventory/sync')
export class SyncController {
  constructor(private readonly sync: SyncService) {}

  @Post()
  @HttpCode(202)
  @Needs('channels.sync')
  @Idempotent()
  @ApiOperation({ summary: 'Push SKUs, or all, to every channel now' })
  async every(@Body() request: SyncRequest, @CurrentCaller() caller: Caller): Promise<{ channels: readonly QueuedChannel[] }> {
    return { channels: await this.sync.every(caller.tenant, request.items ?? []) };
  }

  @Post(':channelId')
  @HttpCode(202)
  @Needs('channels.sync')
  @Idempotent()
  @ApiOperation({ summary: 'Push SKUs, or all, to one channel now' })
  one(
    @Param('channelId', IdentifierPipe) channelId: string,
    @Body() request: SyncRequest,
    @CurrentCaller() caller: Caller,
  ): Promise<QueuedChannel> {
    return this.sync.one(caller.tenant, channelId, request.items ?? []);
  }
}
