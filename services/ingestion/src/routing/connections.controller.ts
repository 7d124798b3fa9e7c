import { Body, Controller, Get, Param, Put, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Caller } from '@holdfast/platform';
import { CurrentCaller, Idempotent, IdentifierPipe, Needs, pageOf, PageQuery, TakesLines } from '@holdfast/platform';
import {
  ConnectionRequest,
  ConnectionsView,
  ConnectionView,
  MappingsQuery,
  MappingsRequest,
  WarehouseMappingsView,
} from './connection.dto.js';
import { ConnectionsService } from './connections.service.js';

@ApiTags('ERP')
@Controller('v1/erp')
export class ConnectionsController {
  constructor(private readonly connections: ConnectionsService) {}

  @Get('connections')
  @Needs('erp.read')
  @ApiOperation({ operationId: 'connections.list', summary: 'The ERP connections, by id' })
  @ApiOkResponse({ type: ConnectionsView })
  list(@CurrentCaller() caller: Caller, @Query() query: PageQuery): Promise<ConnectionsView> {
    return this.connections.list(caller.tenant, pageOf(query));
  }

  @Get('connections/:connectionId')
  @Needs('erp.read')
  @ApiOperation({ operationId: 'connections.get', summary: 'One ERP connection' })
  @ApiOkResponse({ type: ConnectionView })
  get(@CurrentCaller() caller: Caller, @Param('connectionId', IdentifierPipe) connectionId: string): Promise<ConnectionView> {
    return this.connections.get(caller.tenant, connectionId);
  }

  @Put('connections/:connectionId')
  @TakesLines()
  @Needs('erp.write')
  @Idempotent()
  @ApiOperation({
    operationId: 'connections.put',
    summary: 'Create or change an ERP connection',
    description: 'Messages published after the answer find it.',
  })
  @ApiOkResponse({ type: ConnectionView })
  put(
    @CurrentCaller() caller: Caller,
    @Param('connectionId', IdentifierPipe) connectionId: string,
    @Body() body: ConnectionRequest,
  ): Promise<ConnectionView> {
    return this.connections.put(caller.tenant, connectionId, body);
  }

  @Get('warehouse-mappings')
  @Needs('erp.read')
  @ApiOperation({ operationId: 'warehouseMappings.list', summary: 'Which location each warehouse of an ERP is' })
  @ApiOkResponse({ type: WarehouseMappingsView })
  listMappings(@CurrentCaller() caller: Caller, @Query() query: MappingsQuery): Promise<WarehouseMappingsView> {
    return this.connections.listMappings(caller.tenant, query.connectionId, pageOf(query));
  }

  @Put('warehouse-mappings')
  @TakesLines()
  @Needs('erp.write')
  @Idempotent()
  @ApiOperation({
    operationId: 'warehouseMappings.put',
    summary: 'Map warehouses to locations, or take mappings away',
    description: 'Messages parked for these warehouses are applied in their order.',
  })
  @ApiOkResponse({ type: ConnectionView })
  async putMappings(@CurrentCaller() caller: Caller, @Body() body: MappingsRequest): Promise<ConnectionView> {
    await this.connections.putMappings(caller.tenant, body.connectionId, body.mappings);
    return this.connections.get(caller.tenant, body.connectionId);
  }
}
