import { ApiProperty } from '@nestjs/swagger';
import { IsIdentifier, IsSku, PageQuery, Pagination } from '@holdfast/platform';
import { ErpMessageLine } from '../erp-http/erp-message.dto.js';

export class ParkedQuery extends PageQuery {
  @IsIdentifier({ optional: true, description: 'Connection', example: 'sap-eu' })
  readonly connectionId?: string;

  @IsIdentifier({ optional: true, description: 'Warehouse as the ERP names it', example: '0001' })
  readonly warehouseId?: string;

  @IsSku({ optional: true })
  readonly sku?: string;
}

export class ParkedMessage extends ErpMessageLine {
  @ApiProperty()
  readonly id!: string;

  @ApiProperty({ format: 'date-time' })
  readonly parkedAt!: string;
}

export class AwaitedWarehouse {
  @ApiProperty()
  readonly connectionId!: string;

  @ApiProperty()
  readonly warehouseId!: string;

  @ApiProperty({ type: 'integer' })
  readonly messages!: number;
}

export class ParkedView {
  @ApiProperty({ type: [ParkedMessage] })
  readonly messages!: readonly ParkedMessage[];

  @ApiProperty({ type: [AwaitedWarehouse], description: 'What has to be mapped, the most awaited first' })
  readonly warehouses!: readonly AwaitedWarehouse[];

  @ApiProperty({ type: Pagination })
  readonly pagination!: Pagination;
}
