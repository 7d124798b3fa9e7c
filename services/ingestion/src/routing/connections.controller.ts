import { Body, Controller, Get, Param, Put, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Caller } from '@holdfast/platform';
import { CurrentCaller, Idempotent, IdentifierPipe, Needs, pageOf, PageQuery } from '@holdfast/platform';
import { ConnectionRequest, MappingsQuery, MappingsRequest } from './connection.dto.js';
import { ConnectionsService } from './connections.service.js';
import type { ConnectionView } from './connections.service.js';

@ApiTags('ERP')
@Controller('v1/erp')
export class ConnectionsController {
  constructor(private readonly connections: ConnectionsService) {}

  @Get('connections')
  @Needs('erp.read')
  list(@CurrentCaller() caller: Caller, @Query() query: PageQuery): Promise<object> {
    return this.connections.list(caller.tenant, pageOf(query));
  }

  @Get('connections/:connectionId')
  @Needs('erp.read')
  get(@CurrentCaller() caller: Caller, @Param('connectionId', IdentifierPipe) connectionId: string): Promise<ConnectionView> {
    return this.connections.get(caller.tenant, connectionId);
  }

  /** Creates the connection or changes it; messages published after the answer find it. */
  @Put('connections/:connectionId')
  @Needs('erp.write')
  @Idempotent()
  put(
    @CurrentCaller() caller: Caller,
    @Param('connectionId', IdentifierPipe) connectionId: string,
    @Body() body: ConnectionRequest,
  ): Promise<ConnectionView> {
    return this.connections.put(caller.tenant, connectionId, body);
  }

  @Get('warehouse-mappings')
  @Needs('erp.read')
  listMappings(@CurrentCaller() caller: Caller, @Query() query: MappingsQuery): Promise<object> {
    return this.connections.listMappings(caller.tenant, query.connectionId, pageOf(query));
  }

  /** Sets or takes away mappings; messages parked for these warehouses are applied in their order. */
  @Put('warehouse-mappings')
  @Needs('erp.write')
  @Idempotent()
  async putMappings(@CurrentCaller() caller: Caller, @Body() body: MappingsRequest): Promise<ConnectionView> {
    await this.connections.putMappings(caller.tenant, body.connectionId, body.mappings);
    return this.connections.get(caller.tenant, body.connectionId);
  }
}
