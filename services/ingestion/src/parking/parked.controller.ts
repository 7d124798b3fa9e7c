import { Controller, Get, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Caller } from '@holdfast/platform';
import { CurrentCaller, IsIdentifier, IsSku, Needs, pageOf, PageQuery } from '@holdfast/platform';
import type { ParkedView } from './parked-messages.js';
import { ParkedMessages } from './parked-messages.js';

export class ParkedQuery extends PageQuery {
  @IsIdentifier({ optional: true, description: 'Connection', example: 'sap-eu' })
  readonly connectionId?: string;

  @IsIdentifier({ optional: true, description: 'Warehouse as the ERP names it', example: '0001' })
  readonly warehouseId?: string;

  @IsSku({ optional: true })
  readonly sku?: string;
}

@ApiTags('ERP')
@Controller('v1/erp/parked')
export class ParkedController {
  constructor(private readonly parked: ParkedMessages) {}

  @Get()
  @Needs('erp.read')
  @ApiOperation({
    summary: 'Messages whose warehouse is no location yet, oldest first',
    description: 'They are applied once it is mapped.',
  })
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
