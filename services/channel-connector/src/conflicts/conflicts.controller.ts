import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { CurrentCaller, Idempotent, IdentifierPipe, Needs } from '@holdfast/platform';
import type { Caller } from '@holdfast/platform';
import { ResolvedConflict, ResolveRequest } from './conflict.dto.js';
import { ConflictsService } from './conflicts.service.js';

@ApiTags('Channel sync')
@Controller('sales-channel/conflicts')
export class ConflictsController {
  constructor(private readonly conflicts: ConflictsService) {}

  @Post(':conflictId/resolve')
  @HttpCode(200)
  @Needs('channels.sync')
  @Idempotent()
  @ApiOperation({
    operationId: 'conflicts.resolve',
    summary: 'Decide which figure counts where a channel shows another than ours',
    description:
      "Open conflicts are listed under `GET /sales-channel/sync/history?operation=inventory_conflict`. Where the channel's figure becomes ours, the difference is booked with the reason `channel_figure`.",
  })
  @ApiOkResponse({ type: ResolvedConflict })
  resolve(
    @Param('conflictId', IdentifierPipe) conflictId: string,
    @Body() request: ResolveRequest,
    @CurrentCaller() { tenant, subject }: Caller,
  ): Promise<ResolvedConflict> {
    return this.conflicts.resolve(tenant, conflictId, request, subject);
  }
}
