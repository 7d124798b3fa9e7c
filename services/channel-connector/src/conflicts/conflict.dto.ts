import { ApiProperty } from '@nestjs/swagger';
import { IsOneOf, IsQuantity } from '@holdfast/platform';

export class ResolveRequest {
  @IsOneOf(['master', 'channel', 'lower'], { description: 'Whose figure both shall show' })
  readonly use!: 'master' | 'channel' | 'lower';

  @IsQuantity({ min: 0, optional: true, description: "Another figure instead: it becomes the channel's ATP, and the channel is told it" })
  readonly quantity?: number;
}

export class ResolvedConflict {
  @ApiProperty({ format: 'uuid' })
  readonly conflictId!: string;

  @ApiProperty()
  readonly channelId!: string;

  @ApiProperty()
  readonly sku!: string;

  @ApiProperty()
  readonly listingId!: string;

  @ApiProperty({ enum: ['master', 'channel', 'lower'] })
  readonly used!: string;

  @ApiProperty({ type: 'integer', description: 'What both show from now on' })
  readonly quantity!: number;

  @ApiProperty({ type: 'integer', description: 'Units by which on hand was changed for it' })
  readonly booked!: number;
}
