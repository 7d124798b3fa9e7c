import { Controller, Get, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Caller } from '@holdfast/platform';
import { CurrentCaller, Needs, pageOf } from '@holdfast/platform';
import { ParkedQuery, ParkedView } from './parked.dto.js';
import { ParkedMessages } from './parked-messages.js';

@ApiTags('ERP')
@Controller('v1/erp/parked')
export class ParkedController {
  constructor(private readonly parked: ParkedMessages) {}

  @Get()
  @Needs('erp.read')
  @ApiOperation({
    operationId: 'parkedMessages.list',
    summary: 'Messages whose warehouse is no location yet, oldest first',
    description: 'They are applied once it is mapped.',
  })
  @ApiOkResponse({ type: ParkedView })
  list(@CurrentCaller() caller: Caller, @Query() query: ParkedQuery): Promise<ParkedView> {
    const { connectionId, warehouseId, sku } = query;
    const filter = {
      ...(connectionId === undefined ? {} : { connectionId }),
      ...(warehouseId === undefined ? {} : { warehouseId }),
      ...(sku === undefined ? {} : { sku }),
    };
    return this.parked.list(caller.tenant, filter, pageOf(query));
  }
}
