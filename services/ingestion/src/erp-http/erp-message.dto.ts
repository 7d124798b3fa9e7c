import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsLines } from '../lines/is-lines.js';

/** Documents a line; the schema of the topic is what checks it. */
export class ErpMessageLine {
  @ApiProperty({ enum: ['level', 'receipt', 'issue'] })
  readonly type!: string;

  @ApiProperty({ description: 'Unique per connection; the same again changes nothing', example: 'sap-eu-000001' })
  readonly messageId!: string;

  @ApiProperty({ example: 'sap-eu' })
  readonly connectionId!: string;

  @ApiProperty({ description: 'Warehouse as the ERP names it', example: '0001' })
  readonly warehouseId!: string;

  @ApiProperty({ example: 'TEE-BLACK-M' })
  readonly sku!: string;

  @ApiProperty({ type: 'integer', description: 'Whole units; at least 1, but for levels, which may be negative', example: 40 })
  readonly quantity!: number;

  @ApiPropertyOptional({ format: 'date-time', description: 'Levels: as of when, by the clock of the ERP' })
  readonly asOf?: string;

  @ApiPropertyOptional({ format: 'date-time', description: 'Receipts and issues: when the ERP posted it' })
  readonly postedAt?: string;

  @ApiPropertyOptional({ description: 'Document of the ERP; of a level, the one that changed the figure' })
  readonly documentId?: string;

  @ApiPropertyOptional({
    description: 'Receipts and issues: lot of the units. An issue of another lot than the order took exchanges the two',
  })
  readonly lotId?: string;

  @ApiPropertyOptional({ format: 'date', description: 'Only with a lot: last day on which it may be sold', example: '2026-05-31' })
  readonly expiryDate?: string;

  @ApiPropertyOptional({ description: 'Receipts: the announced delivery that this is; looked for by document and location when not given' })
  readonly inboundReference?: string;

  @ApiPropertyOptional({ description: 'Issues: the order whose commit this acknowledges' })
  readonly orderId?: string;
}

export class ErpMessagesRequest {
  @IsLines(() => ErpMessageLine)
  readonly messages!: unknown[];
}

export class RejectedMessage {
  @ApiProperty({ type: 'integer', description: 'Counts from 0' })
  readonly index!: number;

  @ApiProperty()
  readonly code!: string;

  @ApiProperty()
  readonly message!: string;
}

export class PublishedMessages {
  @ApiProperty({ type: 'integer' })
  readonly accepted!: number;

  @ApiProperty({ type: [RejectedMessage] })
  readonly rejected!: readonly RejectedMessage[];
}
