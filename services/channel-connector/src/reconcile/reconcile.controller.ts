import { Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { CurrentCaller, IdentifierPipe, Needs, pageOf, Repeats } from '@holdfast/platform';
import type { Caller } from '@holdfast/platform';
import { DriftPage, DriftQuery, PulledView, ReconciledView, ReconcileQuery } from './reconcile.dto.js';
import { ReconcileService } from './reconcile.service.js';

@ApiTags('Channel sync')
@Controller('sales-channel')
export class ReconcileController {
  constructor(private readonly reconciles: ReconcileService) {}

  @Post('channels/:channelId/reconcile')
  @HttpCode(200)
  @Needs('channels.sync')
  @Repeats('natural')
  @ApiOperation({
    operationId: 'channels.reconcile',
    summary: 'Compare what the channel shows with what we would send',
    description:
      'Each difference is written into the drift ledger before anything is done about it. What was lost or doubled is told again; what somebody set at the channel is treated by the conflict strategy.',
  })
  @ApiOkResponse({ type: ReconciledView })
  reconcile(
    @Param('channelId', IdentifierPipe) channelId: string,
    @Query() query: ReconcileQuery,
    @CurrentCaller() { tenant, subject }: Caller,
  ): Promise<ReconciledView> {
    return this.reconciles.byHand({ tenant, channelId }, query.dryRun === true, subject);
  }

  @Post('inventory/pull/:channelId')
  @HttpCode(200)
  @Needs('channels.sync')
  @Repeats('natural')
  @ApiOperation({
    operationId: 'sync.pull',
    summary: "Read a channel's figures now, and reconcile them",
    description: 'Stock that the channel itself keeps (Amazon FBA, Walmart WFS) becomes the balance of a location of its own.',
  })
  @ApiOkResponse({ type: PulledView })
  pull(
    @Param('channelId', IdentifierPipe) channelId: string,
    @Query() query: ReconcileQuery,
    @CurrentCaller() { tenant, subject }: Caller,
  ): Promise<PulledView> {
    return this.reconciles.pull({ tenant, channelId }, query.dryRun === true, subject);
  }

  @Get('drift')
  @Needs('channels.read')
  @ApiOperation({ operationId: 'drift.list', summary: 'Where channels showed something else than they should, newest first' })
  @ApiOkResponse({ type: DriftPage })
  drift(@Query() query: DriftQuery, @CurrentCaller() { tenant }: Caller): Promise<DriftPage> {
    return this.reconciles.drift(tenant, query, pageOf(query));
  }
}
