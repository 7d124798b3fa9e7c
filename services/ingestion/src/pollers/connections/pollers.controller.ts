import { Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiAcceptedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Caller } from '@holdfast/platform';
import { CurrentCaller, IdentifierPipe, Needs, pageOf, PageQuery, Repeats } from '@holdfast/platform';
import { ConnectionsService } from '../../routing/connections.service.js';
import { ErpTestView, ErpWarehousesView, PollRunsView, PollStarted } from './poller.dto.js';
import type { ConnectionRef } from './poller-table.js';
import { PollersService } from './pollers.service.js';

/** Longer than an ERP takes for a page; a test that waits for it ends here. */
const TEST_MS = 30_000;

@ApiTags('ERP')
@Controller('v1/erp/connections/:connectionId')
export class PollersController {
  constructor(
    private readonly connections: ConnectionsService,
    private readonly pollers: PollersService,
  ) {}

  @Get('runs')
  @Needs('erp.read')
  @ApiOperation({ operationId: 'connections.runs', summary: 'Polls of the ERP, newest first' })
  @ApiOkResponse({ type: PollRunsView })
  async runs(
    @CurrentCaller() caller: Caller,
    @Param('connectionId', IdentifierPipe) connectionId: string,
    @Query() query: PageQuery,
  ): Promise<PollRunsView> {
    return this.pollers.runsOf(await this.known(caller, connectionId), pageOf(query));
  }

  @Post('poll')
  @HttpCode(202)
  @Needs('erp.write')
  @Repeats('natural')
  @ApiOperation({
    operationId: 'connections.poll',
    summary: 'Poll the ERP now',
    description: 'Where a poll is under way, its run is answered.',
  })
  @ApiAcceptedResponse({ type: PollStarted })
  async poll(@CurrentCaller() caller: Caller, @Param('connectionId', IdentifierPipe) connectionId: string): Promise<PollStarted> {
    return this.pollers.pollNow(await this.known(caller, connectionId));
  }

  @Post('test')
  @HttpCode(200)
  @Needs('erp.write')
  @Repeats('natural')
  @ApiOperation({
    operationId: 'connections.test',
    summary: 'Say whether the ERP can be read',
    description: 'Calls the ERP with the stored settings and credentials. It changes nothing.',
  })
  @ApiOkResponse({ type: ErpTestView })
  async test(@CurrentCaller() caller: Caller, @Param('connectionId', IdentifierPipe) connectionId: string): Promise<ErpTestView> {
    return this.pollers.test(await this.known(caller, connectionId), AbortSignal.timeout(TEST_MS));
  }

  @Get('warehouses')
  @Needs('erp.read')
  @ApiOperation({ operationId: 'connections.warehouses', summary: 'Warehouses of the ERP, and the location that each is mapped to' })
  @ApiOkResponse({ type: ErpWarehousesView })
  async warehouses(
    @CurrentCaller() caller: Caller,
    @Param('connectionId', IdentifierPipe) connectionId: string,
  ): Promise<ErpWarehousesView> {
    return this.pollers.warehouses(await this.known(caller, connectionId), AbortSignal.timeout(TEST_MS));
  }

  private async known({ tenant }: Caller, connectionId: string): Promise<ConnectionRef> {
    await this.connections.get(tenant, connectionId);
    return { tenant, connectionId };
  }
}
